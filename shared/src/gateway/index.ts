/** What AWS answers, as far as its documentation and the model tell; and what the browser makes of it. */
export { decisions } from "./answers";
export { explainCall } from "./explain-call";
export { hiddenHeaders } from "./exposure";
export { hiddenByRule, ruleBucket, type BucketLack } from "./s3";
export { callOf, likelyOrigin } from "./page-call";
export type { ExchangeStep, Explanation, PageCall } from "./explain-call";
export type { Answer, Answerer, ApiRequest, Decision } from "./types";
export { together, type Ruling } from "./verdict";
export { rankOf } from "./routes";
