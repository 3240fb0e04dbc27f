/**
 * Handlers that catch what leaves them, executed: what they answered before they still answer, and where they threw they
 * answer 500 with CORS headers.
 */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import type { Handler } from "../../shared/src/model/model";
import { defaultContext } from "../../shared/src/advice/context";
import { answerErrors } from "../../shared/src/rules/lib/answer-errors";
import { eventOf, wishes } from "./bank";
import { runNode } from "./execute-node";
import { runPython } from "./execute-python";
import type { Outcome } from "./outcome";
import { casesOf, claimed } from "./truth";

const origins = ["https://shop.example.com", "https://admin.example.com"];
/** Preflights, answers and exceptions, for a page that may read, and one that may not. */
const asked = wishes.filter(
  ({ method, origin }) =>
    method !== "DELETE" && (origin === origins[0] || origin?.includes("evil-") === true),
);
const folder = join(__dirname, "cases");

/** The text of a case after the fix; `undefined` where there is none. */
async function fixed(handler: Handler): Promise<string | undefined> {
  const model = { apis: [], policies: [], handlers: [handler], requests: [], gaps: [] };
  const [fix] = answerErrors(handler, model, { ...defaultContext, origins });
  const read = (file: string): string => readFileSync(file, "utf8");
  const edits = fix && (await spell(fix, frontends, read));
  return edits && applied(read(handler.file), edits);
}

interface Pair {
  readonly before: string;
  readonly after: string;
}

describe("handlers that catch what leaves them", function () {
  this.timeout(300_000);
  const copy = mkdtempSync(join(tmpdir(), "fixed-"));
  const pairs: Pair[] = [];
  const left: string[] = [];
  let readers: Parameters<typeof claimed>[1];

  before(async () => {
    readers = {
      typescript: await frontends.typescript.reader(),
      python: await frontends.python.reader(),
    };
    cpSync(folder, copy, { recursive: true });
    for (const file of [...casesOf("node"), ...casesOf("python")]) {
      const handler = claimed(file, readers);
      const text = handler && (await fixed(handler));
      const after = join(copy, file.slice(folder.length));
      if (text === undefined) left.push(basename(file));
      else {
        writeFileSync(after, text);
        pairs.push({ before: file, after });
      }
    }
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it("are most of the cases", () => {
    assert.ok(pairs.length >= 90, `${pairs.length} fixed, left as they are: ${left.join(" ")}`);
  });

  it("are read as such", () => {
    for (const { after } of pairs) {
      const handler = claimed(after, readers);
      assert.equal(handler?.mayThrow, undefined, `${after} may throw`);
    }
  });

  it("answer as before, and 500 with CORS headers where they threw", async () => {
    const events = asked.map(eventOf);
    const isPython = ({ before }: Pair): boolean => before.endsWith(".py");
    const python = pairs.filter(isPython);
    const run = (side: keyof Pair): Outcome[][] =>
      runPython(
        python.map((pair) => pair[side]),
        events,
      );
    const both: [Pair, Outcome[], Outcome[]][] = [];
    const [olds, news] = [run("before"), run("after")];
    python.forEach((pair, index) => both.push([pair, olds[index] ?? [], news[index] ?? []]));
    for (const pair of pairs.filter((each) => !isPython(each)))
      both.push([pair, await runNode(pair.before, events), await runNode(pair.after, events)]);
    let caught = 0;
    for (const [{ before }, old, now] of both) {
      const where = `${basename(dirname(before))}/${basename(before)}`;
      old.forEach((outcome, index) => {
        const { method = "", origin = "", way = "" } = asked[index] ?? {};
        const what = `${where}: ${method} from ${origin}, ${way}`;
        const [is, was] = [now[index], outcome];
        if (was.k !== "threw") return assert.deepEqual(is, was, what);
        caught++;
        assert.ok(is?.k === "answered", `${what}: ${is?.k}`);
        // Its own clause catches what it handed on before, now that it is awaited.
        assert.equal(is.status, /handed-on(-between)?\.ts/.test(where) ? 418 : 500, what);
        const allowed = is.headers.get("access-control-allow-origin");
        const decided = allowed !== undefined || is.headers.has("vary");
        assert.ok(decided, `${what}: no CORS headers`);
      });
    }
    assert.ok(caught > 80, `${caught} exceptions`);
    console.log(`      ${both.length} handlers, ${caught} exceptions answered`);
  });
});
