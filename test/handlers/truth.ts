/** Compares what the handlers of `cases/` really answer with the ways that the analyser claims. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { readHandler } from "../../shared/src/readers/handler/read";
import type { FileFacts, CodeLanguage } from "../../shared/src/ir/facts";
import type { Handler } from "../../shared/src/model/model";
import type { Project } from "../../shared/src/ir/project";
import { frontends, type Reader } from "../../server/src/workspace/languages";
import { eventOf, wishes } from "./bank";
import { agreeing, judge, type Asked, type Verdict } from "./compare";
import { runNode } from "./execute-node";
import { runPython } from "./execute-python";
import type { Outcome } from "./outcome";

export interface Report {
  readonly name: string;
  readonly handler: Handler | undefined;
  /** Verdicts over distinct outcomes. */
  readonly counts: Record<Verdict, number>;
  readonly contradictions: readonly string[];
  readonly doubts: readonly string[];
  /** Claimed ways that no request took. */
  readonly untaken: readonly string[];
  /** Ways that requests took. */
  readonly distinct: number;
}

const folder = join(__dirname, "cases");

/** The handler of a case, as the analyser reads it. */
export function claimed(file: string, readers: Record<CodeLanguage, Reader>): Handler | undefined {
  const at = { file, start: 0, end: 0 };
  const code = { k: "file", file, name: "handler", at } as const;
  return readHandler(projectOf(file, readers), `${file}#handler`, code);
}

/** The handlers of one language, by file. */
export function casesOf(language: "node" | "python"): string[] {
  return readdirSync(join(folder, language))
    .filter((name) => /\.(ts|js|mjs|cjs|py)$/.test(name))
    .map((name) => join(folder, language, name))
    .sort();
}

/** One report for each handler whose name contains `only`. */
export async function truth(only = ""): Promise<Report[]> {
  const events = wishes.map(eventOf);
  const readers = {
    typescript: await frontends.typescript.reader(),
    python: await frontends.python.reader(),
  };
  const wanted = (file: string): boolean => file.includes(only);
  const reports: Report[] = [];
  for (const file of casesOf("node").filter(wanted)) {
    reports.push(reportOf(file, readers, await runNode(file, events)));
  }
  const python = casesOf("python").filter(wanted);
  const outcomes = python.length > 0 ? runPython(python, events) : [];
  python.forEach((file, i) => reports.push(reportOf(file, readers, outcomes[i] ?? [])));
  return reports;
}

/** What a handler's file claims, beside what came out of it for each request. */
export function reportOf(
  file: string,
  readers: Record<CodeLanguage, Reader>,
  outcomes: readonly Outcome[],
  asks: readonly Asked[] = wishes,
): Report {
  const handler = claimed(file, readers);
  const counts = { agree: 0, unknown: 0, contradict: 0 };
  const contradictions: string[] = [];
  const doubts: string[] = [];
  const taken = new Set<unknown>();
  const seen = new Set<string>();
  outcomes.forEach((outcome, i) => {
    const asked = asks[i] ?? { method: "GET", origin: undefined };
    if (handler) for (const path of agreeing(handler, asked, outcome)) taken.add(path);
    const shown = `${asked.method} from ${asked.origin ?? "nowhere"}: ${show(outcome)}`;
    const verdict = judge(handler, asked, outcome);
    // The same answer to another origin counts once.
    const kind = `${verdict} ${asked.method} ${show(outcome).replaceAll(asked.origin ?? " ", "<origin>")}`;
    if (seen.has(kind)) return;
    seen.add(kind);
    counts[verdict]++;
    if (verdict === "contradict") contradictions.push(shown);
    if (verdict === "unknown") doubts.push(shown);
  });
  if (handler && asks === wishes) contradictions.push(...strangers(handler, outcomes));
  counts.contradict = contradictions.length;
  const untaken = (handler?.responses ?? []).filter((path) => !taken.has(path)).map(brief);
  return {
    name: basename(file),
    handler,
    counts,
    contradictions,
    doubts,
    untaken,
    distinct: seen.size,
  };
}

/** Claims that strangers get through, although none did. */
function strangers(handler: Handler, outcomes: readonly Outcome[]): string[] {
  return handler.responses.flatMap((path) => {
    const echo = path.headers
      .map((field) => field.value)
      .find((value) => value.kind === "fromRequest");
    if (!echo || echo.header !== "origin" || !["none", "bypassable"].includes(echo.guard.kind))
      return [];
    const through = outcomes.some((outcome, i) => {
      const asked: Asked = wishes[i] ?? { method: "GET", origin: undefined };
      return (
        asked.origin?.includes("evil") &&
        agreeing({ ...handler, responses: [path] }, asked, outcome).length > 0
      );
    });
    return through
      ? []
      : [`${brief(path)}: the check is called ${echo.guard.kind}, and no stranger gets through`];
  });
}

/** A claimed way in a few words. */
export function brief(path: Handler["responses"][number]): string {
  const headers = path.headers.map((field) => {
    const { value } = field;
    const text =
      value.kind === "known"
        ? String(value.value)
        : value.kind === "oneOf"
          ? "one of several"
          : value.kind;
    return `${field.name}${field.maybe ? "?" : ""}: ${text}`;
  });
  const status =
    path.status.kind === "known" ? String(path.status.value) : `status ${path.status.kind}`;
  const rest = path.headersComplete ? "" : ` and others (${path.because ?? ""})`;
  return `${path.method ?? ""} ${status} {${headers.join(", ")}}${rest}`.trim();
}

function show(outcome: Outcome): string {
  if (outcome.k !== "answered") return outcome.k;
  const headers = [...outcome.headers].map(([name, values]) => `${name}: ${values.join(" + ")}`);
  return `${outcome.status ?? "no status"} {${headers.join(", ")}}`;
}

/** The files of a case as the evaluator sees them. */
function projectOf(file: string, readers: Record<CodeLanguage, Reader>): Project {
  const facts = new Map<string, FileFacts>();
  return {
    root: file.slice(0, file.lastIndexOf("/")),
    candidates: [file],
    facts: (path) => {
      const known = facts.get(path);
      if (known || !existsSync(path)) return known;
      const read = readers[path.endsWith(".py") ? "python" : "typescript"](
        path,
        readFileSync(path, "utf8"),
      );
      facts.set(path, read);
      return read;
    },
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    json: (path) =>
      existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as unknown) : undefined,
    tsPaths: () => [],
    workspacePackage: () => undefined,
    pythonRoots: (path) => [path.slice(0, path.lastIndexOf("/"))],
    text: (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
  };
}
