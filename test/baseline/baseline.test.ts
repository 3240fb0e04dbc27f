import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { run, runWithInput } from "../cli/run";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, put, removeFolders } from "../workspace/folder";

const engine = fakeEngine();

async function check(folder: string, ...args: string[]) {
  const { code, out, err } = await run(engine, folder, "check", "--format", "json", ...args);
  const findings = out === "" ? [] : (JSON.parse(out) as { findings: { file: string }[] }).findings;
  return { code, err, files: findings.map(({ file }) => file) };
}

describe("baseline", () => {
  after(removeFolders);
  const known = ["--baseline", "cors-lens-baseline.json"];

  it("hides what it knows, also after the code has moved, and nothing else", async () => {
    const folder = folderWith({ "lib/a.ts": "cors BAD;", "b.ts": "cors UGLY" });
    const written = await run(engine, folder, "baseline");
    assert.equal(written.out, "Wrote 2 findings to cors-lens-baseline.json.\n");
    assert.equal(written.code, 0);
    assert.deepEqual((await check(folder, ...known)).files, []);
    put(folder, "lib/a.ts", "// cors\n\n\n   cors BAD;\n");
    assert.deepEqual(await check(folder, ...known), {
      code: 0,
      files: [],
      err: "cors-lens: 2 known findings left out by cors-lens-baseline.json\n",
    });
    put(folder, "lib/c.ts", "cors BAD;");
    assert.deepEqual(await check(folder, ...known), {
      code: 1,
      files: ["lib/c.ts"],
      err: "cors-lens: 2 known findings left out by cors-lens-baseline.json\n",
    });
  });

  it("knows how many times the same line was there", async () => {
    const folder = folderWith({ "a.ts": "cors\nBAD;\n" });
    await run(engine, folder, "baseline");
    put(folder, "a.ts", "cors\nBAD;\nBAD;\n");
    const { files, code } = await check(folder, ...known);
    assert.deepEqual([files, code], [["a.ts"], 1]);
  });

  it("tells of entries that are gone, but not of files that were not asked for", async () => {
    const folder = folderWith({ "a.ts": "cors BAD", "b.ts": "cors BAD" });
    await run(engine, folder, "baseline");
    put(folder, "a.ts", "cors GOOD");
    assert.match((await check(folder, ...known)).err, /; 1 of its entries are gone/);
    assert.doesNotMatch((await check(folder, "b.ts", ...known)).err, /gone/);
  });

  it("holds no line numbers and no folder of this machine, and is the same every time", async () => {
    const folder = folderWith({ "lib/a.ts": "cors\n\nBAD UGLY" });
    await run(engine, folder, "baseline", "--output", "lib/known.json");
    const text = readFileSync(path.join(folder, "lib/known.json"), "utf8");
    const { findings } = JSON.parse(text) as { findings: Record<string, unknown>[] };
    assert.deepEqual(
      findings.map((entry) => [Object.keys(entry), entry["file"], entry["rule"]]),
      [
        [["file", "rule", "fingerprint"], "a.ts", "bad-word"],
        [["file", "rule", "fingerprint"], "a.ts", "ugly-word"],
      ],
    );
    put(folder, "lib/a.ts", "cors\n\n\n\nBAD UGLY");
    await run(engine, folder, "baseline", "--output", "lib/known.json");
    assert.equal(readFileSync(path.join(folder, "lib/known.json"), "utf8"), text);
  });

  it("ends with 2 and a sentence for a file that is none", async () => {
    const folder = folderWith({ "a.ts": "cors", "b.json": "{", "c.json": '{"version":2}' });
    const cases: readonly [string, RegExp][] = [
      ["no.json", /cannot read the baseline .*no\.json: no such file or folder/],
      ["b.json", /it is no JSON/],
      ["c.json", /it is no baseline of version 1/],
    ];
    for (const [file, message] of cases) {
      const { code, err } = await check(folder, "--baseline", file);
      assert.equal(code, 2);
      assert.match(err, message);
    }
  });
});

describe("--max-warnings", () => {
  after(removeFolders);

  it("counts warnings only, whatever --fail-on says", async () => {
    const folder = folderWith({ "a.ts": "cors UGLY UGLY" });
    const code = async (...args: string[]) => (await check(folder, ...args)).code;
    assert.equal(await code("--max-warnings", "2"), 0);
    assert.equal(await code("--max-warnings", "1"), 1);
    assert.equal(await code("--max-warnings", "1", "--fail-on", "never"), 1);
    const errors = folderWith({ "a.ts": "cors BAD" });
    const args = ["--max-warnings", "0", "--fail-on", "never"];
    assert.equal((await check(errors, ...args)).code, 0);
  });

  it("refuses what is no whole number", async () => {
    for (const number of ["-1", "many", "1.5"]) {
      const { code, err } = await run(engine, folderWith({}), "check", `--max-warnings=${number}`);
      assert.equal(code, 2);
      assert.match(err, /whole number/);
    }
  });
});

describe("--stdin-filename", () => {
  after(removeFolders);
  const files = { "app/cdk.json": "{}", "app/a.ts": "cors", "app/lib/b.ts": "cors BAD" };
  const piped = async (cwd: string, input: string, ...args: string[]) => {
    const all = ["check", "--format", "json", ...args];
    const { code, out, err } = await runWithInput(engine, cwd, input, ...all);
    const report =
      out === ""
        ? undefined
        : (JSON.parse(out) as { findings: { file: string }[]; stats: { files: number } });
    return {
      code,
      err,
      files: report?.findings.map(({ file }) => file),
      // What lies around the file is read for its sake, and does not count.
      read: report?.stats.files,
    };
  };

  it("checks the text in place of the file's, with its application, and reports on it alone", async () => {
    const folder = folderWith(files);
    const {
      code,
      files: found,
      read,
    } = await piped(folder, "cors UGLY", "--stdin-filename", "app/a.ts", "--fail-on=warning");
    assert.deepEqual([code, found, read], [1, ["app/a.ts"], 1]);
    const clean = await piped(folder, "cors", "--stdin-filename", "app/lib/b.ts");
    assert.deepEqual([clean.code, clean.files], [0, []]);
  });

  it("takes a name that is not on disk yet", async () => {
    const folder = folderWith(files);
    const { files: found } = await piped(folder, "cors BAD", "--stdin-filename", "app/lib/new.ts");
    assert.deepEqual(found, ["app/lib/new.ts"]);
  });

  it("ends with 2 for what makes no sense", async () => {
    const folder = folderWith(files);
    const cases: readonly [string[], RegExp][] = [
      [["--stdin-filename", "a.txt"], /cannot check a\.txt/],
      [["--stdin-filename", "a.ts", "app"], /leave out the paths/],
      [["--stdin-filename", "a.ts", "--fix"], /cannot be used with option '--fix'/],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await piped(folder, "cors", ...args);
      assert.equal(code, 2, err);
      assert.match(err, message);
    }
    const binary = await piped(folder, "cors\u0000", "--stdin-filename", "a.ts");
    assert.match(binary.err, /standard input: it is binary/);
  });
});
