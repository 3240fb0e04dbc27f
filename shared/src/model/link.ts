/** Joins what the files of an application say into one model. */
import { readCdk } from "./cdk/read";
import type { CdkReading } from "./cdk/read";
import { readInline } from "./handler/inline";
import { likelyHandlers, readHandler } from "./handler/read";
import type { Api, CorsModel, Front, Handler } from "./model";
import { readRequests } from "./page/read";
import type { Project } from "./project";

/** The model of an application. Never throws; what was not understood is in `gaps`. */
export function link(project: Project): CorsModel {
  const cdk = readCdk(project);
  const handlers: Handler[] = [];
  for (const [id, code] of cdk.functions) {
    const handler =
      code.k === "file" ? readHandler(project, id, code) : readInline(project, id, code);
    if (handler) handlers.push({ ...handler, fronts: frontsOf(cdk.apis, id) });
  }
  handlers.push(...unlinkedHandlers(project, cdk));
  return {
    apis: cdk.apis,
    policies: cdk.policies,
    handlers,
    requests: readRequests(project, cdk.apis, serverFiles(cdk, handlers)),
    gaps: cdk.gaps,
  };
}

/** Files that functions begin with: neither they nor what they import are code of pages. */
function serverFiles(cdk: CdkReading, handlers: readonly Handler[]): ReadonlySet<string> {
  const functions = [...cdk.functions.keys(), ...cdk.made].map((id) => id.replace(/#.*$/, ""));
  return new Set([...functions, ...handlers.map(({ file }) => file)]);
}

/** The APIs whose routes lead to a handler. */
function frontsOf(apis: readonly Api[], id: string): Front[] {
  return apis.flatMap((api) => {
    const routes = api.routes.filter((route) => route.handlers.includes(id));
    const [first] = routes;
    if (!first) return [];
    return [
      {
        api: api.id,
        kind: api.kind,
        payload: first.integration.payload ?? (api.kind === "rest" ? "1.0" : "2.0"),
        methods: routes.map((route) => route.method),
        authorization: first.authorization,
      },
    ];
  });
}

/** Handlers that no function construct names, as far as they evidently answer browsers: they send CORS headers. */
function unlinkedHandlers(project: Project, cdk: CdkReading): Handler[] {
  const linked = new Set([...cdk.functions.keys(), ...cdk.unrouted]);
  return project.candidates.flatMap((file) =>
    likelyHandlers(project, file)
      .filter((code) => !linked.has(`${file}#${code.name}`))
      .flatMap((code) => readHandler(project, `${file}#${code.name}`, code) ?? [])
      .filter(sendsCors),
  );
}

/** Also in a wrong spelling, or in the body: what such a handler sends is wrong, and it means to answer browsers. */
function sendsCors(handler: Handler): boolean {
  const cors = handler.framework?.cors.kind;
  if (cors === "configured" || cors === "misplaced") return true;
  return handler.responses.some(
    (path) =>
      path.corsInBody !== undefined ||
      path.headers.some((header) => /^[a-z]{4,8}[-_]?cont[rol]+[-_]?allow/i.test(header.name)),
  );
}
