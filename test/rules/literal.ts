/** Projects written as text: `//- /stack.ts` or `#- /app.py` begins a file, carets in a comment point at the line above. */
import assert from "node:assert/strict";

/** A place that the text points at, and the start of the message there; `related` for `^^^<`. */
export interface Claim {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly related: boolean;
  readonly severity?: string;
  readonly message: string;
}

export interface Literal {
  /** Path -> text without the lines of carets. */
  readonly files: ReadonlyMap<string, string>;
  readonly claims: readonly Claim[];
}

const FILE = /^\s*(?:\/\/|#)-\s+(\/\S+)\s*$/;
const CARETS = /^(\s*(?:\/\/|#)\s*)(\^+)(<?)(?:\s+(?:\[(\w+)\]\s*)?(.*))?$/;

/** Reads a literal. Common indentation goes, blank lines at both ends of a file go, each file ends with one line break. */
export function parseLiteral(text: string, only = "/stack.ts"): Literal {
  const files = new Map<string, string[]>();
  const claims: Claim[] = [];
  let file = only;
  for (const line of dedent(text)) {
    const begins = FILE.exec(line);
    if (begins?.[1] !== undefined) {
      file = begins[1];
      assert.ok(!files.has(file), `${file} begins twice`);
      files.set(file, []);
      continue;
    }
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    const carets = CARETS.exec(line);
    if (carets === null) {
      if (lines.length > 0 || line.trim() !== "") lines.push(line);
      continue;
    }
    const [, before = "", marks = "", less = "", severity, message = ""] = carets;
    const start = before.length;
    const place = { file, line: lines.length - 1, start, end: start + marks.length };
    const claim = { ...place, related: less === "<", message: message.trim() };
    claims.push(severity === undefined ? claim : { ...claim, severity });
  }
  const texts = [...files].map(
    ([path, lines]) => [path, `${lines.join("\n").trimEnd()}\n`] as const,
  );
  return { files: new Map(texts), claims };
}

function dedent(text: string): readonly string[] {
  const lines = text.split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(Number.isFinite(common) ? common : 0));
}
