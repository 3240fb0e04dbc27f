import assert from "node:assert/strict";
import { Changes } from "../../server/src/workspace/changes";

describe("the log of changes", () => {
  it("tells each reader what changed since it looked, also the same file again", () => {
    const changes = new Changes();
    const first = changes.now;
    changes.add("/a.ts");
    const second = changes.now;
    assert.deepEqual([...(changes.since(second) ?? [])], []);
    changes.add("/a.ts");
    assert.deepEqual([...(changes.since(second) ?? [])], ["/a.ts"]);
    changes.add("/b.ts");
    assert.deepEqual([...(changes.since(second) ?? [])], ["/a.ts", "/b.ts"]);
    assert.deepEqual([...(changes.since(first) ?? [])], ["/a.ts", "/b.ts"]);
  });

  it("says that anything may have changed, when all did", () => {
    const changes = new Changes();
    const before = changes.now;
    changes.all();
    assert.equal(changes.since(before), undefined);
    assert.deepEqual([...(changes.since(changes.now) ?? [])], []);
  });
});
