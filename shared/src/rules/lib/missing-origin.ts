/** Answers without Access-Control-Allow-Origin, told apart into failures and successes by the two rules about them. */
import type { Problem } from "../../finding";
import type { CorsModel } from "../../model/model";
import { isFailure } from "../../model/query/responses";
import type { RuleContext } from "../../advice/context";
import { strength } from "./answers";
import { missingHeaderSites, callSitesOf, type MissingHeaderSite } from "./missing-header-sites";
import { addCorsHeaders } from "./header-fix";

/** Words for one cause: who makes or fixes the answers, and how many a shared helper makes. */
export type MissingMessage = (
  by: "gateway" | "helper" | "wrapper" | "handler",
  senders: number,
) => string;

/** One problem for each cause whose answers are all failures, or for each other cause. */
export function* missingAllowOrigin(
  model: CorsModel,
  context: RuleContext,
  failures: boolean,
  message: MissingMessage,
): Iterable<Problem> {
  for (const cause of worthTelling(missingHeaderSites(model))) {
    const [answer] = cause.answers;
    const severity = strength(answer, context);
    const failed = cause.answers.every(({ response }) => isFailure(response));
    if (severity === "off" || failed !== failures) continue;
    const senders = callSitesOf(cause);
    const through = cause.answers.flatMap(({ response }) => response.through);
    yield {
      at: cause.at,
      ...(severity ? { severity } : {}),
      message: message(factoryOf(cause, senders.length), senders.length),
      related:
        senders.length > 0
          ? senders.map((at) => ({ at, message: "One of them is sent here." }))
          : through.map((at) => ({ at, message: "The response is made here." })),
      fixes: addCorsHeaders(cause, model, context),
    };
  }
}

function factoryOf(
  { answers: [answer] }: MissingHeaderSite,
  senders: number,
): Parameters<MissingMessage>[0] {
  if (answer.behindGateway) return "gateway";
  if (senders > 0) return "helper";
  const { at, expression } = answer.response;
  return at.file === expression.file ? "handler" : "wrapper";
}

/** Where API Gateway adds the header nothing is broken: that is said once for each handler. */
function worthTelling(all: readonly MissingHeaderSite[]): readonly MissingHeaderSite[] {
  const told = new Set<string>();
  return all.filter(({ answers }) => {
    const [{ behindGateway }] = answers;
    const fresh = answers.filter(({ handler }) => !told.has(handler.id));
    if (behindGateway) for (const { handler } of fresh) told.add(handler.id);
    return !behindGateway || fresh.length > 0;
  });
}
