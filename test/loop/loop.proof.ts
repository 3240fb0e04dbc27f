/** The product's proof: what a rule says a browser blocks, a browser blocks; after the fix it does not. */
import assert from "node:assert/strict";
import { requires } from "../requires";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../../shared/src/rules/index";
import { quietly } from "../handlers/execute-node";
import { apis } from "./apis";
import { byHand } from "./by-hand";
import { CHROMIUM, hasBrowser } from "./browser";
import { verdictsOf, visitsOf, type Seen, type Verdict } from "./close";
import { errors } from "./errors";
import type { Deployment } from "./gateway";
import { decisions } from "./decisions";
import { frameworks } from "./frameworks";
import { handlers } from "./handlers";
import { leftOut } from "./left-out";
import type { Loop } from "./loop";
import { observe, type Sites } from "./observe";
import { pages } from "./pages";
import { policies } from "./policies";
import { prepare, type Prepared, type Version } from "./prepare";
import { verifyTwin } from "./twin";

const wanted = process.env["LOOP"] ?? "";
const loops: readonly Loop[] = [
  ...policies,
  ...apis,
  ...handlers,
  ...decisions,
  ...frameworks,
  ...errors,
  ...byHand,
  ...pages,
].filter(({ rule }) => wanted === "" || rule === wanted);

describe("the loop, closed", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "loop-"));
  const ready = new Map<Loop, Prepared | Error>();
  const verdicts: Verdict[] = [];
  let seen: Seen | undefined;
  let twins = 0;

  before(async function () {
    requires(this, hasBrowser(), `no Chromium at ${CHROMIUM} (set CHROMIUM)`);
    // Handlers import what the project has installed.
    symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"), "dir");
    for (const [index, loop] of loops.entries())
      ready.set(loop, await prepare(loop, `v${index}`, folder).catch(asError));
    const all = [...ready.values()].flatMap((each) => (each instanceof Error ? [] : [each]));
    const visits = all.map(visitsOf);
    // Handlers log the exceptions that they catch.
    seen = await quietly(() =>
      observe(sitesOf(all.flatMap(({ versions }) => versions)), [
        visits.flatMap(({ first }) => first),
        visits.flatMap(({ then }) => then),
      ]),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("covers every rule, or says why not", () => {
    if (wanted !== "") return; // one rule was asked for
    const covered = new Set(loops.map(({ rule }) => rule));
    const ids = rules.map(({ id }) => id);
    for (const id of ids)
      assert.ok(covered.has(id) !== id in leftOut, `${id}: a case, or a reason in left-out.ts`);
    for (const id of [...covered, ...Object.keys(leftOut)]) assert.ok(ids.includes(id), id);
  });

  for (const loop of loops) {
    it(`${loop.rule}: ${loop.what}`, async () => {
      const prepared = ready.get(loop);
      if (prepared instanceof Error) throw prepared;
      assert.ok(prepared && seen);
      const own = verdictsOf(prepared, seen);
      verdicts.push(...own);
      const problems = own.flatMap((each) => each.problems);
      if (problems.length > 0) assert.fail(problems.join("\n"));
      twins += await verifyTwin(prepared);
    });
  }

  it("closes for every fix", () => {
    print("loop: %n fixes, %b blocked before, %a accepted after", "blocked");
    print("loop: %n fixes of what strangers read, %b read before, %a blocked after", "admitted");
    print("loop: %n fixes of stacks, %b refused before, %a accepted after", "refused");
    print(
      "loop: %n fixes that give cookies up, %b blocked before, %a accepted without",
      "otherwise",
    );
    print("loop: %n faults fixed by hand, %b shown before, %a gone after", "byHand");
    console.log(`      loop: ${twins} fixes that leave the same model in Python`);
    assert.ok(verdicts.length > 0);
    assert.ok(verdicts.every((each) => each.before && each.after));
    for (const [loop, prepared] of ready)
      assert.ok(!(prepared instanceof Error), `${loop.rule}: ${loop.what} was not tried`);
  });

  function print(line: string, kind: Verdict["kind"]): void {
    const own = verdicts.filter((each) => each.kind === kind);
    const count = (what: "before" | "after"): string =>
      String(own.filter((each) => each[what]).length);
    const text = line.replace("%n", String(own.length)).replace("%b", count("before"));
    console.log(`      ${text.replace("%a", count("after"))}`);
  }
});

function sitesOf(versions: readonly Version[]): Sites {
  const scripts = new Map<string, string>();
  const deployments = new Map<string, Deployment>();
  for (const { host, deployment, script } of versions) {
    if (!("refused" in deployment)) deployments.set(host, deployment);
    if (script !== undefined) scripts.set(`/${host}.js`, script);
  }
  return { scripts, deployments };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
