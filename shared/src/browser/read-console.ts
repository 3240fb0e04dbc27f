/** Reads what somebody copied from a browser's console: which request was stopped, and at which steps it may have been. */
import { isToken } from "./bytes";
import {
  CHROMIUM_PREFIXES,
  CHROMIUM_PREFLIGHT,
  type Engine,
  FIREFOX_PREFIXES,
  SCRIPT_ERRORS,
  SENTENCES,
  type Sentence,
} from "./sentences";
import { STEP_IDS, type StepId } from "./steps";

/** One request that a browser complained about, as far as its words tell. */
export interface ConsoleError {
  readonly engine?: Engine;
  /** The browser's words; empty where none were recognized. */
  readonly sentence: string;
  /** The steps that may have failed, in the order of the procedure; empty: any. */
  readonly steps: readonly StepId[];
  /** Where the answer came from. */
  readonly url?: string;
  /** The URL that the page asked, where it was redirected. */
  readonly first?: string;
  readonly origin?: string;
  readonly method?: string;
  /** The request header that was refused. */
  readonly header?: string;
  /** The value of the response header that was refused. */
  readonly value?: string;
  readonly status?: number;
  /** `ERR_CERT_AUTHORITY_INVALID` and the like: not CORS at all. */
  readonly netError?: string;
}

/** Nobody reads more of a console than this, in characters. */
const longest = 20_000;
/** Requests that one text is read for. */
const most = 20;

/** Every request that the text speaks of; none where it has neither a known sentence nor a URL. */
export function readConsole(text: string): readonly ConsoleError[] {
  const plain = normalized(text.slice(0, longest));
  const hits = SENTENCES.flatMap((sentence) => occurrences(sentence, plain));
  const apart = withoutOverlap(hits);
  const read = withUrls(apart.map((hit) => errorOf(hit, plain, apart)));
  const said = read.filter(({ steps }) => steps.length > 0);
  const found = said.length > 0 ? said : read.length > 0 ? read : loose(plain);
  return distinct(found).slice(0, most);
}

/** In the order of the text; of two that begin at one place, the one that stands first in the table. */
function withoutOverlap(hits: readonly Hit[]): readonly Hit[] {
  let end = 0;
  return [...hits]
    .sort((a, b) => a.start - b.start)
    .filter((hit) => {
      const isFree = hit.start >= end;
      if (isFree) end = hit.end;
      return isFree;
    });
}

