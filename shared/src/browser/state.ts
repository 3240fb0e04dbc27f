/** The state of one fetch while its exchange is walked; redirects change it. */
import { serializeUrl, type Url } from "./url";
import type { HeaderList } from "./bytes";
import type { StepFailure } from "./console";
import type { PreflightRequest } from "./preflight";
import type { Profile } from "./profile";
import type { StepId } from "./steps";
import type { ScriptRequest } from "./types";

/** A request that really goes out after its preflight, if any, was answered well. */
export interface SentRequest {
  readonly hop: number;
  readonly url: string;
  readonly method: string;
  /** Null when no Origin header is sent. */
  readonly origin: string | null;
  readonly authorizationSent: boolean;
}

/** The state that redirects change. */
export interface FetchState {
  readonly request: ScriptRequest;
  readonly profile: Profile;
  hop: number;
  url: Url;
  readonly urlList: Url[];
  method: string;
  headers: HeaderList;
  hasStream: boolean;
  tainting: "basic" | "cors" | "opaque";
  forced: boolean;
  /** Unsafe names of the request as written; null when it needs no preflight. */
  readonly firstNames: readonly string[] | null;
  readonly failures: StepFailure[];
  readonly preflights: (PreflightRequest & { readonly hop: number })[];
  readonly requests: SentRequest[];
  readonly missing: ("preflight" | "response" | "redirect")[];
}

/** Records a failing step at the present hop. */
export function fail(state: FetchState, step: StepId, value = "", netError?: string): void {
  const url = state.hop === 0 ? state.request.url : serializeUrl(state.url);
  const failure = { step, hop: state.hop, url, value };
  state.failures.push(netError === undefined ? failure : { ...failure, netError });
}
