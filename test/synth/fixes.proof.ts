import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import type { Finding, Fix } from "../../shared/src/finding";
import { link } from "../../shared/src/readers/link";
import { findingsIn } from "../rules/check";
import { memoryProject } from "../rules/memory-project";
import { broken, type Broken } from "./broken";
import { cases } from "./cases";
import { compareModels } from "./compare";
import { synthesizeText } from "./synthesize-text";
import { templateModel } from "./template-apis";

const handler = join(__dirname, "code/with-cors.js");
const main = join(__dirname, "stack.ts");
const context = { origins: ["https://shop.example.com"] };

const filesOf = (text: string): ReadonlyMap<string, string> =>
  new Map([
    [main, text],
    [handler, readFileSync(handler, "utf8")],
  ]);

const found = (text: string, rule: string): Promise<readonly Finding[]> =>
  findingsIn(filesOf(text), [rule], context);

/** `undefined` when the writer finds no way to spell the fix: an editor does not offer it then. */
async function afterFix(text: string, fix: Fix): Promise<string | undefined> {
  const edits = await spell(fix, frontends, (file) => filesOf(text).get(file));
  if (!edits) return undefined;
  return applied(
    text,
    edits.filter((edit) => edit.at.file === main),
  );
}

const modelOf = async (text: string) => templateModel(await synthesizeText(text, __dirname));

describe("fixes of stacks, synthesized", function () {
  this.timeout(60_000);

  for (const each of broken) {
    it(`${each.rule}: ${each.what}`, () => verify(each));
  }

  for (const { name, main: file } of cases().filter((each) => each.files.length === 1)) {
    it(`every fix of ${name}`, async () => {
      const text = readFileSync(file, "utf8");
      for (const finding of await findingsIn(filesOf(text), undefined, context)) {
        for (const fix of finding.fixes) await stillTrue(finding, fix, text);
      }
    });
  }
});

/** The fixed stack synthesizes, its model and its template agree, and the rule has less to report. */
async function stillTrue(finding: Finding, fix: Fix, text: string): Promise<void> {
  const said = `"${fix.title}" for ${finding.rule}`;
  const fixed = await afterFix(text, fix);
  if (fixed === undefined) return;
  const model = await modelOf(fixed).catch((error: unknown) => {
    throw new Error(`${said} does not synthesize:\n${fixed}`, { cause: error });
  });
  const wrong = compareModels(link(await memoryProject(filesOf(fixed))), model).filter(
    (entry) => entry.outcome === "contradictory",
  );
  assert.deepEqual(wrong, [], `${said}: the model contradicts the template:\n${fixed}`);
  const before = await found(text, finding.rule);
  const after = await found(fixed, finding.rule);
  assert.ok(after.length < before.length, `${said} leaves as much to report:\n${fixed}`);
}

/** Every fix that the rule offers fixes the stack. */
async function verify({ rule, text, fixed: isMended, refused }: Broken): Promise<void> {
  if (refused) await assert.rejects(modelOf(text), "CDK was said to refuse it");
  else
    assert.equal(
      isMended(await modelOf(text)),
      false,
      "the broken stack's template shows no fault",
    );
  const findings = await found(text, rule);
  assert.notEqual(findings.length, 0, "nothing is reported");
  const [first] = findings;
  assert.notEqual(first?.fixes.length ?? 0, 0, "there is no fix");
  for (const fix of first?.fixes ?? []) {
    const fixed = await afterAll(text, rule, fix.title);
    const left = await found(fixed, rule);
    assert.deepEqual(
      left.map(({ message }) => message),
      [],
      `reported after "${fix.title}":\n${fixed}`,
    );
    assert.equal(isMended(await modelOf(fixed)), true, `not fixed by "${fix.title}":\n${fixed}`);
  }
}

/** The text after the fix of this title for every finding that has it, one after another. */
async function afterAll(text: string, rule: string, title: string): Promise<string> {
  let current = text;
  let findings = await found(text, rule);
  for (;;) {
    const fixes = findings.flatMap((finding) => finding.fixes);
    const fix = fixes.find((each) => each.title === title) ?? fixes[0];
    const next = fix && (await afterFix(current, fix));
    if (fix && next === undefined)
      assert.fail(`the writer cannot spell "${fix.title}":\n${current}`);
    if (next === undefined) return current;
    const left = await found(next, rule);
    current = next;
    if (left.length >= findings.length) return current;
    findings = left;
  }
}
