import assert from "node:assert/strict";
import path from "node:path";
import fc from "fast-check";
import { built } from "../bundles/built";
import { broken } from "./hold";
import { growthProgram, workspaceOf } from "./random-growth";

/** How many runs of four programs in two languages for each place. */
const runs = Number(process.env["HOSTILE_RUNS"] ?? 4);

/** The same for each run, so that no change fails by chance; HOSTILE_SEED looks further. */
const usualSeed = 851_320_904;

describe("programs of growing values, made at random", function () {
  this.timeout(0); // bounded by the number of runs, each of which is bounded itself

  for (const place of ["constructor", "handler"] as const) {
    it(`leave the planted mistakes told, or the gap: in the ${place}`, async () => {
      const cli = path.join(built(), "cli.js");
      const seed = Number(process.env["HOSTILE_SEED"] ?? usualSeed);
      console.log(`      HOSTILE_SEED=${String(seed)}`);
      const programs = fc.array(growthProgram, { minLength: 4, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(programs, async (all) => {
          assert.deepEqual(await broken(cli, workspaceOf(all, place)), []);
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
    });
  }
});
