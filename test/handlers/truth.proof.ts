import assert from "node:assert/strict";
import { truth, type Report } from "./truth";

describe("what handlers really answer", function () {
  this.timeout(300_000);

  let reports: readonly Report[] = [];

  before(async () => {
    reports = await truth();
  });

  it("is among the ways that are claimed, and hardly ever left open", () => {
    assert.ok(reports.length >= 80, `${reports.length} handlers`);
    const wrong = reports.flatMap(({ name, contradictions }) =>
      contradictions.map((line) => `${name}: ${line}`),
    );
    assert.deepEqual(wrong, []);
    const total = reports.reduce((sum, { counts }) => sum + counts.agree + counts.unknown, 0);
    const open = reports.reduce((sum, { counts }) => sum + counts.unknown, 0);
    assert.ok(open <= total / 10, `${open} of ${total} answers are left open`);
  });

  it("takes every way that is claimed for certain", () => {
    const untaken = reports.flatMap(({ name, untaken: lines }) =>
      lines.map((line) => `${name}: ${line}`),
    );
    assert.deepEqual(untaken, []);
  });
});
