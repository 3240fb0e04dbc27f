import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import type { Finding, Fix } from "../../shared/src/finding";
import { link } from "../../shared/src/readers/link";
import { findingsIn } from "../rules/check";
import { memoryProject } from "../rules/memory-project";
import { cases } from "./cases";
import { withoutPlaces } from "./twins";

const context = { origins: ["https://shop.example.com"] };

type Files = ReadonlyMap<string, string>;

const filesOf = (paths: readonly string[]): Files =>
  new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));

/** The model after a fix; `undefined` when the writer cannot spell it. */
async function modelAfter(files: Files, fix: Fix): Promise<readonly string[] | undefined> {
  const edits = await spell(fix, frontends, (file) => files.get(file));
  if (!edits) return undefined;
  const fixed = [...files].map(
    ([file, text]) =>
      [
        file,
        applied(
          text,
          edits.filter((edit) => edit.at.file === file),
        ),
      ] as const,
  );
  return withoutPlaces(link(await memoryProject(new Map(fixed))));
}

const kindOf = (finding: Finding): string =>
  `${finding.rule} ${finding.severity} ${finding.fixes.map((fix) => fix.safety).join()}`;

describe("findings and fixes of Python twins", function () {
  this.timeout(60_000);
  let compared = 0;

  for (const { name, files, twin } of cases()) {
    if (!twin) continue;
    it(name, async () => {
      const [ours, theirs] = [filesOf(files), filesOf(twin)];
      const found = await findingsIn(ours, undefined, context);
      const again = await findingsIn(theirs, undefined, context);
      assert.deepEqual(again.map(kindOf).sort(), found.map(kindOf).sort());
      const left = [...again];
      for (const finding of found) {
        const index = left.findIndex((other) => kindOf(other) === kindOf(finding));
        const [partner] = left.splice(index, 1);
        for (const [position, fix] of finding.fixes.entries()) {
          const same = partner?.fixes[position];
          assert.ok(same, `${finding.rule} has no such fix in Python`);
          const fixed = await modelAfter(theirs, same);
          // An argument that `**base` may hold cannot be given beside it.
          if (fixed === undefined) continue;
          compared++;
          assert.deepEqual(fixed, await modelAfter(ours, fix), `${finding.rule}: ${fix.title}`);
        }
      }
    });
  }

  it("has compared fixes at all", () => {
    assert.ok(compared >= 20, `${compared}`);
  });
});
