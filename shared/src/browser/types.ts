/** The exchange that is judged, as plain data: what script asked and what the server answered. */
import type { HeaderList } from "./bytes";

export type Credentials = "omit" | "same-origin" | "include";
export type Mode = "cors" | "no-cors" | "same-origin";
export type RedirectMode = "follow" | "manual" | "error";

/** A request as script writes it. */
export interface ScriptRequest {
  /** The page's serialized origin, or `null`. */
  readonly origin: string;
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly credentials: Credentials;
  readonly mode: Mode;
  readonly redirect: RedirectMode;
  readonly api: "fetch" | "xhr";
  /** `null`, `bytes`, `string`, `urlencoded`, `formdata`, `stream` or `blob:` with its type. */
  readonly body: string | null;
  /** A listener stood on `xhr.upload` before `send()`. */
  readonly uploadListener?: boolean;
}

/** A response as it stood on the wire. Header values may still carry surrounding blanks. */
export interface WireResponse {
  readonly status: number;
  readonly headers: HeaderList;
  /** The bytes of the head, where they are known; they win over `headers`. */
  readonly rawHead?: string;
  readonly connectionReset?: boolean;
  readonly malformedHead?: boolean;
}

/** What the server answers at one URL; null where no answer was recorded. */
export interface HopResponses {
  readonly preflightResponse: WireResponse | null;
  readonly actualResponse: WireResponse | null;
}

/** One exchange, in the shape of the recorded data. */
export interface Exchange extends HopResponses {
  readonly request: ScriptRequest;
  /** The answers after the 1st, 2nd, … redirect; the last one repeats. */
  readonly redirectHops?: readonly HopResponses[];
}
