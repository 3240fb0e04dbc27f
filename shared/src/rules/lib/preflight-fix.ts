/** Fixes of a handler's own answer to preflights. */
import type { Fix } from "../../finding";
import type { Edit, NewHeader } from "../../model/edit";
import type { CorsModel, Handler, ResponsePath } from "../../model/model";
import { apiOf, routesTo } from "../../model/query/platform";
import { headersNamed } from "../../model/query/responses";
import { sameSpan, within } from "../../ir/span";
import type { RuleContext } from "../../advice/context";
import { placeOf, writer } from "./header-fix";
import { headersNeeded, methodsOf, takesBody } from "../../advice/needs";
import { unique } from "../../advice/text";

/** 2xx where the status is written for this answer and for preflights only: 204, or 200 with a body. */
export function answerWithOk(
  handler: Handler,
  response: ResponsePath,
  bad: number,
): readonly Fix[] {
  const { status, expression, bodyless } = response;
  const shared = handler.responses.some(
    (other) => sameSpan(other.expression, expression) && other.method !== response.method,
  );
  if (status.kind !== "known" || status.value !== bad) return [];
  if (shared || !within(status.at, expression)) return [];
  const ok = bodyless ? 204 : 200;
  const edit: Edit = { kind: "setStatus", at: status.at, status: ok };
  return [{ title: `Answer OPTIONS with ${ok}`, safety: "review", edits: [edit] }];
}

/** The headers of the other answers, and what a preflight is asked for besides. Never safe: it opens the handler. */
export function allowPreflight(
  handler: Handler,
  response: ResponsePath,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const place = placeOf(response);
  const { edits, names } = writer(handler, model, context)([response]);
  if (place === undefined || edits.length === 0) return [];
  const headers = preflightHeaders(handler, model).filter(
    ({ name }) =>
      !names.includes(name.toLowerCase()) &&
      headersNamed(response, name.toLowerCase()).length === 0,
  );
  const added: Edit[] = headers.length > 0 ? [{ kind: "addHeaders", headers, ...place }] : [];
  return [
    {
      title: "Add CORS headers to the answer to OPTIONS",
      safety: "review",
      edits: [...edits, ...added],
    },
  ];
}

/** The methods of the handler's routes, and the headers that pages evidently send to them. */
function preflightHeaders(handler: Handler, model: CorsModel): readonly NewHeader[] {
  const routes = routesTo(handler, model);
  const needs = unique(handler.bindings.map(({ api }) => api))
    .flatMap((id) => apiOf(id, model) ?? [])
    .flatMap((api) =>
      headersNeeded(
        api,
        routes.filter((route) => api.routes.includes(route)),
        model,
      ),
    )
    .map(({ name }) => name);
  const body = routes.length === 0 || takesBody(routes);
  const names = unique([...(body ? ["content-type"] : []), ...needs]);
  const text = (name: string, items: readonly string[]): NewHeader => ({
    name,
    value: { kind: "text", text: items.join(", ") },
  });
  return [
    text("Access-Control-Allow-Methods", methodsOf(routes)),
    ...(names.length > 0 ? [text("Access-Control-Allow-Headers", names)] : []),
  ];
}
