import assert from "node:assert/strict";
import { engine } from "../../server/src/engine";
import { run } from "./run";

describe("cors-lens rule", () => {
  const rule = (...args: string[]) => run(engine, "/", "rule", ...args);

  it("lists all rules with severity and summary", async () => {
    const { code, out } = await rule();
    assert.equal(code, 0);
    assert.equal(out.trimEnd().split("\n").length, engine.rules.length + 1);
    assert.match(out, /^origin-never-matches +error +\S/m);
    const { rules } = JSON.parse((await rule("--format", "json")).out) as { rules: unknown[] };
    assert.equal(rules.length, engine.rules.length + 1);
  });

  it("prints a page", async () => {
    const { code, out } = await rule("origin-never-matches");
    assert.equal(code, 0);
    assert.match(out, /^# origin-never-matches\n[^]*## Wrong/);
    const json = JSON.parse((await rule("suppression-unused", "--format", "json")).out) as object;
    assert.deepEqual(Object.keys(json), ["version", "id", "severity", "summary", "page", "text"]);
  });

  it("names near ones for a rule that there is not", async () => {
    const { code, err } = await rule("preflight-authorization");
    assert.equal(code, 2);
    assert.match(
      err,
      /there is no rule "preflight-authorization"; perhaps .*preflight-needs-authorization/,
    );
    assert.match((await rule("../x")).err, /there is no rule "\.\.\/x" \(/);
  });
});
