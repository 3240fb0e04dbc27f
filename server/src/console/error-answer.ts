/** An explained error as plain data and as text: the same for terminal, editor and agents. */
import { STEPS, type ConsoleError, type StepId } from "../../../shared/src/browser";
import { printableLine } from "../../../shared/src/base/printable";
import { verdictSentence } from "../../../shared/src/explain";
import type { Fix, Severity } from "../../../shared/src/finding";
import type { Span } from "../../../shared/src/ir/span";
import { constantOf } from "../../../shared/src/model/value";
import { shellQuoted } from "../probe/report-text";
import type { ErrorExplanation } from "./explain-error";
import type { Replay } from "./replay";

/** A place that people can go to; the file is as the reader names it. */
export interface AnswerPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line's text. */
  readonly code: string;
}

export interface ErrorAnswer {
  readonly kind: ErrorExplanation["kind"];
  readonly engine?: string;
  readonly url?: string;
  readonly origin?: string;
  readonly method?: string;
  readonly credentials?: string;
  readonly step?: StepId;
  /** What holds when the step passes. */
  readonly mustHold?: string;
  /** As `OrdersApi (HttpApi)`. */
  readonly api?: string;
  readonly route?: string;
  /** The line to change. */
  readonly at?: AnswerPlace;
  /** The line of the page that makes the call. */
  readonly page?: AnswerPlace;
  readonly rule?: string;
  readonly severity?: Severity;
  /** What happens and why, a sentence or two. */
  readonly why: string;
  readonly fixes: readonly Pick<Fix, "title" | "safety">[];
  /** The command that asks the endpoint. */
  readonly probe?: string;
  /** Other APIs that may have been meant. */
  readonly others: readonly string[];
}

/** @param place turns a span into what the reader sees */
export function answerOf(told: ErrorExplanation, place: (at: Span) => AnswerPlace): ErrorAnswer {
  const { error, kind, step, replay, located, finding, others } = told;
  const origin = error.origin ?? replay?.call.origin;
  const guessed =
    located?.finding.rule === "endpoint-unreachable" ? undefined : located?.finding.rule;
  const rule = finding?.rule ?? guessed;
  return {
    kind,
    ...(error.engine ? { engine: error.engine } : {}),
    ...(error.url === undefined ? {} : { url: error.url }),
    ...(origin === undefined ? {} : { origin }),
    ...(replay ? callOf(replay) : error.method === undefined ? {} : { method: error.method }),
    ...(step ? { step, mustHold: STEPS[step] } : {}),
    ...(located?.at ? { at: place(located.at) } : {}),
    ...(replay?.request ? { page: place(replay.request.at) } : {}),
    ...(rule === undefined || kind === "contradicted" ? {} : { rule }),
    ...(finding ? { severity: finding.severity } : {}),
    why: whyOf(told),
    // Code that does otherwise is not to be changed.
    fixes: (kind === "contradicted" ? [] : (located?.fixes ?? [])).map(({ title, safety }) => ({
      title,
      safety,
    })),
    ...probeOf(error, replay),
    others: others.map(({ api }) => api.name),
  };
}

function callOf({
  served: { api, routes },
  call,
}: Replay): Pick<ErrorAnswer, "api" | "route" | "method" | "credentials"> {
  const route = routes.find((each) => constantOf(each.method) === call.method) ?? routes[0];
  const [method, path] = [constantOf(route?.method), constantOf(route?.path)];
  return {
    api: `${api.name} (${api.construct})`,
    ...(path === undefined ? {} : { route: `${method ?? "?"} ${path}` }),
    method: call.method,
    credentials: call.credentials,
  };
}

function whyOf(told: ErrorExplanation): string {
  const { error, kind, replay, finding, because = "", note } = told;
  const more = note === undefined ? "" : ` ${note}`;
  switch (kind) {
    case "network":
      return networkReason(error);
    case "elsewhere":
      return note ?? "No API of this workspace has a route for this URL. Ask the endpoint itself.";
    case "open":
      return `What the code answers here cannot be known: ${because}${more} Ask the endpoint itself.`;
    case "contradicted": {
      const verdict = replay ? verdictSentence(replay.told, replay.call.origin) : "";
      return `This code does otherwise: ${verdict} What is deployed is older or newer, or something in front of it answers.${more} Ask the endpoint itself.`;
    }
    case "explained":
      return finding?.message ?? unruled(told);
  }
}

