import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { built } from "./built";

describe("notices of others' licences", function () {
  this.timeout(120_000);

  it("name what the bundles are known to hold, with the terms of each", () => {
    const text = readFileSync(path.join(built(), "THIRD-PARTY-NOTICES.txt"), "utf8");
    const [head, ...parts] = text.split(/^={80}$/m);
    assert.match(head ?? "", /its own licence/);
    const names = parts.map((part) => /^(\S+) \d/.exec(part.trim())?.[1]);
    for (const name of ["typescript", "@ts-morph/common", "tree-sitter-python", "zod"]) {
      assert.ok(names.includes(name), name);
    }
    assert.ok(!names.includes("esbuild"));
    for (const part of parts) assert.match(part, /permission|permitted|licen[cs]e/i);
  });
});
