/** `cors-lens judge`: the browser's verdict on recorded exchanges, from a file's text. */
import { judge, type Exchange, type Judgement } from "../../../shared/src/browser";
import { ShapeError, toExchange, type NamedExchange } from "./exchange-shape";
import { readHar } from "./har";
import { printableLine as printable } from "../../../shared/src/base/printable";

export interface JudgeOptions {
  /** The text is a HAR file instead of JSON lines. */
  readonly har: boolean;
  readonly format: "jsonl" | "text";
}

export interface JudgeResult {
  readonly output: string;
  /** 0: everything was judged; 2: something in the file could not be read. */
  readonly exitCode: 0 | 2;
  /** What could not be read, one sentence each; the rest was judged all the same. */
  readonly errors: readonly string[];
}

/** One verdict as `--format jsonl` prints it. */
export interface VerdictLine {
  readonly id: string;
  readonly verdict: "allowed" | "blocked";
  readonly blockedAt: "preflight" | "response" | null;
  readonly corsError: string | null;
  /** Ids of all steps that fail on this evidence, in the standard's order, each once. */
  readonly failedSteps: readonly string[];
  readonly console: string | null;
}

/** Judges every exchange of the file; never throws, whatever the text. */
export function judgeFile(text: string, options: JudgeOptions): JudgeResult {
  const { exchanges, errors, remark } = options.har ? fromHar(text) : fromLines(text);
  const judged = exchanges.map(({ id, exchange }) => ({
    id,
    exchange,
    judgement: judge(exchange),
  }));
  const output =
    options.format === "jsonl"
      ? judged
          .map(({ id, judgement }) => `${JSON.stringify(verdictLine(id, judgement))}\n`)
          .join("")
      : textReport(judged, remark);
  return { output, exitCode: errors.length === 0 ? 0 : 2, errors };
}

interface Input {
  readonly exchanges: readonly NamedExchange[];
  readonly errors: readonly string[];
  readonly remark?: string;
}

function fromHar(text: string): Input {
  try {
    const { exchanges, skipped, errors } = readHar(JSON.parse(text));
    const entries = skipped === 1 ? "entry asks" : "entries ask";
    const remark = `${String(skipped)} ${entries} no CORS question (same origin, no Origin header).`;
    return { exchanges, errors, ...(skipped === 0 ? {} : { remark }) };
  } catch (error) {
    return { exchanges: [], errors: [`no HAR file: ${reason(error)}`] };
  }
}

function fromLines(text: string): Input {
  const exchanges: NamedExchange[] = [];
  const errors: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    try {
      const value: unknown = JSON.parse(line);
      exchanges.push({ id: idOf(value, index + 1), exchange: toExchange(value) });
    } catch (error) {
      errors.push(`line ${String(index + 1)}: ${reason(error)}`);
    }
  }
  return { exchanges, errors };
}

function idOf(value: unknown, line: number): string {
  const id = (value as { readonly id?: unknown } | null)?.id;
  return typeof id === "string" || typeof id === "number" ? String(id) : `line ${String(line)}`;
}

function reason(error: unknown): string {
  if (error instanceof ShapeError || error instanceof SyntaxError) return error.message;
  throw error;
}

function verdictLine(id: string, judgement: Judgement): VerdictLine {
  const { verdict, blockedAt, corsError, failures, console } = judgement;
  const failedSteps = [...new Set(failures.map(({ step }) => step))];
  return { id, verdict, blockedAt, corsError, failedSteps, console };
}

interface Judged {
  readonly id: string;
  readonly exchange: Exchange;
  readonly judgement: Judgement;
}

function textReport(judged: readonly Judged[], remark: string | undefined): string {
  const blocked = judged.filter(({ judgement }) => judgement.verdict === "blocked").length;
  const summary = `${String(judged.length)} judged, ${String(blocked)} blocked.`;
  const blocks = judged.map(textOf);
  return `${[...blocks, remark === undefined ? summary : `${summary} ${remark}`].join("\n")}\n`;
}

function textOf({ id, exchange, judgement }: Judged): string {
  const { request } = exchange;
  const { verdict, blockedAt, failures, missing } = judgement;
  const at = blockedAt === null ? "" : ` at the ${blockedAt}`;
  const credentials = request.credentials === "include" ? " with credentials" : "";
  const lines = [
    `${id}: ${verdict}${at}: ${request.method} ${request.url} from ${request.origin}${credentials}`,
  ];
  if (judgement.console !== null) lines.push(`  ${judgement.console}`);
  const [first, ...later] = new Set(failures.map(({ step }) => step));
  if (first !== undefined) lines.push(`  fails: ${first}`);
  if (later.length > 0) lines.push(`  would fail next: ${later.join(", ")}`);
  if (missing.length > 0) lines.push(`  not recorded, taken for good: ${missing.join(", ")}`);
  return `${lines.map(printable).join("\n")}\n`;
}
