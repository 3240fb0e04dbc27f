import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Analysis } from "../../server/src/workspace/analysis";
import { frontends } from "../../server/src/workspace/languages";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { defaultContext } from "../../shared/src/advice/context";
import { folderWith, removeFolders } from "./folder";

const projects = path.resolve(__dirname, "../e2e/projects");
const cases: readonly [string, string][] = [
  ["orders-ts", "lib/orders-stack.ts"],
  ["orders-ts", "src/list.ts"],
  ["orders-py", "app.py"],
  ["orders-py", "src/list.py"],
];

/** What a keystroke may leave behind. */
const litter = ["", "{", "(", "`${", '"', "'''", "\u0000", "\ud83d", "=>", "lambda: ", "\\"];

describe("half-typed code", () => {
  after(removeFolders);

  for (const [project, name] of cases) {
    it(`of ${project}/${name} is read wherever the typing stops`, async () => {
      const text = readFileSync(path.join(projects, project, name), "utf8");
      const folder = folderWith({ "cdk.json": "{}", [name]: text });
      const file = `${folder}/${name}`;
      let now = text;
      const engine = { frontends, link, rules };
      const analysis = new Analysis(engine, (wanted) => (wanted === file ? now : undefined));
      const settings = () => ({ context: defaultContext, severities: {} });
      for (let end = 0, i = 0; end <= text.length; end += 23, i++) {
        now =
          text.slice(0, end) + (litter[i % litter.length] ?? "") + text.slice(end + (i % 3) * 40);
        analysis.changed(file);
        await analysis.update({ roots: [{ folder }], settings });
        for (const { failure, findings } of analysis.results) {
          assert.equal(failure, undefined, `${failure?.stack ?? ""}\n${now}`);
          for (const { at } of findings) assert.ok(at.start <= at.end && at.end <= now.length, now);
        }
        assert.deepEqual(analysis.gaps, [], now);
      }
    });
  }
});