/** One line with straight quotes: consoles wrap, and Firefox writes typographic quotes. */
function normalized(text: string): string {
  return text.replace(/[‘’`]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ").trim();
}

interface Hit {
  readonly sentence: Sentence;
  readonly start: number;
  readonly end: number;
  readonly parts: ReadonlyMap<string, string>;
}

function occurrences(sentence: Sentence, text: string): readonly Hit[] {
  const found: Hit[] = [];
  for (let from = 0; found.length < most;) {
    const hit = fit(sentence.text, text, from);
    if (hit === undefined) break;
    found.push({ ...hit, sentence });
    from = hit.end;
  }
  return found;
}

/** The template's next place in the text. Each part is looked for once after the one before it, so that it takes linear time. */
function fit(template: string, text: string, from: number): Omit<Hit, "sentence"> | undefined {
  const pieces = template.split(/\{(\w+)\}/);
  const [lead = ""] = pieces;
  for (let tries = 0; tries < 50; tries++) {
    const start = lead === "" ? wordBefore(text, pieces[2] ?? "", from) : text.indexOf(lead, from);
    if (start < 0) return undefined;
    const fitted = fitAt(pieces, text, start);
    if (fitted) return { start, ...fitted };
    from = start + Math.max(1, lead.length);
  }
  return undefined;
}

/** Where the word begins that stands before a literal. */
function wordBefore(text: string, literal: string, from: number): number {
  const at = text.indexOf(literal, from);
  if (at <= 0) return -1;
  const blank = text.lastIndexOf(" ", at - 1) + 1;
  return blank >= from
    ? blank
    : at + literal.length <= text.length
      ? wordBefore(text, literal, at + 1)
      : -1;
}

function fitAt(
  pieces: readonly string[],
  text: string,
  start: number,
): { end: number; parts: Map<string, string> } | undefined {
  const parts = new Map<string, string>();
  let at = start + (pieces[0]?.length ?? 0);
  for (let i = 1; i < pieces.length; i += 2) {
    const name = pieces[i] ?? "";
    const literal = pieces[i + 1] ?? "";
    const end = literal === "" ? endOfWord(text, at) : text.indexOf(literal, at);
    const part = end < 0 ? "" : text.slice(at, end);
    if (end < 0 || part.length > 4000 || (name !== "value" && !/^\S+$/.test(part)))
      return undefined;
    if (name === "method" && !isToken(part)) return undefined;
    parts.set(name, part);
    at = end + literal.length;
  }
  return { end: at, parts };
}

function endOfWord(text: string, from: number): number {
  const blank = text.indexOf(" ", from);
  return blank < 0 ? text.length : blank;
}

/** What stands before the sentence in the same message of the console, and belongs to it. */
function errorOf(
  { sentence, start, end, parts }: Hit,
  text: string,
  hits: readonly Hit[],
): ConsoleError {
  const before = text.slice(0, start);
  const prefix = prefixOf(sentence.engine, before);
  const all = new Map([...(prefix?.parts ?? []), ...parts]);
  const isPreflight = before.endsWith(CHROMIUM_PREFLIGHT);
  const steps =
    sentence.engine === "chromium" ? ofStage(sentence.steps, isPreflight) : sentence.steps;
  // What follows up to the next sentence: a status, as Firefox and WebKit write it.
  const next = hits.find((hit) => hit.start >= end)?.start ?? text.length;
  const status = /^[^]{0,80}?status code: (\d{3})\b|^ (\d{3})\b/i.exec(text.slice(end, next));
  const value = (name: string): string | undefined => all.get(name);
  return {
    engine: sentence.engine,
    sentence: text.slice(prefix?.start ?? start, end),
    steps,
    ...optional("url", value("url")),
    ...optional("first", value("first")),
    ...optional("origin", value("origin") ?? originOfPage(value("page"))),
    ...optional("method", value("method")),
    ...optional("header", value("header")),
    ...optional("value", value("value")),
    ...optional("netError", value("net")),
    ...(status ? { status: Number(status[1] ?? status[2]) } : {}),
  };
}

function prefixOf(engine: Engine, before: string): Hit | undefined {
  const templates =
    engine === "chromium" ? CHROMIUM_PREFIXES : engine === "firefox" ? FIREFOX_PREFIXES : [];
  const whole = before.endsWith(CHROMIUM_PREFLIGHT)
    ? before.slice(0, -CHROMIUM_PREFLIGHT.length)
    : before;
  for (const text of templates) {
    const lead = text.slice(0, text.indexOf("{"));
    const start = whole.lastIndexOf(lead);
    const hit = start < 0 ? undefined : fit(text, whole, start);
    // The next sentence has a prefix of its own.
    if (hit?.end === whole.length) return { ...hit, sentence: { engine, text, steps: [] } };
  }
  return undefined;
}

/** Of a check that is made twice, the one that Chromium speaks of. */
function ofStage(steps: readonly StepId[], preflight: boolean): readonly StepId[] {
  if (steps.length < 2 || !steps.some((step) => step.startsWith("response-"))) return steps;
  if (steps.some((step) => step.endsWith("-network"))) return steps;
  return steps.filter((step) => step.startsWith(preflight ? "preflight-" : "response-"));
}

function originOfPage(page: string | undefined): string | undefined {
  return page && /^https?:\/\/[^/]+/.exec(page)?.[0];
}

function optional<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: string };
}

/** WebKit's reason and its URL are two messages, one after the other; Chromium's second line has method and status. */
function withUrls(errors: readonly ConsoleError[]): readonly ConsoleError[] {
  return errors.map((error, index) => {
    if (error.steps.length === 0) return error;
    const akin = (other: ConsoleError | undefined): boolean =>
      other?.engine === error.engine &&
      other?.url !== undefined &&
      other.steps.length === 0 &&
      (error.url === undefined || error.url === other.url || error.first === other.url);
    const [before, after] = [errors[index - 1], errors.slice(index + 1).find(akin)];
    const other = after ?? (akin(before) ? before : undefined);
    if (!other) return error;
    const { url, method, status } = { ...other, ...error };
    return {
      ...error,
      ...optional("url", url),
      ...optional("method", method),
      ...(status ? { status } : {}),
    };
  });
}

/** Words that no sentence fits: of another language, an older browser, or a bare "CORS error" beside a URL. */
function loose(text: string): readonly ConsoleError[] {
  const url = /\bhttps?:\/\/[^\s"'<>)]+[^\s"'<>).,;:]/.exec(text)?.[0];
  if (url === undefined) return [];
  const origin = /\borigin:? '?(https?:\/\/[^\s/'"]+)/i.exec(text)?.[1];
  const method = /\b(?:XHR ?)?(GET|HEAD|POST|PUT|PATCH|DELETE)\b/.exec(text)?.[1];
  const status = /\b(?:status\D{0,12}|HTTP\/\S+ )(\d{3})\b/i.exec(text)?.[1];
  const engine = SCRIPT_ERRORS.find(([words]) => text.includes(words))?.[1];
  const header = /\bAccess-Control-Allow-(Origin|Credentials|Methods|Headers)\b/i.exec(text)?.[1];
  const name = header?.toLowerCase();
  const steps = STEP_IDS.filter((step) => name !== undefined && aboutHeader(step, name));
  return [
    {
      sentence: "",
      steps,
      url,
      ...(engine ? { engine } : {}),
      ...optional("origin", origin === url ? undefined : origin),
      ...optional("method", method),
      ...(status === undefined ? {} : { status: Number(status) }),
    },
  ];
}

function aboutHeader(step: StepId, name: string): boolean {
  if (name === "methods") return /-(method-allowed|allow-methods-valid)$/.test(step);
  if (name === "headers")
    return /-(header-allowed|authorization-listed|allow-headers-valid)$/.test(step);
  return step.includes(`-allow-${name}`);
}

/** Each request once: WebKit says the reason a second time without the URL, Firefox the method in a line of its own. */
function distinct(errors: readonly ConsoleError[]): readonly ConsoleError[] {
  const about = ({ header = "", steps }: ConsoleError): string => JSON.stringify([header, steps]);
  const placed = new Set(errors.filter(({ url }) => url !== undefined).map(about));
  const found: ConsoleError[] = [];
  for (const error of errors) {
    if (error.url === undefined && placed.has(about(error))) continue;
    const index = found.findIndex(
      (other) =>
        other.url === error.url &&
        about(other) === about(error) &&
        (other.method ?? error.method) === (error.method ?? other.method),
    );
    const other = found[index];
    if (other) found[index] = { ...other, ...error };
    else found.push(error);
  }
  return found;
}
