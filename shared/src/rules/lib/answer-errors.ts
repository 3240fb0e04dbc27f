/** The fix that catches what leaves a handler and answers for it. */
import type { Fix } from "../../finding";
import type { CorsModel, Handler } from "../../model/model";
import type { RuleContext } from "../../advice/context";
import { answerSources } from "./header-sources";

/** Where the handler's own function can catch all that it throws, and CORS headers are at hand. */
export function answerErrors(
  handler: Handler,
  model: CorsModel,
  context: RuleContext,
): readonly Fix[] {
  const { function: own, event } = handler;
  const sources = own ? answerSources(handler, model, context) : [];
  if (!own || sources.length === 0) return [];
  return [
    {
      title: "Answer errors with CORS headers",
      safety: "review",
      edits: [
        {
          kind: "answerErrors",
          function: own.at,
          promises: own.promises,
          ...(event === undefined ? {} : { event }),
          sources,
        },
      ],
    },
  ];
}
