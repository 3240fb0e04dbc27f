import assert from "node:assert/strict";
import path from "node:path";
import { built } from "../bundles/built";
import { hostileWorkspaces, kindsOf } from "./all";
import { broken, inFolder, measured } from "./hold";
import { refusedConfigurations } from "./scans";
import { planted, plantedIn } from "./workspace";

/**
 * What does not hold yet: comprehensions of Python that double a list use up the budget of the module, and the mistake
 * behind them is not told (the gap is). And where a `cors-lens.json` stands beside a stack in Python, its function's source is
 * not found: one fault, seen twice, whatever the file says.
 */
const notYetHeld: ReadonlySet<string> = new Set([
  "growth/list-flat-map/module/python",
  "growth/list-flat-map/constructor/python",
  "growth/list-flat-map/handler/python",
  "used/list-flat-map/constructor/python",
  "used/list-flat-map/handler/python",
]);

const seed = Number(process.env["HOSTILE_SEED"] ?? Date.now() % 2 ** 31);
/** How many of a kind are tried, chosen by the seed; HOSTILE_ALL=1 tries all of them. */
const perKind = process.env["HOSTILE_ALL"] === "1" ? Infinity : 16;

/** Some of a kind, other ones for each seed. */
function sample(kind: string): readonly (typeof hostileWorkspaces)[number][] {
  const all = hostileWorkspaces.filter(
    ({ name }) => name.startsWith(`${kind}/`) && !notYetHeld.has(name),
  );
  const rank = (name: string): number =>
    [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), seed);
  return [...all].sort((a, b) => rank(a.name) - rank(b.name)).slice(0, perKind);
}

describe(`hostile workspaces (HOSTILE_SEED=${String(seed)})`, function () {
  this.timeout(0); // each run is bounded: 12 CPU seconds, a minute by the clock
  const cli = (): string => path.join(built(), "cli.js");

  it("are many, of each kind in both languages, and tell two mistakes without a bomb", async () => {
    assert.ok(hostileWorkspaces.length > 500);
    for (const [kind, count] of kindsOf(hostileWorkspaces)) assert.ok(count >= 12, kind);
    for (const language of ["typescript", "python"] as const) {
      const harmless = { name: language, files: planted(language), planted: plantedIn(language) };
      assert.deepEqual(await broken(cli(), harmless), []);
    }
  });

  for (const [kind] of kindsOf(hostileWorkspaces)) {
    it(`hold: ${kind}`, async () => {
      for (const workspace of sample(kind)) {
        assert.deepEqual(await broken(cli(), workspace), [], workspace.name);
      }
    });
  }

  it("that do not hold yet are known", () => {
    const names = new Set(hostileWorkspaces.map(({ name }) => name));
    assert.deepEqual(
      [...notYetHeld].filter((name) => !names.has(name)),
      [],
    );
  });

  it("with a configuration that cannot be used are refused at once, in few words", async () => {
    for (const [name, text] of Object.entries(refusedConfigurations)) {
      const files = { ...planted("typescript"), "cors-lens.json": text };
      const { code, stderr, cpuSeconds } = await inFolder({ name, files, planted: [] }, (folder) =>
        measured(cli(), ["check", "."], folder),
      );
      assert.equal(code, 2, name);
      assert.ok(cpuSeconds < 12 && stderr.length < 20_000, `${name}: ${String(stderr.length)}`);
      assert.doesNotMatch(stderr, /internal error/);
    }
  });
});
