/** Answers without Access-Control-Allow-Origin, told of where the header has to be added. */
import { isPage, answers, lacksAllowOrigin, type Answer } from "./answers";
import { groupBy } from "../../base/group";
import type { CorsModel, ResponsePath } from "../../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../../model/query/responses";
import { memoizeByIdentity } from "../../base/memoize";
import { keyOfSpan, type Span } from "../../ir/span";

export type MadeBy = NonNullable<ResponsePath["made"]>;

/** One place that lacks the header: an answer, or a helper's literal that several answers come from. */
export interface MissingHeaderSite {
  readonly at: Span;
  readonly answers: readonly [Answer, ...Answer[]];
  /** Of a helper that makes several answers. */
  readonly madeBy?: MadeBy;
}

/** Every cause of the model. Answers whose headers API Gateway replaces have causes of their own. */
export const missingHeaderSites = memoizeByIdentity(
  (model: CorsModel): readonly MissingHeaderSite[] => {
    const good = new Set(
      model.handlers.flatMap(({ responses }) =>
        responses.flatMap((response) =>
          response.made && headersNamed(response, ALLOW_ORIGIN).length > 0
            ? [keyOfSpan(response.made.at)]
            : [],
        ),
      ),
    );
    const lacking = answers(model, "gateway").filter(
      (answer) => lacksAllowOrigin(answer) && !isPage(answer, model),
    );
    return [...groupBy(lacking, (answer) => [madeAt(answer)])].flatMap(([, group]) => {
      const made = group[0].response.made;
      const own = [...groupBy(group, (answer) => [ownAt(answer)]).values()].map(toSite);
      return made && own.length > 1 && !good.has(keyOfSpan(made.at))
        ? [{ at: made.at, answers: group, madeBy: made }]
        : own;
    });
  },
);

type Group = readonly [Answer, ...Answer[]];

const toSite = (answers: Group): MissingHeaderSite => ({ at: answers[0].response.at, answers });
const ownAt = ({ response, behindGateway }: Answer) => `${keyOfSpan(response.at)} ${behindGateway}`;

function madeAt(answer: Answer): string {
  const { made } = answer.response;
  return made ? `${keyOfSpan(made.at)} ${answer.behindGateway}` : ownAt(answer);
}

/** The places that a cause's answers are sent from, each once; none where the cause is the answer itself. */
export function callSitesOf({
  answers: [first, ...others],
  madeBy: made,
}: MissingHeaderSite): readonly Span[] {
  if (!made) return [];
  return [
    ...new Map(
      [first, ...others].map(({ response }) => [keyOfSpan(response.at), response.at]),
    ).values(),
  ];
}
