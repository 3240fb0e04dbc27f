import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { configSchema } from "../../shared/src/settings";
import { rules } from "../../shared/src/rules";
import { readConfig } from "../../server/src/workspace/config-file";
import { run } from "../cli/run";
import { fakeEngine } from "../workspace/fake-engine";

const root = path.resolve(__dirname, "../..");
const docs = readdirSync(path.join(root, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...docs.map((name) => `docs/${name}`)];
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** As GitHub names headings. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

describe("documentation", () => {
  for (const page of pages) {
    it(`of ${page} leads somewhere with every link`, () => {
      for (const [, target = ""] of read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
        const [file = "", anchor] = target.split("#");
        const found = file === "" ? page : path.join(path.dirname(page), file);
        assert.ok(existsSync(path.join(root, found)), `${page}: ${target}`);
        if (anchor !== undefined)
          assert.ok(anchors(read(found)).includes(anchor), `${page}: ${target}`);
      }
    });
  }

  it("is reached from its first page", () => {
    const index = read("docs/README.md");
    for (const page of pages.filter((each) => /^docs\/(?!README)/.test(each))) {
      assert.ok(index.includes(`(${path.basename(page)})`), page);
    }
  });

  it("shows a configuration that is right", () => {
    const [, example = ""] = /```json\n([^]*?)```/.exec(read("docs/configuration.md")) ?? [];
    const schema = configSchema(rules);
    assert.deepEqual(readConfig("/cors-lens.json", example, schema).findings, []);
    assert.ok(Object.keys(JSON.parse(example) as object).length >= 5);
  });

  it("names options and commands that exist", async () => {
    const help = new Map<string, string>();
    for (const page of pages) {
      for (const [line, command = ""] of read(page).matchAll(
        /cors-lens(?:@[\d.]+)? (check|baseline|model|judge|probe|mcp)\b[^\n`]*/g,
      )) {
        const known = help.get(command) ?? (await run(fakeEngine(), root, command, "--help")).out;
        help.set(command, known);
        assert.match(known, /^Usage: cors-lens /, `${page}: ${line}`);
        for (const [option] of line.replace(/#.*$/, "").matchAll(/(?<= |\[)--[a-z-]+/g)) {
          assert.ok(known.includes(option), `${page}: ${line}`);
        }
      }
    }
    assert.ok(help.size >= 5);
  });
});
