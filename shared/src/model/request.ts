/** What pages ask. */
import type { HeaderField, Value } from "./model";
import type { Span } from "../ir/span";

/** A place where code reads a header. */
export interface HeaderRead {
  /** Lower case. */
  readonly name: string;
  readonly at: Span;
}

/** A call from browser code. */
export interface BrowserRequest {
  readonly at: Span;
  /** `fetch`, `axios`, `XMLHttpRequest`, `HttpClient`, `ky`. */
  readonly via: string;
  /** The calls that led to it, outermost first: of a wrapper such as `apiClient.get(…)`. */
  readonly through?: readonly Span[];
  readonly url: Value<string>;
  /** The path without query, as far as it is known; `{}` is a segment that is put together at run time. */
  readonly path?: string;
  /** How the code names what the URL begins with: `VITE_API_URL`, `apiUrl`. */
  readonly base?: string;
  readonly method: Value<string>;
  readonly headers: readonly HeaderField[];
  readonly headersComplete: boolean;
  /** The option that gives `fetch` a body, where there is one for certain. */
  readonly body?: Span;
  readonly credentials: Value<"omit" | "same-origin" | "include">;
  readonly mode: Value<"cors" | "no-cors" | "same-origin">;
  /** Present where redirects are not, or may not be, followed: the option `redirect` says so. */
  readonly followsRedirects?: false;
  readonly readsResponse?: boolean;
  /** Headers of the response that the code evidently reads. */
  readonly readsHeaders?: readonly HeaderRead[];
  /** The call whose response gave the URL. */
  readonly urlFrom?: UrlSource;
  /** Where the page is served while it is being developed. */
  readonly devServer?: DevServer;
  /** Id of the API that it calls, with the evidence. */
  readonly api?: { readonly id: string; readonly because: string };
}

/** A call that gives URLs, with the API and the route that answer it. */
export type UrlSource = Pick<BrowserRequest, "at" | "method" | "path" | "api">;

/** A server of pages on the developer's machine. */
export interface DevServer {
  readonly origin: string;
  /** The file that says so. */
  readonly at: Span;
}
