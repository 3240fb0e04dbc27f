/** Reports are pasted into tickets: secrets leave no trace in them. */
import { byteLowercase, type Header, type HeaderList } from "../../../shared/src/browser";
import type { WireExchange } from "./wire";

const SECRET_HEADERS = new Set(
  "authorization cookie proxy-authorization set-cookie x-amz-security-token x-api-key".split(" "),
);
const SECRET_QUERY =
  /([?&](?:[^=&]*(?:token|secret|password|signature|credential|api-?key)[^=&]*|sig|key|code)=)[^&#\s'"]*/gi;

/** The exchange without the values of secret headers and query parameters. */
export function redact(exchange: WireExchange, secrets: readonly Header[]): WireExchange {
  const { request, response, failure } = exchange;
  const headers = (list: HeaderList) => redactHeaders(list, secrets);
  return {
    ...exchange,
    request: { ...request, url: redactUrl(request.url), headers: headers(request.headers) },
    failure: failure === null ? null : { ...failure, reason: redactUrl(failure.reason) },
    response: response === null ? null : { ...response, headers: headers(response.headers) },
  };
}

/** The headers without the values of those that are secret by name or were given by the user. */
export function redactHeaders(list: HeaderList, secrets: readonly Header[]): HeaderList {
  const own = new Set(secrets.map(([name]) => byteLowercase(name)));
  return list.map(([name, value]): Header => {
    const lower = byteLowercase(name);
    return [name, SECRET_HEADERS.has(lower) || own.has(lower) ? "[redacted]" : redactUrl(value)];
  });
}

/** URLs in the text lose the values of parameters that look like secrets. */
export function redactUrl(text: string): string {
  return text.replace(SECRET_QUERY, "$1[redacted]");
}
