/** Answers without Access-Control-Allow-Origin, told apart into failures and successes by the two rules about them. */
import type { Problem } from "../../finding";
import type { CorsModel } from "../../model/model";
import { isFailure } from "../../model/query";
import type { RuleContext } from "../context";
import { strength } from "./answers";
import { causes, sendersOf } from "./causes";
import { addCorsHeaders } from "./header-fix";

/** Words for one cause: whether API Gateway adds the header, and how many responses a shared helper makes (0 = none shared). */
type MissingMessage = (behindGateway: boolean, senders: number) => string;

/** One problem for each cause whose answers are all failures, or for each other cause. */
export function* missingAllowOrigin(
  model: CorsModel,
  context: RuleContext,
  failures: boolean,
  message: MissingMessage,
): Iterable<Problem> {
  for (const cause of causes(model)) {
    const [answer] = cause.answers;
    const severity = strength(answer, context);
    const failed = cause.answers.every(({ response }) => isFailure(response));
    if (severity === "off" || failed !== failures) continue;
    const senders = sendersOf(cause);
    yield {
      at: cause.at,
      ...(severity ? { severity } : {}),
      message: message(answer.behindGateway, senders.length),
      related:
        senders.length > 0
          ? senders.map((at) => ({ at, message: "One of them is sent here." }))
          : answer.response.through.map((at) => ({ at, message: "The response is made here." })),
      fixes: addCorsHeaders(cause, model, context),
    };
  }
}
