import { within } from "../ir/span";
import type { Span } from "../ir/span";
import type { Fix } from "../finding";
import type { Api, MappedHeader } from "../model/model";
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
    for (const header of model.apis.flatMap(mappings)) {
      for (const { value, at, definite } of knownBranches(header.value)) {
        if (EXPRESSION.test(value)) continue;
        const { written = at } = header;
        const isHere = within(at, written);
        yield {
          at: isHere ? at : written,
          message: twoLineMessage(
            "The browser never gets this header: API Gateway refuses the value at deploy.",
            `A mapping value is text in single quotes or a reference such as method.request.header.origin. Write "'${value}'".`,
          ),
          related: isHere ? [] : [{ at, message: "The text comes from here." }],
          fixes: isHere || definite ? [quoted(written, value, isHere)] : [],
        };
      }
    }
  },
};

/** Where the text is a constant's, other code may use it without quotes: only this use of it changes. */
function quoted(at: Span, value: string, isHere: boolean): Fix {
  return {
    title: `Write "'${value}'"`,
    safety: isHere ? "safe" : "review",
    edits: [{ kind: "setString", at, text: `'${value}'` }],
  };
}

function mappings(api: Api): readonly MappedHeader[] {
  const responses = api.routes.flatMap((route) => route.integration.responses ?? []);
  const integration = responses.filter((response) => response.of === "integration");
  return [...api.gatewayResponses, ...integration].flatMap((response) => response.headers);
}
