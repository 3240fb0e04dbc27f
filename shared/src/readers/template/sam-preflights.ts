/** OPTIONS methods that SAM makes of `Cors`. */
import type { Span } from "../../ir/span";
import type { TreeEntry } from "../../ir/tree";
import type { CorsPolicy, MappedHeader, Route } from "../../model/model";
import { constantOf } from "../../model/value";
import { choicesOf } from "./intrinsics";
import { samExpressions } from "./policy";
import type { TemplateReader } from "./reader";
import { preflightAccess } from "./sam-auth";
import type { SamAuth } from "./sam-auth";
import type { Resource } from "./template";

interface Preflights {
  readonly reader: TemplateReader;
  readonly resource: Resource;
  readonly auth: SamAuth;
  readonly cors: TreeEntry;
}

/** The OPTIONS method that SAM makes of `Cors` for each path that has none. */
export function generatedRoutes(
  { reader, auth, cors, resource }: Preflights,
  routes: readonly Route[],
  policies: readonly CorsPolicy[],
): readonly Route[] {
  const paths = new Map<string, Route>();
  for (const route of routes) {
    const path = constantOf(route.path);
    const other = path === undefined ? undefined : paths.get(path);
    if (path !== undefined && (!other || (other.conditional && !route.conditional)))
      paths.set(path, route);
  }
  for (const route of routes)
    if (constantOf(route.method) === "OPTIONS") paths.delete(constantOf(route.path) ?? "");
  const access = preflightAccess(auth);
  const guard = access.authorization.kind === "some" ? access.authorization.at : undefined;
  const place: Span = guard ?? access.apiKeyRequired?.at ?? cors.keyAt;
  return [...paths.values()].flatMap((first) =>
    policies.map((preflight): Route => ({
      method: { kind: "known", value: "OPTIONS", at: place },
      path: first.path,
      at: place,
      ...(auth.entry ? { call: auth.entry.at } : {}),
      statement: resource.entry,
      ...access,
      integration: { kind: "mock", ...expressionsOf(reader, cors) },
      handlers: [],
      generated: true,
      preflight,
      ...(first.conditional || preflight.conditional ? { conditional: true } : {}),
    })),
  );
}

/** What `Cors` maps as it is written; numbers are left to the policy. */
function expressionsOf(
  reader: TemplateReader,
  cors: TreeEntry,
): Pick<Route["integration"], "responses"> {
  const headers = choicesOf(reader.template, cors.value).flatMap(({ node }) =>
    node ? samExpressions(reader.template, node) : [],
  );
  const mapped = headers
    .filter(({ header }) => header !== "access-control-max-age")
    .map(({ header, at, value }): MappedHeader => ({ name: header, value, at, written: value.at }));
  return {
    responses: [
      { statusCode: "200", of: "integration", headers: mapped, complete: false, at: cors.keyAt },
    ],
  };
}
