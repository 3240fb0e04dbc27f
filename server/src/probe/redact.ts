/** Reports are pasted into tickets: secrets leave no trace in them. */
import { byteLowercase, type Header, type HeaderList } from "../../../shared/src/browser";
import type { WireExchange } from "./wire";

const SECRET_HEADERS = new Set(
  "authorization cookie proxy-authorization set-cookie x-amz-security-token x-api-key".split(" "),
);
/** What pages say of their bodies and wishes is no secret, though the user gave it. */
const PLAIN_HEADERS = new Set(
  "accept accept-language cache-control content-language content-type range x-requested-with".split(
    " ",
  ),
);
/** Shorter values are words that stand elsewhere too. */
const TELLING = 8;
const SECRET_QUERY =
  /([?&](?:[^=&]*(?:token|secret|password|signature|credential|api-?key)[^=&]*|sig|key|code)=)[^&#\s'"]*/gi;

/** `user:password@` before a host. */
const USER_INFO = /(\/\/)[^\s/?#@]+@/g;

/** The exchange without the values of secret headers and query parameters. */
export function redact(exchange: WireExchange, secrets: readonly Header[]): WireExchange {
  const { request, response, failure } = exchange;
  const headers = (list: HeaderList) => redactHeaders(list, secrets);
  const text = (value: string) => redactText(value, secrets);
  return {
    ...exchange,
    request: { ...request, url: text(request.url), headers: headers(request.headers) },
    failure: failure === null ? null : { ...failure, reason: text(failure.reason) },
    response: response === null ? null : { ...response, headers: headers(response.headers) },
  };
}

/** The headers without the values of those that are secret by name or were given by the user. */
export function redactHeaders(list: HeaderList, secrets: readonly Header[]): HeaderList {
  const own = new Set(hidden(secrets).map(([name]) => byteLowercase(name)));
  return list.map(([name, value]): Header => {
    const lower = byteLowercase(name);
    const isSecret = SECRET_HEADERS.has(lower) || own.has(lower);
    return [name, isSecret ? "[redacted]" : redactText(value, secrets)];
  });
}

/** The text without what the user gave as a secret, which servers echo, and without secrets in URLs. */
export function redactText(text: string, secrets: readonly Header[]): string {
  const values = hidden(secrets).flatMap(([, value]) => [value, value.replace(/^\w+ +/, "")]);
  const known = values
    .filter((value) => value.length >= TELLING)
    .sort((a, b) => b.length - a.length);
  return redactUrl(known.reduce((rest, value) => rest.replaceAll(value, "[redacted]"), text));
}

function hidden(secrets: readonly Header[]): readonly Header[] {
  return secrets.filter(([name]) => !PLAIN_HEADERS.has(byteLowercase(name)));
}

/** URLs in the text lose user names, passwords, and the values of parameters that look like secrets. */
export function redactUrl(text: string): string {
  return text.replace(USER_INFO, "$1[redacted]@").replace(SECRET_QUERY, "$1[redacted]");
}
