import { apiTraits } from "../model/kinds";
import { constantOf } from "../model/value";
import type { Problem } from "../finding";
import type { MappedResponse, Route } from "../model/model";
import { browserEvidence } from "../model/query/exposure";
import { ALLOW_ORIGIN } from "../model/query/responses";
import { inWords, twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** A non-proxy integration whose mapping, or whose declaration of it, leaves out Access-Control-Allow-Origin. */
export const rule: Rule = {
  id: "integration-response-without-cors",
  summary:
    "A non-proxy integration answers without Access-Control-Allow-Origin in its mapping or its method response.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model) {
    for (const api of model.apis.filter(({ kind }) => apiTraits[kind].gatewayResponses)) {
      if (browserEvidence(api, model) === undefined) continue;
      for (const route of api.routes) {
        if (route.generated || !maps(route) || route.integration.responsesComplete !== true)
          continue;
        // A mock's answer is mostly a placeholder that no page reads, but for the one to preflights.
        const placeholder =
          route.integration.kind === "mock" &&
          constantOf(route.method)?.toUpperCase() !== "OPTIONS";
        const weak = placeholder ? { severity: "information" as const } : {};
        const responses = route.integration.responses ?? [];
        for (const found of unmapped(responses)) yield { ...found, ...weak };
        yield* undeclared(responses);
      }
    }
  },
};

function maps({ integration }: Route): boolean {
  return (
    ["lambdaCustom", "http", "aws", "mock"].includes(integration.kind) &&
    integration.ignoredResponses === undefined
  );
}

function* unmapped(responses: readonly MappedResponse[]): Iterable<Problem> {
  for (const response of responses.filter(({ of }) => of === "integration")) {
    if (response.complete && !sends(response))
      yield problem(response, "Map it to \"'…'\" in the integration response.");
  }
}

/** API Gateway takes a mapping only to a header that the method response of the same status declares. */
function* undeclared(responses: readonly MappedResponse[]): Iterable<Problem> {
  const declared = responses.filter((response) => response.of === "method");
  for (const response of responses.filter(({ of }) => of === "integration")) {
    const method = declared.find(({ statusCode }) => statusCode === response.statusCode);
    if (method?.complete === false) continue;
    const names = method?.headers.map(({ name }) => name.toLowerCase()) ?? [];
    const missing = response.headers.filter(({ name }) => !names.includes(name.toLowerCase()));
    if (missing.length === 0) continue;
    const headers = inWords(missing.map(({ name }) => name));
    yield {
      at: response.at,
      message: twoLineMessage(
        "API Gateway refuses to deploy this: a header is mapped and not declared.",
        `An integration response may map only headers that the method response of the same status declares. Declare ${headers} for status ${response.statusCode}.`,
      ),
      related: method
        ? [{ at: method.at, message: "The method response of this status is here." }]
        : [],
    };
  }
}

function sends(response: MappedResponse): boolean {
  return response.headers.some(({ name }) => name.toLowerCase() === ALLOW_ORIGIN);
}

function problem(response: MappedResponse, change: string): Problem {
  const message = twoLineMessage(
    `The browser withholds the ${response.statusCode} response: it has no Access-Control-Allow-Origin.`,
    `Without a proxy integration API Gateway sends only the headers that are mapped. ${change}`,
  );
  return { at: response.at, message };
}
