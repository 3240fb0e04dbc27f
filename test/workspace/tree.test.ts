import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { appsOf } from "../../server/src/workspace/apps";
import { Door } from "../../server/src/files/door";
import { walk } from "../../server/src/workspace/folder-scan";
import { folderWith, removeFolders } from "./folder";

const sourcesOf = async (folder: string): Promise<string[]> =>
  (await walk({ folder }, new Door([folder]))).sources.map((file) => file.slice(folder.length + 1));

describe("tree", () => {
  after(removeFolders);

  it("leaves out what nobody wrote", async () => {
    const folder = folderWith({
      "lib/stack.ts": "",
      "lib/types.d.ts": "",
      "node_modules/a/index.js": "",
      "cdk.out/asset.1/index.js": "",
      "cdk.out.staging/asset.1/index.js": "",
      "assembly/cdk.out": "{}",
      "assembly/asset.1/index.js": "",
      ".venv/lib/x.py": "",
      "env/pyvenv.cfg": "",
      "env/lib/y.py": "",
      "web/app.min.js": "",
      "README.md": "",
    });
    assert.deepEqual(await sourcesOf(folder), ["lib/stack.ts"]);
  });

  it("keeps to every .gitignore, the nearest first", async () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "gen/\n*.js\n",
      "gen/a.ts": "",
      "b.js": "",
      "c.ts": "",
      "in/.gitignore": "!kept.js\nprivate.ts\n",
      "in/kept.js": "",
      "in/private.ts": "",
      "in/deep/private.ts": "",
    });
    assert.deepEqual(await sourcesOf(folder), ["c.ts", "in/kept.js"]);
    const below = path.posix.join(folder, "in");
    assert.deepEqual(await sourcesOf(below), ["kept.js"]);
  });

  it("reads a folder that was named although it is ignored", async () => {
    const folder = folderWith({ ".git/HEAD": "", ".gitignore": "gen/\n", "gen/a.ts": "" });
    assert.deepEqual(await sourcesOf(`${folder}/gen`), ["a.ts"]);
  });

  it("skips the compiler's output beside its source", async () => {
    const folder = folderWith({
      "a.ts": "",
      "a.js": "",
      "b.js": "",
      "c.tsx": "",
      "c.js": "",
      "d.mts": "",
      "d.mjs": "",
    });
    assert.deepEqual(await sourcesOf(folder), ["a.ts", "b.js", "c.tsx", "d.mts"]);
  });

  it("does not follow a symbolic link that leads back", async () => {
    const folder = folderWith({ "a/x.ts": "" });
    symlinkSync(folder, path.join(folder, "a", "loop"), "dir");
    assert.deepEqual(await sourcesOf(folder), ["a/x.ts"]);
  });

  it("tells which folder could not be listed", async () => {
    const tree = await walk({ folder: "/nowhere/at/all" }, new Door(["/nowhere/at/all"]));
    assert.deepEqual(tree.gaps, [
      { file: "/nowhere/at/all", because: "cannot be listed: no such file or folder" },
    ]);
  });
});

describe("apps", () => {
  after(removeFolders);

  const grouped = async (files: readonly string[]): Promise<Record<string, string[]>> => {
    const folder = folderWith(Object.fromEntries(files.map((file) => [file, "{}"])));
    const tree = await walk({ folder }, new Door([folder]));
    const short = (file: string): string => file.slice(folder.length + 1);
    return Object.fromEntries(
      appsOf(tree, tree.sources).map((app) => [
        `${app.loose ? "loose " : ""}${short(app.root)}`,
        app.candidates.map(short),
      ]),
    );
  };

  it("give each file to the nearest cdk.json", async () => {
    assert.deepEqual(await grouped(["a/cdk.json", "a/x.ts", "a/in/cdk.json", "a/in/y.ts"]), {
      a: ["a/x.ts"],
      "a/in": ["a/in/y.ts"],
    });
  });

  it("take in the pages beside the only app", async () => {
    assert.deepEqual(await grouped(["infra/cdk.json", "infra/x.ts", "web/src/y.ts"]), {
      infra: ["infra/x.ts", "web/src/y.ts"],
    });
  });

  it("leave loose what could belong to several", async () => {
    assert.deepEqual(await grouped(["a/cdk.json", "a/x.ts", "b/cdk.json", "b/y.ts", "web/z.ts"]), {
      a: ["a/x.ts"],
      b: ["b/y.ts"],
      "loose ": ["web/z.ts"],
    });
  });

  it("make one app of a folder without cdk.json", async () => {
    assert.deepEqual(await grouped(["x.ts", "h/y.py"]), { "loose ": ["h/y.py", "x.ts"] });
  });
});
