/**
 * What is understood of programs whose truth is proved elsewhere, and what is reported of them, to the letter. A change here
 * is right or wrong, never silent: `RECORD=1 npx mocha --config test/.mocharc.json --spec test/recorded/recorded.test.ts`
 * writes the files anew, and the difference is read before it is committed.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { analyze } from "../../shared/src/analyze";
import { defaultContext } from "../../shared/src/advice/context";
import { contractOf } from "../../shared/src/contract";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules/index";
import { memoryProject } from "../rules/memory-project";
import { corpora, type Program } from "./corpora";
import { printed } from "./print";

const origins = ["https://app.acmecorp.com"];

/** Everything that is said of a program. */
async function sayingsOf({ files }: Program): Promise<string> {
  const project = await memoryProject(files);
  const model = link(project);
  const findings = analyze(model, {
    rules,
    context: { ...defaultContext, origins },
    facts: (file) => project.facts(file),
  });
  return printed({ ...model, contract: contractOf(model, origins), findings }, files);
}

describe("what is recorded of programs", () => {
  for (const [name, programs] of Object.entries(corpora)) {
    it(`is still said: ${name}`, async () => {
      const file = path.join(__dirname, `${name}.txt`);
      const said = new Map<string, string>();
      for (const program of programs()) said.set(program.name, await sayingsOf(program));
      if (process.env["RECORD"] === "1") {
        const text = [...said].map(([title, lines]) => `=== ${title}\n${lines}\n`).join("\n");
        return writeFileSync(file, text);
      }
      const before = existsSync(file) ? readFileSync(file, "utf8") : "";
      const recorded = new Map(
        before
          .split(/^=== /m)
          .slice(1)
          .map((part) => {
            const end = part.indexOf("\n");
            return [part.slice(0, end), part.slice(end + 1).trimEnd()] as const;
          }),
      );
      assert.deepEqual([...said.keys()], [...recorded.keys()]);
      for (const [title, lines] of said) assert.equal(lines, recorded.get(title), title);
    });
  }
});
