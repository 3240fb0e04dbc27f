/** Reports are pasted into tickets: secrets leave no trace in them. */
import { byteLowercase, type Header, type HeaderList } from "../../../shared/src/browser";
import type { WireExchange } from "./wire";

const REDACTED = "[redacted]";

/** What pages say of their bodies and wishes is no secret, though the user gave it. */
const PLAIN_HEADERS = new Set(
  "accept accept-language cache-control content-language content-type range x-requested-with".split(
    " ",
  ),
);

/** Secret by its meaning, though its name does not say so. */
const SECRET_HEADERS = new Set(
  "authorization authentication-info cookie proxy-authorization proxy-authentication-info set-cookie set-cookie2".split(
    " ",
  ),
);

/** Parts of names, without what separates their words, of which the values are secret. */
const SECRET_NAME =
  /token|secret|passw|passphrase|pwd|signature|credential|(?:api|access|auth|private|shared|subscription|license|encryption|signing|master|account|function|host|service)key|jwt|session|bearer|cookie|assertion|saml|oauth|ticket|authori[sz]|auth(?!or)|hmac/;
/** Names of one word that are too short to be looked for within others. */
const SECRET_WORD = /^(?:sig|key|code|pass|pin|otp|sid|state|nonce)$/;

/** Shorter texts stand elsewhere too: they count where they are words of their own, and the shortest alone only. */
const TELLING = 8;
const TELLING_ENCODED = 6;
const WORD = 4;

/** `user:password@` before a host. */
const USER_INFO = /(\/\/)[^\s/?#]+@/g;

/** `name=value` in a query, a fragment or the parameters of a path. */
const PARAMETER = /([?&;#])([^=&?;#\s'"]*)=([^&;#\s'"]*)/g;

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
    const isSecret = own.has(lower) || SECRET_HEADERS.has(lower) || isSecretHeader(lower);
    return [name, isSecret ? REDACTED : redactText(value, secrets)];
  });
}

/**
 * The text without what the user gave as a secret, which servers echo: as it is, in another case, percent-encoded, in
 * base64 or in hexadecimal; and without secrets in URLs.
 */
export function redactText(text: string, secrets: readonly Header[]): string {
  const forms = hidden(secrets).flatMap(valuesOf).flatMap(spellingsOf);
  return redactUrl(forms.length === 0 ? text : withoutRanges(text, rangesOf(text, forms)));
}

/** URLs in the text lose user names, passwords, and the values of parameters that look like secrets. */
export function redactUrl(text: string): string {
  return text
    .replace(USER_INFO, `$1${REDACTED}@`)
    .replace(PARAMETER, (whole, start: string, name: string, value: string) => {
      const isSecret = isSecretName(decoded(name)) || hidesSecret(value);
      return isSecret ? `${start}${name}=${REDACTED}` : whole;
    });
}

function hidden(secrets: readonly Header[]): readonly Header[] {
  return secrets.filter(([name]) => !PLAIN_HEADERS.has(byteLowercase(name)));
}

/** CORS says `credentials` in the names of headers that are no secrets, and the challenge of a server is none. */
function isSecretHeader(lower: string): boolean {
  return (
    !/^(?:access-control-|sec-|www-authenticate$|proxy-authenticate$)/.test(lower) &&
    isSecretName(lower)
  );
}

function isSecretName(name: string): boolean {
  const plain = byteLowercase(name).replace(/[^a-z0-9]/g, "");
  return SECRET_NAME.test(plain) || SECRET_WORD.test(plain);
}

/** Whether a value is a URL, or a query, that has a secret itself. */
function hidesSecret(value: string): boolean {
  if (!value.includes("%")) return false;
  const inner = decoded(value);
  return inner !== value && redactUrl(`?${inner}`) !== `?${inner}`;
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** The secrets in a header's value: all of it, without its scheme, the password of Basic, each cookie. */
function valuesOf([name, value]: Header): readonly string[] {
  const bare = value.replace(/^[\w-]+ +/, "");
  const values = [value, bare];
  if (/^basic +/i.test(value)) {
    const basic = Buffer.from(bare, "base64").toString("latin1");
    values.push(basic, basic.slice(basic.indexOf(":") + 1));
  }
  if (byteLowercase(name) === "cookie") {
    values.push(...value.split(";").map((each) => each.slice(each.indexOf("=") + 1).trim()));
  }
  return [...new Set(values)].filter((each) => each !== "");
}

interface Spelling {
  /** In lower case. */
  readonly text: string;
  /** Encoded: no word of any language, though it may be short. */
  readonly encoded: boolean;
}

/** How a server may write a value back. */
function spellingsOf(value: string): readonly Spelling[] {
  const bytes = Buffer.from(value, "latin1");
  const plain = [value, Buffer.from(value, "utf8").toString("latin1")];
  const encoded = value.length < WORD ? [] : [bytes.toString("hex"), ...inBase64(bytes)];
  return [
    ...plain.map((text) => ({ text: byteLowercase(text), encoded: false })),
    ...encoded.map((text) => ({ text: byteLowercase(text), encoded: true })),
  ];
}

/** What base64 of any text around the bytes has of them, at each of the three places of a byte in a group. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const [start, end] = [Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6)];
    return (["base64", "base64url"] as const).map((alphabet) =>
      whole.toString(alphabet).slice(start, end),
    );
  });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the spellings stand in the text, however often it is percent-encoded. */
function rangesOf(text: string, spellings: readonly Spelling[]): readonly Range[] {
  const ranges: Range[] = [];
  let view: View = { text: byteLowercase(text), at: undefined };
  for (let depth = 0; depth < 4; depth++) {
    for (const spelling of spellings) ranges.push(...occurrences(view, spelling));
    const next = unescaped(view);
    if (next === view) break;
    view = next;
  }
  return ranges;
}

/** A text, and for each of its characters (and for its end) where it begins in the text that it was decoded from. */
interface View {
  readonly text: string;
  readonly at: readonly number[] | undefined;
}

function unescaped(view: View): View {
  const { text, at } = view;
  if (!/%[0-9a-f]{2}/.test(text)) return view;
  const chars: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < text.length;) {
    const hex = text[i] === "%" ? text.slice(i + 1, i + 3) : "";
    const isEscape = /^[0-9a-f]{2}$/.test(hex);
    chars.push(isEscape ? byteLowercase(String.fromCharCode(parseInt(hex, 16))) : (text[i] ?? ""));
    places.push(at?.[i] ?? i);
    i += isEscape ? 3 : 1;
  }
  places.push(at?.[text.length] ?? text.length);
  return { text: chars.join(""), at: places };
}

function occurrences({ text, at }: View, { text: spelling, encoded }: Spelling): readonly Range[] {
  const ranges: Range[] = [];
  for (
    let start = text.indexOf(spelling);
    start !== -1;
    start = text.indexOf(spelling, start + 1)
  ) {
    const end = start + spelling.length;
    if (!stands(text, start, end, encoded)) continue;
    ranges.push({ start: at?.[start] ?? start, end: at?.[end] ?? end });
  }
  return ranges;
}

/** Whether a short text stands as a word of its own. */
function stands(text: string, start: number, end: number, encoded: boolean): boolean {
  if (end - start >= (encoded ? TELLING_ENCODED : TELLING)) return true;
  if (end - start < WORD) return text.trim() === text.slice(start, end);
  return !/[a-z0-9]/.test(text[start - 1] ?? "") && !/[a-z0-9]/.test(text[end] ?? "");
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let result = "";
  let done = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start >= done) result += text.slice(done, start) + REDACTED;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}
