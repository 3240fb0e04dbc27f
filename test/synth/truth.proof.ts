import assert from "node:assert/strict";
import { knownShare, truth, type Truth } from "./truth";

describe("truth by synth", () => {
  let found: Truth;

  before(async function () {
    this.timeout(180_000);
    found = await truth();
  });

  it("has a set worth the name", () => {
    assert.ok(found.stacks >= 60, `${found.stacks} stacks`);
    assert.ok(found.twins >= 20, `${found.twins} twins`);
  });

  it("contradicts no template", () => {
    const wrong = found.entries.filter((entry) => entry.outcome === "contradictory");
    assert.deepEqual(
      wrong.map((entry) => `${entry.stack}: ${entry.field}: ${entry.detail}`),
      [],
    );
  });

  it("knows at least 95 % of the policies' fields", () => {
    assert.ok(
      knownShare(found.entries) >= 0.95,
      `${(100 * knownShare(found.entries)).toFixed(1)} %`,
    );
  });

  it("reads the same from Python", () => {
    assert.deepEqual(found.unequal, []);
  });
});
