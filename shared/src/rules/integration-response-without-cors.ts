import type { Problem } from "../finding";
import type { MappedResponse, Route } from "../model/model";
import { browserEvidence } from "../model/query/exposure";
import { ALLOW_ORIGIN } from "../model/query/responses";
import { twoLineMessage } from "../advice/text";
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
    for (const api of model.apis.filter(({ kind }) => kind === "rest")) {
      if (browserEvidence(api, model) === undefined) continue;
      for (const route of api.routes) {
        if (route.generated || !maps(route) || route.integration.responsesComplete !== true)
          continue;
        // A mock's answer is mostly a placeholder that no page reads.
        const weak = route.integration.kind === "mock" ? { severity: "information" as const } : {};
        for (const found of unmapped(route.integration.responses ?? []))
          yield { ...found, ...weak };
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
  const declared = responses.filter((response) => response.of === "method");
  for (const response of responses.filter(({ of }) => of === "integration")) {
    const method = declared.find(({ statusCode }) => statusCode === response.statusCode);
    if (!response.complete || (method && !method.complete)) continue;
    if (!sends(response)) yield problem(response, "Map it to \"'…'\" in the integration response.");
    else if (method === undefined || !sends(method)) {
      yield {
        ...problem(response, "The method response of this status has to declare it too."),
        related: method ? [{ at: method.at, message: "It is not declared here." }] : [],
      };
    }
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
