/**
 * Fixes in code that is laid out in other ways: the samples of the rules' pages, with other line ends, indentation, quotes,
 * comments and commas. Each fix of each finding is applied alone. Afterwards the files parse, the finding is gone, no other
 * error or warning has come, and a second round of the same fix changes nothing. FIXES_RANDOM=5000 and FIXES_SEED make more
 * of them, and others.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import { link } from "../../shared/src/readers/link";
import type { Finding } from "../../shared/src/finding";
import { findingsIn } from "./check";
import { parseLiteral } from "./literal";
import { memoryProject } from "./memory-project";

const runs = Number(process.env["FIXES_RANDOM"] ?? 150);
const seed = Number(process.env["FIXES_SEED"] ?? 20_261_201);
const folder = path.join(__dirname, "../../shared/src/rules");
const context = { origins: ["https://app.acmecorp.com"] };

type Files = ReadonlyMap<string, string>;

/** A layout of code that means the same. `pick` draws a number below a bound. */
type Layout = (text: string, file: string, pick: (bound: number) => number) => string;

const isPython = (file: string): boolean => file.endsWith(".py");
const isCode = (file: string): boolean => /\.(ts|tsx|js|py)$/.test(file);

/** Lines outside of texts that go on over several lines. */
function mapLines(text: string, map: (line: string, next: string) => string): string {
  let open = false;
  const lines = text.split("\n");
  return lines
    .map((line, i) => {
      const inside = open;
      const quotes = line.match(/`|"""/g)?.length ?? 0;
      if (quotes % 2 === 1) open = !open;
      return inside ? line : map(line, lines[i + 1] ?? "");
    })
    .join("\n");
}

const layouts: Readonly<Record<string, Layout>> = {
  "line ends of Windows": (text) => text.replace(/\n/g, "\r\n"),
  tabs: (text, file) =>
    text.replace(/^ +/gm, (blanks) =>
      "\t".repeat(Math.ceil(blanks.length / (isPython(file) ? 4 : 2))),
    ),
  "single quotes": (text) =>
    mapLines(text, (line) =>
      line.replace(/"([^"'\\`]*)"/g, (all, inner: string) =>
        line.includes("`") ? all : `'${inner}'`,
      ),
    ),
  "comments between lines": (text, file, pick) =>
    mapLines(text, (line) => {
      if (pick(4) > 0 || line.trim() === "" || /^\s*[.?:|&+]/.test(line)) return line;
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      return `${indent}${isPython(file) ? "#" : "//"} a note\n${line}`;
    }),
  "comments behind lines": (text, file, pick) =>
    mapLines(text, (line) =>
      pick(3) > 0 || line.trim() === "" || /\\$/.test(line)
        ? line
        : `${line}  ${isPython(file) ? "# note" : "// note"}`,
    ),
  "no comma at the end": (text) => text.replace(/,(\s*\n\s*[)\]}])/g, "$1"),
  "more blank lines": (text, _file, pick) =>
    mapLines(text, (line) => (pick(5) === 0 && line.trim() !== "" ? `${line}\n` : line)),
};

const samples = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) => {
    const page = readFileSync(path.join(folder, file), "utf8");
    return [...page.matchAll(/^```(ts|py) wrong[^\n]*\n([^]*?)^```$/gm)].map((match) => ({
      rule: file.slice(0, -3),
      files: parseLiteral(match[2] ?? "", match[1] === "py" ? "/app.py" : "/stack.ts").files,
    }));
  });

const cases = fc.record({
  sample: fc.constantFrom(...samples),
  names: fc.subarray(Object.keys(layouts), { minLength: 1, maxLength: 3 }),
  numbers: fc.array(fc.nat(1_000_000), { minLength: 64, maxLength: 64 }),
});

const loud = ({ severity }: Finding): boolean => severity === "error" || severity === "warning";
const counted = (findings: readonly Finding[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

async function broken(files: Files): Promise<readonly string[]> {
  const { gaps } = link(await memoryProject(files));
  return gaps
    .map(({ because }) => because)
    .filter((because) => /syntax|missing in the text/.test(because));
}

function afterFix(files: Files, edits: Awaited<ReturnType<typeof spell>>): Files {
  return new Map(
    [...files].map(([file, text]) => [
      file,
      applied(
        text,
        (edits ?? []).filter((edit) => edit.at.file === file),
      ),
    ]),
  );
}

describe("fixes in code of other layouts", function () {
  this.timeout(0); // bounded by the number of runs

  it(`leave what parses, say nothing new, and are done (${String(runs)} at random)`, async () => {
    let spelled = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ sample, names, numbers }) => {
        let at = 0;
        const pick = (bound: number): number => (numbers[at++ % numbers.length] ?? 0) % bound;
        let files: Files = sample.files;
        for (const name of names)
          files = new Map(
            [...files].map(([file, text]) => [
              file,
              isCode(file) ? (layouts[name]?.(text, file, pick) ?? text) : text,
            ]),
          );
        if ((await broken(files)).length > 0) return; // the layout itself
        const before = await findingsIn(files, undefined, context);
        for (const finding of before.filter(({ rule }) => rule === sample.rule)) {
          for (const fix of finding.fixes) {
            const edits = await spell(fix, frontends, (file) => files.get(file));
            if (edits === undefined) continue; // what cannot be spelt whole is not offered
            spelled++;
            const after = afterFix(files, edits);
            const said = `${finding.rule}: ${fix.title}\n${[...after.values()].join("\n---\n")}`;
            assert.deepEqual(await broken(after), [], said);
            const left = await findingsIn(after, undefined, context);
            const [was, is] = [counted(before), counted(left)];
            assert.ok(
              (is.get(finding.rule) ?? 0) < (was.get(finding.rule) ?? 0),
              `still told\n${said}`,
            );
            for (const rule of counted(left.filter(loud)).keys())
              assert.ok((is.get(rule) ?? 0) <= (was.get(rule) ?? 0), `new: ${rule}\n${said}`);
          }
        }
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    console.log(`      FIXES_SEED=${String(seed)}, ${String(spelled)} fixes`);
    assert.ok(spelled > runs / 2, "fixes were offered");
  });
});
