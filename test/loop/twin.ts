/** The stack in Python: the same finding, and each fix leaves the model that it leaves in TypeScript. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { findingsIn, fixedFiles } from "../rules/check";
import { memoryProject } from "../rules/memory-project";
import { withoutPlaces } from "../synth/twins";
import { context, type Prepared } from "./prepare";

type Files = ReadonlyMap<string, string>;

const modelOf = async (files: Files): Promise<readonly string[]> =>
  withoutPlaces(link(await memoryProject(files)));

/** How many fixes were compared: none for a case without a stack in Python. Fails where Python differs. */
export async function verifyTwin({ loop, versions }: Prepared): Promise<number> {
  if (loop.twin === undefined) return 0;
  const files = new Map([...loop.files, ["/app.py", loop.twin] as const]);
  files.delete("/stack.ts");
  assert.deepEqual(await modelOf(files), await modelOf(loop.files), "the twins differ");
  const [first] = await findingsIn(files, [loop.rule], context);
  let compared = 0;
  for (const { fix, index, files: ours } of versions) {
    if (fix === undefined || index === undefined) continue;
    const title = index === 0 ? undefined : first?.fixes[index]?.title;
    assert.ok(first?.fixes[index], `Python has no fix "${fix}"`);
    const theirs = await fixedFiles(
      files,
      [loop.rule],
      title === undefined ? { context } : { context, title },
    );
    assert.deepEqual(await modelOf(theirs), await modelOf(ours), `"${fix}" in Python`);
    compared++;
  }
  return compared;
}
