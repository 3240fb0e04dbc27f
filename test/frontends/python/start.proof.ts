import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

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
});
