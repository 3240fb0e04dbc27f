/** What AWS answers, as far as its documentation and the model tell; and what the browser makes of it. */
export { answers, decisions } from "./answers";
export { explainCall, placeholderBase } from "./explain-call";
export type { ExchangeStep, Explanation, PageCall, Party } from "./explain-call";
export type { Answer, Answerer, ApiRequest, Decision, PossibleAnswer, Unknown } from "./types";
export { headerOf, rulePreflight, ruleResponse, together } from "./verdict";
export type { Ruling, Verdict } from "./verdict";
export { rankOf } from "./routes";
