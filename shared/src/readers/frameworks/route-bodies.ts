/**
 * What routes of web frameworks return as if they were handlers of Lambda: `{ statusCode, headers, body }`. The framework
 * takes all of it for the body, so that its headers are none.
 */
import { callWithUnknownArgs } from "../../interpreter/syntax/calls";
import type { Evaluation } from "../../interpreter/core/state";
import { alternatives } from "../../interpreter/core/values";
import type { AbstractValue } from "../../interpreter/core/values";
import type { ResponsePath } from "../../model/model";
import { frameworks } from "./routers";
import { corsInBody } from "../handler/responses";

/** The answers of such routes, of which no more is known than what they wrongly hold. */
export function bodiesOfRoutes(run: Evaluation): readonly ResponsePath[] {
  return run.events.flatMap((event) => {
    if (event.k !== "decorate" || !isBodyRoute(event.by.path)) return [];
    const result = callWithUnknownArgs(run, event.target, "given by the framework");
    return alternatives(result).flatMap((value) => answerIn(value));
  });
}

function answerIn(value: AbstractValue): readonly ResponsePath[] {
  if (value.t !== "object" || !value.props.has("statusCode") || !value.props.has("headers"))
    return [];
  const inBody = corsInBody(value, new Map());
  const { at } = value;
  const because = "the framework makes the answer";
  return inBody
    ? [
        {
          at,
          expression: at,
          status: { kind: "unknown", because, at },
          headers: [],
          headersComplete: false,
          because,
          reachedBy: "return",
          corsInBody: inBody,
          through: [],
        },
      ]
    : [];
}

/** A decorator of routes whose results become the body as they are. */
function isBodyRoute(path: string): boolean {
  return Object.values(frameworks).some(({ bodyRoutes }) => bodyRoutes?.test(path));
}
