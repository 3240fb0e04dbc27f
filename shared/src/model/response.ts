/** How handlers answer: the responses of their paths, with their headers. */
import type { Span } from "../ir/span";
import type { SetCookie } from "./cookie";
import type { ApiBinding, Value } from "./model";

/** One path by which a handler answers. */
export interface ResponsePath {
  /** The word to underline: the object literal's `statusCode` value, the helper call, or the `return`. */
  readonly at: Span;
  /** The expression that makes the response. */
  readonly expression: Span;
  readonly status: Value<number>;
  readonly headers: readonly HeaderField[];
  /** False when something unseen may add a header. */
  readonly headersComplete: boolean;
  readonly because?: string;
  readonly reachedBy: "return" | "throw" | "callback" | "stream";
  /** Reached after an exception was caught. */
  readonly afterCatch?: true;
  /** Taken only for this request method. */
  readonly method?: string;
  /**
   * Taken by every preflight that gets to the handler, as the request lacks this: a header by its name, `cookies` or
   * `body`. The method was not asked for.
   */
  readonly turnedAwayFor?: string;
  /** Never taken for requests of these payload formats: it is for events that lack what they always have. */
  readonly notFor?: readonly ApiBinding["payload"][];
  /** Taken only when the handler refused the request's `Origin`, or there was none: no header is wanted then. */
  readonly originRefused?: true;
  /** The headers' literal, or the response's literal where headers could be inserted. */
  readonly headersBlock?: Span;
  readonly responseBlock?: Span;
  /** The response has `headers` but no `statusCode`: payload 2.0 takes all of it as the body. */
  readonly statusMissing?: true;
  /** CORS headers found inside the JSON body. */
  readonly corsInBody?: CorsInBody;
  /** Cookies that it sets, as far as their texts are known. */
  readonly cookies?: readonly SetCookie[];
  /** The header `location`: its text up to the first part that is not known. */
  readonly location?: { readonly at: Span; readonly text: string; readonly complete: boolean };
  /** It has no body, or an empty one. */
  readonly bodyless?: true;
  /** The name or call that brings Access-Control-Allow-Origin and could be used again: `corsHeaders` in `...corsHeaders`. */
  readonly corsFrom?: Span;
  /** The expressions that bring it, outermost first, which may hang on their surroundings: `headersFor(origin)`. */
  readonly corsBy?: readonly Span[];
  /** What the code at `expression` calls the event. */
  readonly event?: string;
  /** Calls through which the response was made, innermost last; `related` places. */
  readonly through: readonly Span[];
  /** The helper's literal that makes this and other responses: the key of its status, to underline, and its blocks. */
  readonly made?: { readonly at: Span; readonly headersBlock?: Span; readonly responseBlock: Span };
}

export interface CorsInBody {
  /** What is evidently meant as headers: all of the body's `headers`, and CORS headers among its other keys. */
  readonly fields: readonly HeaderField[];
  /** What the body has without need: its entry `headers`, and the others. */
  readonly entries: readonly Span[];
  /** The expression of the body's `headers`, where that holds every field. */
  readonly expression?: Span;
  /** The expression means the same everywhere in the file: a name of the module. */
  readonly reusable?: true;
}

export interface HeaderField {
  /** As written; `at` is the key. */
  readonly name: string;
  readonly at: Span;
  readonly value: Value<string | number | boolean>;
  readonly entry?: Span;
  /** The value's expression, where the entry is written as a literal's. */
  readonly written?: Span;
  /** From `multiValueHeaders`. */
  readonly multi?: true;
  /** Present on some ways to this response only. */
  readonly maybe?: true;
  /** The spread that brought it into another file than the one where it is written. */
  readonly brought?: Span;
  /** The module's name that gives the value. */
  readonly from?: Span;
}
