import type { Api } from "../model/model";
import { knownBranches } from "../model/value";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A mapping expression: text in single quotes, or a reference (API Gateway developer guide, parameter mapping). */
const EXPRESSION = /^('.*'|(method|integration|context|stageVariables|gatewayresponse)\b.*)$/s;

/** Plain text where API Gateway expects a mapping expression. */
export const rule: Rule = {
  id: "mapping-value-unquoted",
  summary: "A header value of a gateway or integration response lacks its inner single quotes.",
  severity: "error",
  *check(model) {
    for (const { value, at } of model.apis
      .flatMap(mappings)
      .flatMap((header) => knownBranches(header.value))) {
      if (EXPRESSION.test(value)) continue;
      yield {
        at,
        message: twoLineMessage(
          "The browser never gets this header: API Gateway refuses the value at deploy.",
          `A mapping value is text in single quotes or a reference such as method.request.header.origin. Write "'${value}'".`,
        ),
        fixes: [
          {
            title: `Write "'${value}'"`,
            safety: "safe",
            edits: [{ kind: "setString", at, text: `'${value}'` }],
          },
        ],
      };
    }
  },
};

function mappings(api: Api): readonly Api["gatewayResponses"][number]["headers"][number][] {
  const responses = api.routes.flatMap((route) => route.integration.responses ?? []);
  const integration = responses.filter((response) => response.of === "integration");
  return [...api.gatewayResponses, ...integration].flatMap((response) => response.headers);
}
