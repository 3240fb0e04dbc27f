import assert from "node:assert/strict";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { run } from "./run";

const exchange = {
  id: "orders",
  request: { origin: "https://a.test", url: "https://b.test/", headers: [] },
  actualResponse: { status: 200, headers: [] },
};

describe("cors-lens judge", () => {
  afterEach(removeFolders);
  const engine = fakeEngine();

  it("prints one verdict a line", async () => {
    const folder = folderWith({ "seen.jsonl": `\ufeff${JSON.stringify(exchange)}\n` });
    const { code, out, err } = await run(
      engine,
      folder,
      "judge",
      "seen.jsonl",
      "--format",
      "jsonl",
    );
    assert.deepEqual([code, err], [0, ""]);
    const verdict = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(
      [verdict["id"], verdict["verdict"], verdict["blockedAt"]],
      ["orders", "blocked", "response"],
    );
  });

  it("takes a .har for a HAR file", async () => {
    const folder = folderWith({ "page.har": '{"log":{"entries":[]}}' });
    const { code } = await run(engine, folder, "judge", "page.har");
    assert.equal(code, 0);
  });

  it("ends with 2 when the file or a line of it cannot be read", async () => {
    const folder = folderWith({ "bad.jsonl": "{\n", "binary.jsonl": new Uint8Array([65, 0]) });
    const outcomes = [];
    for (const file of ["nowhere.jsonl", "binary.jsonl", "bad.jsonl"]) {
      const { code, err } = await run(engine, folder, "judge", file);
      outcomes.push(`${code} ${err.split("\n")[0]}`);
    }
    assert.deepEqual(outcomes.slice(0, 2), [
      "2 cors-lens: cannot read nowhere.jsonl: no such file or folder",
      "2 cors-lens: cannot read binary.jsonl: it is binary",
    ]);
    assert.match(outcomes[2] ?? "", /^2 cors-lens: bad\.jsonl: .*line 1/);
  });
});
