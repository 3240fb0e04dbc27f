import type { Fix, Problem } from "../finding";
import type { Api, CorsModel, Handler, HeaderField, ResponsePath } from "../model/model";
import { constantOf, knownBranches } from "../model/value";
import { twoLineMessage } from "../advice/text";
import { apiTraits } from "../model/kinds";
import type { Rule } from "./rule";

/**
 * An Application Load Balancer takes an answer only in its own form, and says 502 to any other: header values are texts,
 * and with multi-value headers they are lists (AWS, Lambda functions as targets; jeremydaly/lambda-api#117).
 */
export const rule: Rule = {
  id: "load-balancer-answer-invalid",
  summary: "A function answers a load balancer in a form that it refuses, so the page gets 502.",
  severity: "error",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "response-allow-origin-present",
  *check(model): Iterable<Problem> {
    for (const handler of model.handlers) {
      const groups = groupsOf(handler, model);
      if (groups.length === 0) continue;
      const multi = groups.every((api) => constantOf(api.multiValueHeaders) === true);
      for (const response of handler.responses) {
        yield* response.headers.flatMap(notText);
        const [first] = response.headers;
        if (multi && first && isPlain(response)) yield withoutLists(first, groups);
      }
    }
  },
};

/** The load balancers' groups of targets that hold the function. */
function groupsOf({ bindings }: Handler, { apis }: CorsModel): readonly Api[] {
  const ids = bindings.map(({ api }) => api);
  return apis.filter(({ id, kind }) => apiTraits[kind].host === "elb" && ids.includes(id));
}

function notText({ name, value }: HeaderField): readonly Problem[] {
  return knownBranches(value).flatMap((branch): readonly Problem[] => {
    if (typeof branch.value === "string") return [];
    const text = String(branch.value);
    const fix: Fix = {
      title: `Write "${text}" as a text`,
      safety: "safe",
      edits: [{ kind: "setString", at: branch.at, text }],
    };
    return [
      {
        at: branch.at,
        message: twoLineMessage(
          "The browser gets 502 from the load balancer, without any CORS header.",
          `It takes only texts as values of headers, and ${name} has ${text} here. Write it in quotes.`,
        ),
        fixes: [fix],
      },
    ];
  });
}

/** All headers were seen, and none comes from `multiValueHeaders`. */
function isPlain({ headers, headersComplete }: ResponsePath): boolean {
  return headersComplete && headers.every(({ multi }) => multi !== true);
}

function withoutLists({ at }: HeaderField, groups: readonly Api[]): Problem {
  const related = groups.flatMap(({ multiValueHeaders }) =>
    multiValueHeaders
      ? [{ at: multiValueHeaders.at, message: "Multi-value headers are turned on here." }]
      : [],
  );
  return {
    at,
    severity: "warning",
    message: twoLineMessage(
      "The browser may get 502 here: the load balancer wants multiValueHeaders.",
      "With multi-value headers an answer has to give lists of values. Write multiValueHeaders, or turn the setting off.",
    ),
    related,
  };
}
