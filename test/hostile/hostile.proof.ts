import assert from "node:assert/strict";
import path from "node:path";
import { built } from "../bundles/built";
import { hostileWorkspaces, kindsOf } from "./all";
import { broken, inFolder, measured } from "./hold";
import { refusedConfigurations } from "./scans";
import { planted, plantedIn } from "./workspace";

describe("hostile workspaces", function () {
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
      for (const workspace of hostileWorkspaces.filter(({ name }) => name.startsWith(`${kind}/`))) {
        assert.deepEqual(await broken(cli(), workspace), [], workspace.name);
      }
    });
  }

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
