/** Errors as the three engines write them: Chromium's as measured, Firefox's and WebKit's after their sources. */

export interface Fault {
  readonly url: string;
  readonly origin: string;
  readonly method?: string;
  readonly status?: number;
}

const typographic = (text: string): string => text.replace(/'([^']*)'/g, "‘$1’");

export const chromium = (detail: string, { url, origin, method, status }: Fault): string =>
  [
    `index-BxK2.js:40 Access to fetch at '${url}' from origin '${origin}' has been blocked by CORS policy: ${detail}`,
    ...(method === undefined
      ? []
      : [
          `index-BxK2.js:40  ${method} ${url} net::ERR_FAILED${status === undefined ? "" : ` ${status}`}`,
        ]),
  ].join("\n");

export const chromiumPreflight = (detail: string, fault: Fault): string =>
  chromium(`Response to preflight request doesn't pass access control check: ${detail}`, fault);

export const firefox = (reason: string, { url, status }: Fault): string =>
  `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${url}. (Reason: ${typographic(reason)}).${status === undefined ? "" : ` Status code: ${status}.`}`;

export const webkit = (reason: string, { url }: Fault): string =>
  `[Error] ${reason}\n[Error] Fetch API cannot load ${url} due to access control checks.\n[Error] Failed to load resource: ${reason} (orders, line 0)`;

export const noHeader =
  "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
export const noWildcard =
  "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.";
