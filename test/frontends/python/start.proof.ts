import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Tree } from "web-tree-sitter";
import { lasting, loadParser } from "../../../server/src/frontends/python/parser";

/** A tree of one node that says when it is freed. */
function treeOf(freed: () => void, cursorFreed: () => void): Tree {
  const cursor = {
    nodeType: "module",
    nodeIsNamed: true,
    currentFieldId: 0,
    startIndex: 0,
    endIndex: 1,
    nodeIsMissing: false,
    gotoFirstChild: () => false,
    gotoNextSibling: () => false,
    gotoParent: () => false,
    delete: cursorFreed,
  };
  const tree = {
    rootNode: { hasError: false },
    language: { fields: [] },
    walk: () => cursor,
    delete: freed,
  };
  return tree as unknown as Tree;
}

/** Parsers that are asked for at once, given up, and collected while others parse. */
const program = `
const { loadParser } = require("./server/src/frontends/python/parser");
const code = "def f():\\n    return {'a': [1, 2, 3]}\\n".repeat(50);
void (async () => {
  for (const parse of await Promise.all(Array.from({ length: 6 }, () => loadParser()))) parse(code);
  for (let turn = 0; turn < 60; turn++) {
    (await loadParser())(code);
    if (turn % 10 > 0) continue;
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  console.log("done");
})();`;

describe("the Python parser", () => {
  it("starts once, however many ask for it at once", () => {
    const root = path.join(__dirname, "../../..");
    const node = ["--expose-gc", "--require", "tsx/cjs", "--eval", program];
    const { stdout, stderr } = spawnSync(process.execPath, node, { cwd: root, encoding: "utf8" });
    assert.equal(stdout, "done\n", stderr);
  });

  it("is one, whoever asks: reader, writer, and both again", async () => {
    assert.equal(await loadParser(), await loadParser());
    // Found again after a place that has none.
    await assert.rejects(loadParser({ wasmDirectory: "/nowhere" }));
    await assert.rejects(loadParser({ wasmDirectory: "/nowhere" }));
    assert.equal(await loadParser(), await loadParser());
  });

  it("is replaced when it fails, and frees every tree", () => {
    const [made, freed] = [[] as number[], [] as string[]];
    let failing = true;
    const parse = lasting(() => {
      const number = made.push(made.length);
      return {
        parse: () => {
          if (failing && number === 1) throw new Error("memory access out of bounds");
          return treeOf(
            () => freed.push("tree"),
            () => freed.push("cursor"),
          );
        },
        delete: () => freed.push(`parser ${String(number)}`),
      };
    });
    assert.equal(parse("x").root.type, "module");
    assert.equal(made.length, 2);
    assert.deepEqual(freed, ["parser 1", "cursor", "tree"]);
    failing = false;
    for (let i = 0; i < 10; i++) parse("x");
    assert.equal(made.length, 2);
    assert.equal(freed.filter((each) => each === "tree").length, 11);
    assert.equal(freed.filter((each) => each === "cursor").length, 11);
  });
});
