/** Bodies laid out in every way: put into a `try` they say what they said. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { loadPython } from "../../../server/src/frontends/python/read";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import type { FileFacts, FunctionFacts, Stmt } from "../../../shared/src/ir/facts";
import { written } from "./answer-errors";
import { applied, writerOf } from "./spell";

const loading = loadPython();

async function read(file: string, text: string): Promise<FileFacts> {
  return file.endsWith(".py") ? (await loading)(file, text) : readTypeScript(file, text);
}

/** Statements of a body; `>` begins each line, at which the indentation comes in. */
const statements = {
  "h.ts": [
    ">const a = { b: [1, 2],\n>  c: `one\n two ${f(\n>3)}\n\tthree` };",
    ">// note",
    ">/* note\n>   more\n\n> */",
    ">",
    ">  ",
    '>if (a) {\n>  g("x\\\n  y"); // note\n>\n>  return `\n`;\n>}',
    ">for (const x of y) { if (x) continue; h(x); }",
    ">const q = async () => {\n>  return await z();\n>};",
    '>return { statusCode: 200, body: "{}" };',
    ">try { f(); } finally {\n>  g();\n>}",
    ">function inner() { return 1; }",
    '>const t = x ? "a" :\n "b";',
  ],
  "h.py": [
    '>a = {"b": [1, 2],\n>   "c": """one\n two\n\tthree"""}',
    "># note",
    "# note at the margin",
    ">",
    ">  ",
    '>if a:  # note\n>    g("x\\\n  y")\n\n>    return f"""\n{a}\n"""',
    ">for x in y: h(x)",
    ">def inner():\n>    '''Says\n  so.'''\n>    return 1",
    '>return {"statusCode": 200, "body": "{}"}',
    ">try:\n>    f()\n>finally:\n>    g()",
    ">a = 1; b = 2",
    ">c = a + \\\n  b",
    ">with a as b:\n>    pass",
  ],
} as const;

const heads = {
  "h.ts": [
    "export const handler = async (event) => {",
    "exports.handler = async function (event) { // note",
    "export default async (\n  event: Event,\n): Promise<Reply> =>\n{",
  ],
  "h.py": [
    "def handler(event, context):",
    "def handler(event: dict, context) -> dict:  # note",
    'def handler(\n    event,\n    context,\n):\n>"""Says\n  so.\n\n>"""',
  ],
} as const;

const sample = fc
  .record({
    file: fc.constantFrom("h.ts" as const, "h.py" as const),
    windows: fc.boolean(),
    unit: fc.constantFrom("  ", "    ", "\t"),
    head: fc.nat(2),
    picks: fc.array(fc.nat(12), { minLength: 1, maxLength: 7 }),
    last: fc.boolean(),
  })
  .map(({ file, windows, unit, head, picks, last }) => {
    const bank = statements[file];
    const body = [
      ...picks.map((pick) => bank[pick % bank.length] ?? ""),
      ...(last ? [">g()"] : []),
    ];
    const inside = [heads[file][head] ?? "", ...body].join("\n").replace(/^>/gm, unit);
    const text = `${inside}\n${file === "h.ts" ? "};" : ""}\n`;
    return { file, text: windows ? text.replaceAll("\n", "\r\n") : text };
  });

/** Statements without their places. */
function plain(body: readonly Stmt[]): unknown {
  const drop = /^(at|keyAt|nameAt)$/;
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) => (drop.test(key) ? undefined : value)),
  ) as unknown;
}

/** The last function of a file. */
function functionIn(facts: FileFacts): FunctionFacts {
  let found: FunctionFacts | undefined;
  for (const stmt of facts.body) {
    if (stmt.k === "function") found = stmt.fn;
    const value =
      stmt.k === "export" || stmt.k === "let"
        ? stmt.value
        : stmt.k === "expr" && stmt.expr.k === "assign"
          ? stmt.expr.value
          : undefined;
    if (value?.k === "function") found = value.fn;
  }
  assert(found, JSON.stringify(facts.body));
  return found;
}

const statementsOf = (fn: FunctionFacts): readonly Stmt[] =>
  fn.body.filter((stmt) => !(stmt.k === "expr" && stmt.expr.k === "lit"));

describe("a body put into a `try`", () => {
  it("says what it said, in any layout", async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(sample, async ({ file, text }) => {
        const before = await read(file, text);
        if (before.broken) return;
        const fn = functionIn(before);
        const body = statementsOf(fn);
        const write = await writerOf(file);
        const at = { file, start: fn.at[0], end: fn.at[1] };
        const edits = write(
          file,
          text,
          written()(() => at),
          () => undefined,
        );
        if (body.length === 0) return assert.equal(edits, undefined, "nothing to catch");
        if (!edits) assert.fail(`declines ${JSON.stringify(text)}`);
        const after = applied(text, edits);
        const now = await read(file, after);
        assert.equal(now.broken, undefined, after);
        const [only, ...others] = statementsOf(functionIn(now));
        assert(only?.k === "try" && others.length === 0, after);
        assert.deepEqual(plain(only.body), plain(body), after);
        const lines = new Set(text.split("\n"));
        const trailing = after.split("\n").filter((line) => /[ \t]\r?$/.test(line));
        for (const line of trailing) assert(lines.has(line), `new blanks at the end: ${after}`);
        if (text.includes("\r\n")) assert(!/[^\r]\n/.test(after), "keeps CR LF");
        done++;
      }),
      { numRuns: 200 },
    );
    assert(done > 80, `${done} bodies`);
  });
});
