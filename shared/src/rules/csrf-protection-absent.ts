import type { Route } from "../model/model";
import { allowsCredentials, effective, policyUses, routesUnder } from "../model/query/platform";
import { constantOf } from "../model/value";
import { addItems } from "../advice/policy-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

const TOKEN = "x-csrf-token";
/** Names of headers that carry a token, or that a foreign page cannot send without a preflight and nobody needs otherwise. */
const PROTECTS = /csrf|xsrf|^x-requested-with$/i;

/** Cookies allowed, state changed, and no header that only a page of an allowed origin can send. */
export const rule: Rule = {
  id: "csrf-protection-absent",
  summary:
    "Credentials are allowed and routes change state, but no CSRF header is among the allowed headers.",
  severity: "information",
  allows:
    "A page of any site sends the write with the user's cookies; CORS only keeps it from reading the answer.",
  *check(model) {
    for (const { policy, api } of policyUses(model)) {
      if (api === undefined || !allowsCredentials(policy)) continue;
      const writes = routesUnder(api, policy).filter(
        (route) => changesState(route) && !carriesToken(route),
      );
      const [first] = writes;
      const lists = effective(policy, "allowHeaders") ?? [];
      const bare = lists.find(
        (list) => list.complete && !list.items.some(({ value }) => PROTECTS.test(value)),
      );
      if (first === undefined || bare === undefined) continue;
      yield {
        at: policy.allowCredentials?.name ?? policy.at,
        message: twoLineMessage(
          "A page of any site can make the browser send writes with the user's cookies.",
          `CORS keeps other sites from reading answers, not from sending a form. Require a token that only your pages know, and allow its header (${TOKEN}).`,
        ),
        related: [{ at: first.at, message: "This route changes state." }],
        fixes: addItems(policy, "allowHeaders", [TOKEN], ["content-type", TOKEN], "review"),
      };
    }
  },
};

/** A form can send POST only; PUT, PATCH and DELETE are preflighted, and so refused to other sites (Fetch). */
function changesState(route: Route): boolean {
  return ["POST", "ANY"].includes(constantOf(route.method)?.toUpperCase() ?? "");
}

/** An identity in a header is not sent by the browser on its own; cookies are. Unknown authorizers are believed. */
function carriesToken({ authorization }: Route): boolean {
  return (
    authorization.kind === "unknown" ||
    (authorization.kind === "some" && authorization.headers.length > 0)
  );
}
