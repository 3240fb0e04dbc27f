import assert from "node:assert/strict";
import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { JsonReport } from "../../server/src/report/json";
import type { Engine } from "../../server/src/workspace/check";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { run } from "./run";

describe("cors-lens check", () => {
  afterEach(removeFolders);
  const engine = fakeEngine();

  it("writes the JSON that programs rely on", async () => {
    const folder = folderWith({ "lib/a.ts": "// x\ncors BAD", "b.ts": "plain" });
    const { code, out, err } = await run(engine, folder, "check", "--format", "json");
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      root: folder,
      findings: [
        {
          rule: "bad-word",
          severity: "error",
          message: "The browser dislikes BAD.\nWrite GOOD.",
          file: "lib/a.ts",
          range: { start: { line: 2, column: 6 }, end: { line: 2, column: 9 } },
          related: [
            {
              message: "the file begins here",
              file: "lib/a.ts",
              range: { start: { line: 1, column: 1 }, end: { line: 1, column: 3 } },
            },
          ],
          fixes: [{ title: "Replace BAD", safety: "safe" }],
        },
      ],
      gaps: [{ file: "lib/a.ts", line: 2, reason: "BAD" }],
      stats: {
        files: 2,
        read: 2,
        parsed: 1,
        evaluated: 0,
        reused: 0,
        apps: 1,
        apis: 0,
        handlers: 0,
        responses: 0,
        requests: 0,
      },
      coverage: { routes: 0, linked: 0, handlers: 0, responses: 0, known: 0, unlinked: [] },
    });
    assert.equal(code, 1);
    assert.equal(err, "");
  });

  it("ends with 1 for findings at or above --fail-on", async () => {
    const warning = folderWith({ "a.ts": "cors UGLY" });
    const codes = [];
    for (const failOn of ["error", "warning", "information", "never"]) {
      codes.push((await run(engine, warning, "check", "--fail-on", failOn)).code);
    }
    assert.deepEqual(codes, [0, 1, 1, 0]);
    assert.equal((await run(engine, folderWith({ "a.ts": "cors" }), "check")).code, 0);
  });

  it("ends with 2 and a sentence when it cannot run", async () => {
    const folder = folderWith({ "a.txt": "" });
    const cases: readonly [string[], RegExp][] = [
      [["check", "nowhere"], /^cors-lens: cannot read nowhere: no such file or folder\n$/],
      [["check", "a.txt"], /^cors-lens: cannot check a.txt: it is neither a folder nor/],
      [["check", "--format", "xml"], /argument 'xml' is invalid/],
      [["chekc"], /unknown command 'chekc'/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await run(engine, folder, ...args);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, message);
    }
  });

  it("reports the other apps when one meets a mistake of ours, and ends with 2", async () => {
    const folder = folderWith({
      "a/cdk.json": "{}",
      "a/x.ts": "cors",
      "b/cdk.json": "{}",
      "b/y.ts": "cors BAD",
    });
    const broken: Engine = {
      ...engine,
      link: (project) =>
        project.root.endsWith("/a") ? assert.fail("a mistake of ours") : engine.link(project),
    };
    const { code, out, err } = await run(broken, folder, "check", "--fail-on", "never");
    assert.equal(code, 2);
    assert.match(err, /^cors-lens: internal error, a was not checked\n.*a mistake of ours/);
    assert.match(out, /error\[bad-word\]/);
  });

  it("tells its version and its usage", async () => {
    assert.deepEqual(await run(engine, "/", "--version"), { code: 0, out: "1.2.3\n", err: "" });
    const { code, out } = await run(engine, "/", "check", "--help");
    assert.equal(code, 0);
    assert.match(out, /--fail-on <severity>/);
  });

  it("reports only what was asked for, relative to the working directory", async () => {
    const folder = folderWith({
      "app/cdk.json": "{}",
      "app/a.ts": "cors BAD",
      "app/in/b.ts": "cors BAD",
    });
    const files = async (...paths: string[]): Promise<readonly string[]> => {
      const { out } = await run(engine, folder, "check", "--format", "json", ...paths);
      const report = JSON.parse(out) as JsonReport;
      return [report.root.slice(folder.length), ...report.findings.map(({ file }) => file)];
    };
    assert.deepEqual(await files(), ["", "app/a.ts", "app/in/b.ts"]);
    assert.deepEqual(await files("app/in"), ["", "app/in/b.ts"]);
    assert.deepEqual(await files("app/in/b.ts"), ["", "app/in/b.ts"]);
    assert.deepEqual(await files("app/in/b.ts", "app/a.ts"), ["", "app/a.ts", "app/in/b.ts"]);
  });

  it("counts the files of the part, not those around it", async () => {
    const folder = folderWith({
      "package.json": "{}",
      "app/a.ts": "cors",
      "app/b.ts": "plain",
      "other/c.ts": "cors",
    });
    const files = async (...paths: string[]): Promise<number | undefined> => {
      const { out } = await run(engine, folder, "check", ...paths, "--format", "json");
      return (JSON.parse(out) as JsonReport).stats.files;
    };
    assert.equal(await files("."), 3);
    assert.equal(await files("app"), 2);
    assert.equal(await files("app/a.ts"), 1);
  });

  it("takes what a hook names: settings and type declarations have nothing to report", async () => {
    const folder = folderWith({ "cdk.json": "{}", "lib/a.d.ts": "cors BAD", "lib/b.ts": "plain" });
    const { code, err } = await run(engine, folder, "check", "cdk.json", "lib/a.d.ts", "lib/b.ts");
    assert.deepEqual([code, err], [0, ""]);
  });

  it("names files as the working directory does, also above it", async () => {
    const folder = folderWith({ "app/cdk.json": "{}", "app/a.ts": "cors BAD", "web/x.txt": "" });
    const text = async (cwd: string, ...paths: string[]): Promise<readonly string[]> => {
      const { out } = await run(engine, path.join(folder, cwd), "check", ...paths);
      return [...out.matchAll(/--> (.*)$/gm)].map(([, place = ""]) => place);
    };
    assert.deepEqual(await text(".", "app/a.ts"), ["app/a.ts:1:6"]);
    assert.deepEqual(await text("app"), ["a.ts:1:6"]);
    assert.deepEqual(await text("web", "../app"), ["../app/a.ts:1:6"]);
  });

  it("fixes what is safe and reports the rest", async () => {
    const folder = folderWith({ "a.ts": "cors BAD BAD\r\nUGLY\r\n", "b.py": "cors BAD\n" });
    const { code, out, err } = await run(engine, folder, "check", "--fix", "--format", "json");
    assert.equal(readFileSync(path.join(folder, "a.ts"), "utf8"), "cors GOOD GOOD\r\nUGLY\r\n");
    assert.equal(readFileSync(path.join(folder, "b.py"), "utf8"), "cors GOOD\n");
    const report = JSON.parse(out) as JsonReport;
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ["ugly-word"],
    );
    assert.equal(err, "fixed a.ts\nfixed b.py\n");
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(folder).sort(), ["a.ts", "b.py"]);
  });

  it("keeps mode, encoding and symbolic links when it fixes", async () => {
    const folder = folderWith({
      "real/a.txt.ts": Buffer.from("\ufeffcors BAD", "utf16le"),
      "script.py": "cors BAD",
    });
    chmodSync(path.join(folder, "script.py"), 0o755);
    symlinkSync(path.join(folder, "real/a.txt.ts"), path.join(folder, "link.ts"));
    await run(engine, folder, "check", "--fix");
    assert.equal(statSync(path.join(folder, "script.py")).mode & 0o777, 0o755);
    assert.equal(
      readFileSync(path.join(folder, "real/a.txt.ts")).toString("utf16le"),
      "\ufeffcors GOOD",
    );
    assert.ok(
      readdirSync(folder, { withFileTypes: true })
        .find((e) => e.name === "link.ts")
        ?.isSymbolicLink(),
    );
  });

  it("says what --fix would change, and changes nothing", async () => {
    const texts = { "a.ts": "one\r\ncors BAD\r\nUGLY\r\n", "b.py": "cors BAD\n" };
    const folder = folderWith(texts);
    const args = ["check", "--fix", "--fail-on", "never"];
    const dry = await run(engine, folder, ...args, "--dry-run", "--format", "json");
    assert.equal(dry.err, "would fix a.ts\nwould fix b.py\n");
    const { findings } = JSON.parse(dry.out) as JsonReport;
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["ugly-word"],
    );
    const { code, out, err } = await run(engine, folder, ...args, "--diff");
    assert.deepEqual([code, err], [1, ""]);
    assert.match(out, /^--- a\/a\.ts\n\+\+\+ b\/a\.ts\n@@ /);
    assert.match(out, /^-cors BAD\r\n\+cors GOOD\r$/m);
    assert.match(out, /^--- a\/b\.py\n/m);
    for (const [name, text] of Object.entries(texts)) {
      assert.equal(readFileSync(path.join(folder, name), "utf8"), text);
    }
    assert.deepEqual(
      (await run(engine, folderWith({ "a.ts": "cors" }), ...args, "--diff")).out,
      "",
    );
    const lonely = await run(engine, folder, "check", "--diff");
    assert.deepEqual([lonely.code, lonely.err], [2, "cors-lens: --diff belongs to --fix\n"]);
  });

  it("stops fixing when a fix does not fix", async () => {
    const folder = folderWith({ "a.ts": "cors BAD" });
    const growing = {
      ...engine,
      frontends: {
        ...engine.frontends,
        typescript: {
          ...engine.frontends.typescript,
          writer: () =>
            Promise.resolve((file: string, text: string) => [
              { at: { file, start: text.length, end: text.length }, text: " more" },
            ]),
        },
      },
    };
    const { code } = await run(growing, folder, "check", "--fix");
    assert.equal(code, 1);
    assert.equal(readFileSync(path.join(folder, "a.ts"), "utf8"), "cors BAD more");
  });

  it("prints the model, with places or without", async () => {
    const folder = folderWith({ "app/cdk.json": "{}", "app/a.ts": "// x\ncors BAD" });
    const model = async (...flags: string[]): Promise<unknown> =>
      JSON.parse((await run(engine, folder, "model", ".", ...flags)).out);
    const gaps = (gap: unknown) => ({
      version: 1,
      root: folder,
      apps: [
        { root: "app", model: { apis: [], policies: [], handlers: [], requests: [], gaps: [gap] } },
      ],
    });
    assert.deepEqual(await model(), gaps({ because: "BAD", at: "app/a.ts:2:6-2:9" }));
    assert.deepEqual(await model("--no-spans"), gaps({ because: "BAD" }));
  });
});
