/** Fixes of what libraries do about CORS. */
import { supportTraits } from "../../model/kinds";
import type { Fix } from "../../finding";
import type { Edit } from "../../model/edit";
import type { AddedInside, CorsSupport, Misplacement } from "../../model/framework";
import type { CorsModel, Handler } from "../../model/model";
import { allowsCredentials, apiOf, policiesOf } from "../../model/query/platform";
import type { RuleContext } from "../../advice/context";
import { headersNeeded, originsFor, sendsCookies } from "../../advice/needs";
import { titleOf, unique } from "../../advice/text";

/** Puts middleware right: all that is wrong with its place at once. */
export function putRight(
  faults: readonly Misplacement[],
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const origins = originsFor(model, context);
  const edits = faults.map((fault) => editOf(fault, origins));
  const kinds = new Set(faults.map(({ kind }) => kind));
  const order = kinds.has("afterErrorHandler")
    ? "Use httpCors before the error handler"
    : "Use it first";
  if (!kinds.has("withoutOrigin")) return faults.length > 0 ? [fixOf(order, edits)] : [];
  const [verb, noun] =
    faults.length > 1 ? [`${order}, and allow`, "origins"] : ["Allow", "known origins"];
  return [fixOf(titleOf(verb, origins, noun), edits)];
}

/** A person has to look at all of these: who may call, or in what order, is theirs to say. */
function fixOf(title: string, edits: readonly Edit[]): Fix {
  return { title, safety: "review", edits };
}

function editOf(fault: Misplacement, origins: readonly string[]): Edit {
  switch (fault.kind) {
    case "afterErrorHandler":
      return { kind: "lastFirst", items: fault.calls };
    case "withoutOrigin":
      return { kind: "setSupportOrigins", form: fault.form, call: fault.call, origins };
    case "tooLate":
      return { kind: "moveStatement", statement: fault.statement, before: fault.before };
    case "lateLink":
      return { kind: "moveLink", link: fault.link, after: fault.after };
  }
}

/** Turns the library's CORS support on, for what pages of the application evidently need. */
export function turnOn(
  support: CorsSupport,
  handler: Handler,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const allowOrigins = originsFor(model, context);
  if (allowOrigins.length > 1 && !supportTraits[support.form].severalOrigins) return [];
  const apis = handler.bindings.flatMap(({ api }) => apiOf(api, model) ?? []);
  const needs = apis.flatMap((api) => headersNeeded(api, api.routes, model));
  const cookies = apis.some(
    (api) => policiesOf(api).some(allowsCredentials) || sendsCookies(api, model),
  );
  const policy = {
    allowOrigins,
    allowHeaders: unique(needs.map(({ name }) => name)),
    ...(cookies ? { allowCredentials: true } : {}),
  };
  const edits: Edit[] = [{ kind: "addCorsSupport", support, policy }];
  return [fixOf(titleOf("Allow", allowOrigins, "known origins"), edits)];
}

/**
 * Puts middleware around the application, so that it sees the answers to unhandled exceptions as well. Where handlers of
 * other files share the application, it would be gone from theirs.
 */
export function putAround(inside: AddedInside, handler: Handler, model: CorsModel): readonly Fix[] {
  const { at } = handler.framework ?? handler;
  const shared = model.handlers.some(
    ({ file, framework }) =>
      file !== handler.file && framework?.at.file === at.file && framework.at.start === at.start,
  );
  if (shared) return [];
  return [fixOf("Wrap the application as a whole", [{ kind: "wrapApplication", ...inside }])];
}
