/** Handlers after a fix, executed: what comes out for each event is what the rule asked for. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingsIn, fixedFiles } from "../rules/check";
import { runNode } from "./execute-node";
import { runPython } from "./execute-python";
import { fixedHandlers, type Fixed } from "./fixed-cases";
import type { Outcome } from "./outcome";

const context = { origins: ["https://app.acmecorp.com", "https://qa.acmecorp.com"] };

describe("handlers after a fix, executed", function () {
  this.timeout(60_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cors-lens-fixed-"));
    mkdirSync(join(folder, "node"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const fixed of fixedHandlers) {
    const { rule, what } = fixed;
    it(`${rule}: ${what}, in Node`, async () => {
      const file = write(folder, "orders.js", await filesAfterFix(fixed, "/orders.js", fixed.node));
      const events = fixed.answers.map(({ event }) => event);
      assert.deepEqual((await runNode(file, events)).map(shown), expected(fixed));
    });
    it(`${rule}: ${what}, in Python`, async () => {
      const file = write(
        folder,
        "orders.py",
        await filesAfterFix(fixed, "/orders.py", fixed.python),
      );
      const [outcomes = []] = runPython(
        [file],
        fixed.answers.map(({ event }) => event),
      );
      assert.deepEqual(outcomes.map(shown), expected(fixed));
    });
  }
});

/** The handler after the fix, which leaves nothing to report. */
async function filesAfterFix({ rule, safety }: Fixed, file: string, text: string): Promise<string> {
  const before = new Map([[file, text]]);
  const found = await findingsIn(before, undefined, context);
  assert.ok(
    found.some((finding) => finding.rule === rule),
    `not reported: ${found.map((finding) => finding.rule).join()}`,
  );
  const after = await fixedFiles(before, [rule], { context, safety });
  const left = await findingsIn(after, undefined, context);
  const fixed = after.get(file) ?? "";
  assert.deepEqual(
    left.map((finding) => finding.rule),
    [],
    fixed,
  );
  return fixed;
}

function write(folder: string, name: string, text: string): string {
  const file = join(folder, "node", name);
  writeFileSync(file, text);
  return file;
}

const expected = ({ answers }: Fixed): readonly string[] => answers.map(({ answer }) => answer);

/** `200 allow-origin https://…, vary Origin` */
function shown(outcome: Outcome): string {
  if (outcome.k !== "answered") return outcome.k === "threw" ? outcome.because : outcome.k;
  const headers = [...outcome.headers].map(
    ([name, values]) => `${name.replace("access-control-", "")} ${values.join(" and ")}`,
  );
  return [String(outcome.status), headers.sort().join(", ")].filter(Boolean).join(" ");
}
