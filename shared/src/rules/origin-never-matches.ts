import type { Fix } from "../finding";
import type { CorsPolicy, Handler, Strings } from "../model/model";
import type { Edit } from "../model/edit";
import { policyUses } from "../model/query/platform";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { headerOwner } from "../model/query/responsibility";
import type { Span } from "../ir/span";
import { branches, knownBranches, possibleLists, type KnownBranch } from "../model/value";
import { originFault, PLACEHOLDER_ORIGIN, type OriginFault } from "../advice/origin";
import { elsewhere, placeIn } from "./lib/place";
import { inWords, titleOf, twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** An origin that no browser ever sends, in a policy, in a header or in a handler's allow-list. */
export const rule: Rule = {
  id: "origin-never-matches",
  summary:
    "An allowed origin is written so that no browser ever sends it (trailing slash, path, no scheme, …).",
  severity: "error",
  browserSays:
    "The 'Access-Control-Allow-Origin' header has a value that is not equal to the supplied origin.",
  failsAt: "preflight-allow-origin-match",
  *check(model) {
    for (const { policy } of policyUses(model)) {
      const field = policy.allowOrigins;
      for (const at of field ? hostNames(field.value) : [])
        if (field)
          yield {
            at: placeIn(field, at),
            fault: at,
            message: bareHost,
            related: elsewhere(field, at, "The name is written here."),
          };
      for (const list of possibleLists(field?.value)) {
        for (const item of field ? list.items : []) {
          const problem = problemOf(item, policy.form, fixesIn(policy, item, list.at));
          const related = field ? elsewhere(field, item.at, "The origin is written here.") : [];
          if (field && problem)
            yield { ...problem, at: placeIn(field, item.at), related, fault: item.at };
        }
      }
    }
    for (const handler of model.handlers) {
      if (headerOwner(handler, model) !== "handler") continue;
      for (const item of originsIn(handler)) {
        const problem = problemOf(item, "header", (fault) => setString(item.at, fault));
        if (problem) yield { ...problem, at: item.at };
      }
    }
  },
};

const bareHost = twoLineMessage(
  "No browser sends this origin: it is the name of a host, without a scheme.",
  "Browsers compare whole origins: scheme, host and port. Put https:// before the name.",
);

/** Where a list of origins has names of hosts. */
function hostNames(list: Strings): readonly Span[] {
  return knownBranches(list)
    .flatMap(({ value }) => value.flatMap((item) => branches(item)))
    .flatMap((item) => (item.kind === "unknown" && item.host ? [item.at] : []));
}

type FixesFor = (fault: OriginFault) => readonly Fix[];

function problemOf(
  { value }: KnownBranch<string>,
  place: CorsPolicy["form"] | "header",
  fixes: FixesFor,
) {
  if (value === PLACEHOLDER_ORIGIN) {
    const why = "example.com is reserved for examples. Write the origin of your page instead.";
    const message = twoLineMessage("No page of yours has this origin: it is a placeholder.", why);
    return { message, severity: "information" as const };
  }
  const fault = originFault(value, place);
  if (fault === undefined || (place === "header" && fault.meant && fault.meant.length > 1))
    return undefined;
  const meant = fault.meant ? ` Write ${inWords(fault.meant)}.` : "";
  const why =
    fault.instead ??
    `Browsers compare whole origins, byte for byte: scheme, host and port.${meant}`;
  const message = twoLineMessage(`No browser sends this origin: ${fault.because}.`, why);
  return {
    message,
    fixes: fixes(fault),
    ...(fault.undocumented ? { severity: "warning" as const } : {}),
  };
}

function setString(at: Span, fault: OriginFault, more: readonly Edit[] = []): readonly Fix[] {
  const [first] = fault.meant ?? [];
  if (first === undefined) return [];
  const edits: Edit[] = [{ kind: "setString", at, text: first }, ...more];
  return [
    {
      title: titleOf("Write", fault.meant ?? [], "origins"),
      safety: fault.mechanical ? "safe" : "review",
      edits,
    },
  ];
}

function fixesIn(policy: CorsPolicy, item: KnownBranch<string>, list: Span | undefined): FixesFor {
  return (fault) => {
    const others = fault.meant?.slice(1) ?? [];
    if (others.length === 0) return setString(item.at, fault);
    if (list === undefined) return [];
    const { form } = policy;
    return setString(item.at, fault, [
      { kind: "addToList", list, form, field: "allowOrigins", items: others },
    ]);
  };
}

/** Literal header values, and the allow-lists that echoed origins are compared with. */
function originsIn(handler: Handler): readonly KnownBranch<string>[] {
  const values = handler.responses.flatMap((response) => headersNamed(response, ALLOW_ORIGIN));
  return values.flatMap(({ value }) =>
    branches<string | number | boolean>(value).flatMap((branch) => {
      if (branch.kind === "known") {
        // An empty value is how some handlers refuse an origin.
        return typeof branch.value === "string" && branch.value !== ""
          ? [{ value: branch.value, at: branch.at, definite: true }]
          : [];
      }
      if (branch.kind !== "fromRequest" || branch.guard.kind !== "exact") return [];
      return possibleLists(branch.guard.allowed).flatMap((list) => list.items);
    }),
  );
}