/** What no rule reports, because only the error says it: a page, a method or a header that the code does not know. */
function unruled({ step, replay, located, because = "" }: ErrorExplanation): string {
  const { origin = "", method = "" } = replay?.call ?? {};
  const [name = ""] = located?.finding.missing ?? [];
  const more = "Add it, if pages are meant to do this.";
  if (located?.finding.rule === "request-refused-by-policy")
    return `${origin} is not among the allowed origins.\n${more}`;
  if (step === "preflight-method-allowed")
    return `${method} is not among the allowed methods.\n${more}`;
  if (step === "preflight-header-allowed" || step === "preflight-authorization-listed")
    return `${name} is not among the allowed headers.\n${more}`;
  return because;
}

function networkReason({ netError = "", steps }: ConsoleError): string {
  const [step] = steps;
  if (/^ERR_(CERT|SSL)/.test(netError))
    return `The browser does not trust the connection (${netError}). This is no matter of CORS: no header helps. Install a certificate that the browser trusts.`;
  if (step === "gate-mixed-content")
    return "A page served over https may not ask an http address. Nothing was sent: call the https address.";
  if (step === "gate-local-network")
    return "The browser asks its user before a page may reach the local network or this machine, and was not allowed to. No header of the server helps.";
  if (step === "gate-scheme") return "Only http and https URLs can be asked. Nothing was sent.";
  const name = netError === "" ? "" : ` (${netError})`;
  return `No answer came that the browser could read${name}: the name, the connection, the certificate, an extension or a redirect. It is no matter of CORS until one does.`;
}

function probeOf(error: ConsoleError, replay: Replay | undefined): { readonly probe?: string } {
  const url = error.first ?? error.url;
  if (url === undefined) return {};
  const { call } = replay ?? {};
  const [origin, method] = [error.origin ?? call?.origin, error.method ?? call?.method];
  const headers = call?.headers.map(([name]) => name.toLowerCase()) ?? [];
  const words = [
    ...["cors-lens", "probe", url],
    ...(origin === undefined ? [] : ["--origin", origin]),
    ...(method === undefined ? [] : ["--method", method]),
    ...[...new Set(headers)].flatMap((name) => ["--header", name]),
    ...(call?.credentials === "include" ? ["--credentials"] : []),
  ];
  return { probe: words.map(shellQuoted).join(" ") };
}

const engines: Readonly<Record<string, string>> = {
  chromium: "Chromium",
  firefox: "Firefox",
  webkit: "Safari",
};

/** The answer for people, in the order in which they ask: what failed, where, why, what to do. */
export function answerText(answer: ErrorAnswer): string {
  const { engine = "", method, url, origin, step, mustHold, api, route, at, page, why } = answer;
  const call = [method, url, origin && `from ${origin}`].filter(Boolean).join(" ");
  const rows: (readonly [string, string])[] = [];
  const row = (name: string, text: string | undefined): void => {
    if (text) rows.push([name, text]);
  };
  row("step", step && `${step}: ${mustHold ?? ""}`);
  row("API", api && (route === undefined ? api : `${api}, ${route}`));
  row("line", at && `${at.file}:${at.line}:${at.column}`);
  row("", at?.code.trim());
  row("call", page && `${page.file}:${page.line}:${page.column}`);
  for (const [i, line] of why.split("\n").entries()) row(i === 0 ? "why" : "", line);
  row("rule", answer.rule && `${answer.rule} (cors-lens rule ${answer.rule})`);
  for (const { title, safety } of answer.fixes)
    row(
      "fix",
      safety === "safe" ? `${title} (safe: check --fix does it)` : `${title} (to be reviewed)`,
    );
  row(
    "or",
    answer.others.length > 0 ? `${answer.others.join(", ")} may be meant as well` : undefined,
  );
  row("ask", answer.kind === "explained" ? undefined : answer.probe);
  const head = [engines[engine], call].filter(Boolean).join(": ");
  const body = rows.map(([name, text]) => `  ${name.padEnd(5)} ${printableLine(text)}`);
  return [printableLine(head), ...body].join("\n");
}
