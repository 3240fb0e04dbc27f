import { keyOfSpan } from "../ir/span";
import type { Edit } from "../model/edit";
import type { Fix, Problem } from "../finding";
import type { CorsModel, CorsPolicy, Handler, HeaderField, ResponsePath } from "../model/model";
import { allowsCredentials, apiOf, effective } from "../model/query/platform";
import { ALLOW_CREDENTIALS, ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { headerOwner, headersFrom } from "../model/query/responsibility";
import { branches, constantOf, definitelyIncludes, possibleLists } from "../model/value";
import { originFault } from "../advice/origin";
import { inWords, twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Headers that an HTTP API with a policy drops, where they say something else than the policy. */
export const rule: Rule = {
  id: "cors-headers-ignored",
  summary:
    "An HTTP API with a CORS policy drops the handler's CORS headers, which differ from the policy.",
  severity: "information",
  dead: true,
  *check(model): Iterable<Problem> {
    const told = new Set<string>();
    for (const handler of model.handlers) {
      const who = headerOwner(handler, model);
      const policies = who === "none" ? [] : decidingPolicies(handler, model);
      if (policies.length === 0) continue;
      const alone = who === "gateway";
      // What stands in front was told from the other handlers: not enough to take headers away.
      const isRemovable = alone && handler.bindings.length > 0;
      const { framework } = handler;
      if (framework?.cors.kind === "configured") {
        const related = policies.map(({ at }) => ({ at, message: "This policy decides." }));
        const why = alone
          ? "The HTTP API's policy decides for every answer. Configure CORS in one of the two places."
          : "The HTTP API's policy decides for every answer. Only the other APIs in front of this handler let its headers through.";
        const first = "The browser never sees these headers: API Gateway replaces them.";
        yield { at: framework.cors.at, message: twoLineMessage(first, why), related };
        continue;
      }
      const idle = handler.responses.flatMap((response) => idleHeader(response, policies));
      const own = idle.filter(({ sent }) => sent.at.file === handler.file);
      const [elsewhere] = idle
        .filter(({ sent }) => sent.at.file !== handler.file)
        .sort((a, b) => rankOf(a, handler) - rankOf(b, handler));
      for (const one of own)
        yield problem(one, one.sent.at, isRemovable ? removal(one.response) : []);
      // A helper that many handlers share is one cause.
      const key = elsewhere && keyOfSpan(elsewhere.sent.at);
      if (!elsewhere || key === undefined || told.has(key)) continue;
      told.add(key);
      yield problem(elsewhere, placeIn(elsewhere, handler), []);
    }
  },
};

/** An Access-Control-Allow-Origin that is dropped, with the policy that says something else. */
interface Idle {
  readonly response: ResponsePath;
  readonly sent: HeaderField;
  readonly policy: CorsPolicy;
  readonly why: string;
}

function problem(
  { sent, policy, why }: Idle,
  at: Idle["sent"]["at"],
  fixes: readonly Fix[],
): Problem {
  return {
    at,
    message: twoLineMessage("The browser never sees this header: API Gateway replaces it.", why),
    related: [
      { at: policy.at, message: "This policy decides." },
      ...(at === sent.at ? [] : [{ at: sent.at, message: "The header is written here." }]),
    ],
    fixes,
  };
}

/** A header that other handlers may send with effect is told of where this one gets it. */
function placeIn({ sent, response }: Idle, handler: Handler) {
  return sent.brought?.file === handler.file ? sent.brought : response.at;
}

const rankOf = ({ sent }: Idle, { file }: Handler): number => (sent.brought?.file === file ? 0 : 1);

function idleHeader(response: ResponsePath, policies: readonly CorsPolicy[]): Idle[] {
  const [sent] = headersNamed(response, ALLOW_ORIGIN);
  if (sent === undefined) return [];
  const origin = constantOf(sent.value);
  for (const policy of policies) {
    const allowed = originsOf(policy);
    if (allowed === undefined) continue;
    if (typeof origin === "string" && !allowed.includes(origin)) {
      const why = `The HTTP API's policy decides, and it does not allow ${origin}. Remove the header, or change the policy.`;
      return [{ response, sent, policy, why }];
    }
    const other = differing(response, policy);
    if (other) return [{ response, policy, ...other }];
    // With credentials the policy does not deploy: whatever takes its place decides.
    if (allowed.includes("*") && !allowsCredentials(policy) && choosesOrigin(sent)) {
      const why =
        "The HTTP API's policy allows every origin, whatever is checked here. Name the origins in the policy.";
      return [{ response, sent, policy, why }];
    }
  }
  return [];
}

/** Another header that promises pages what the policy does not. */
function differing(
  response: ResponsePath,
  policy: CorsPolicy,
): Pick<Idle, "sent" | "why"> | undefined {
  if (!policy.complete) return undefined;
  const [credentials] = headersNamed(response, ALLOW_CREDENTIALS);
  const allowed = policy.allowCredentials ? constantOf(policy.allowCredentials.value) : false;
  if (credentials && String(constantOf(credentials.value)) === "true" && allowed === false) {
    const why =
      "The HTTP API's policy decides, and it allows no credentials: a page's call with cookies fails. Allow credentials in the policy, with named origins, or remove the header.";
    return { sent: credentials, why };
  }
  const [exposed] = headersNamed(response, "access-control-expose-headers");
  const names = listIn(exposed);
  const shown = policy.exposeHeaders ? possibleLists(policy.exposeHeaders.value) : [];
  const hidden = names.filter(
    (name) =>
      !shown.some(
        (list) => !list.complete || definitelyIncludes(list, name) || definitelyIncludes(list, "*"),
      ),
  );
  if (exposed === undefined || hidden.length === 0) return undefined;
  const why = `The HTTP API's policy decides, and it does not expose ${inWords(hidden)}. Expose ${hidden.length > 1 ? "them" : "it"} in the policy.`;
  return { sent: exposed, why };
}

function listIn(field: HeaderField | undefined): readonly string[] {
  const text = field && constantOf(field.value);
  return typeof text === "string"
    ? text
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean)
    : [];
}

/** The value is the request's Origin, where a check lets it through. */
function choosesOrigin({ value }: HeaderField): boolean {
  return branches<string | number | boolean>(value).some(
    (branch) => branch.kind === "fromRequest" && branch.guard.kind !== "none",
  );
}

/**
 * The policies of HTTP APIs in front, which drop what the handler sends. A handler without a known front stands behind
 * some API; where all of them have a policy, so has its own.
 */
function decidingPolicies(handler: Handler, model: CorsModel): readonly CorsPolicy[] {
  const { bindings: fronts } = handler;
  const apis =
    fronts.length > 0
      ? fronts
          .filter((front) => headersFrom(front, model) === "gateway")
          .flatMap(({ api }) => apiOf(api, model) ?? [])
      : headerOwner(handler, model) === "gateway"
        ? model.apis
        : [];
  return apis.flatMap((api) => (api.cors.kind === "policy" ? api.cors.of : []));
}

/** The origins of a policy, where all of them are known; one that is misspelt counts as what it means, too. */
function originsOf(policy: CorsPolicy): readonly string[] | undefined {
  const lists = effective(policy, "allowOrigins") ?? [];
  const [only] = lists;
  return lists.length === 1 && only?.complete === true
    ? only.items.flatMap(({ value }) => [value, ...(originFault(value, policy.form)?.meant ?? [])])
    : undefined;
}

function removal({ headers }: ResponsePath): readonly Fix[] {
  const entries = headers
    .filter(({ name }) => /^access-control-/i.test(name))
    .map(({ entry }) => entry);
  const edits = entries.flatMap((entry): Edit[] => (entry ? [{ kind: "removeEntry", entry }] : []));
  if (edits.length < entries.length) return [];
  return [{ title: "Remove the handler's CORS headers", safety: "review", edits }];
}
