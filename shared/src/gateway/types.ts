/** An HTTP request as AWS gets it, and the answer as far as the model and the documentation tell it. */
import type { HeaderList } from "../browser/bytes";
import type { Route } from "../model/model";
import type { Span } from "../ir/span";

export interface ApiRequest {
  readonly method: string;
  /** Path without the stage, as `/orders/42`; a query is ignored. */
  readonly path: string;
  readonly headers: HeaderList;
}

/** Who made an answer, or changed it last. */
export type Answerer = "cdn" | "gateway" | "handler";

/** One answer that may come. */
export interface Answer {
  readonly kind: "response";
  readonly by: Answerer;
  readonly status: number;
  readonly headers: HeaderList;
  /**
   * Parts that are not wholly known, with the reason: lower-case header names, and `:status`. `headers` and `status`
   * then hold what is known; a browser's refusal because of such a part cannot be relied upon.
   */
  readonly doubts: ReadonlyMap<string, string>;
  /** One sentence: why this is the answer. */
  readonly because: string;
  /** The line that decides. */
  readonly at?: Span;
  /** Where it redirects to, as far as that is known. */
  readonly location?: string;
}

export type PossibleAnswer = Answer | Unknown;

export interface Unknown {
  readonly kind: "unknown";
  readonly because: string;
  readonly at?: Span;
}

/** What the gateway does with a request: answer itself, or ask the integration and `finish` its answer. */
export type Decision =
  | Answer
  | Unknown
  | {
      readonly kind: "integration";
      readonly route: Route;
      /** Adds and removes the headers that the gateway is responsible for. */
      readonly finish: (answer: Answer) => Answer;
      /** What the gateway answers when the function fails, times out or returns no response. */
      readonly failed: Answer;
    };

export const noDoubts: ReadonlyMap<string, string> = new Map();

export function unknown(because: string, at?: Span): Unknown {
  return { kind: "unknown", because, ...(at ? { at } : {}) };
}

/** The CORS headers of a response, lower case. */
export const corsHeaderNames = [
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-expose-headers",
  "access-control-max-age",
] as const;

/** All CORS headers in doubt for one reason. */
export function doubtful(because: string): ReadonlyMap<string, string> {
  return new Map(corsHeaderNames.map((name) => [name, because]));
}

export function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith("access-control-");
}

/** The first value of a request header; `undefined` when it is not sent. */
export function requestHeader(request: ApiRequest, name: string): string | undefined {
  return request.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The request without some headers. */
export function withoutRequestHeaders(request: ApiRequest, names: readonly string[]): ApiRequest {
  const headers = request.headers.filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...request, headers };
}
