import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { frontends } from "../../server/src/workspace/languages";
import { eventOf } from "./bank";
import { runNode } from "./execute-node";
import { runPython } from "./execute-python";
import { randomOf, randomProgram, toNode, toPython } from "./random-handlers";
import { reportOf } from "./truth";

const count = Number(process.env["RANDOM_HANDLERS"] ?? 120);
const first = Number(process.env["RANDOM_SEED"] ?? 1);

const origins = [undefined, "https://shop.example.com", "https://evil.test"];
const asks = ["GET", "OPTIONS"].flatMap((method) =>
  origins.flatMap((origin) =>
    ["ok", "boom", undefined].flatMap((way) =>
      ["{broken", "{}", null].map((body) => ({ method, origin, way, body })),
    ),
  ),
);

describe("handlers made at random", function () {
  this.timeout(300_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cors-lens-random-"));
    mkdirSync(join(folder, "node"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(`answer in claimed ways only (${count}, from seed ${first})`, async () => {
    const readers = {
      typescript: await frontends.typescript.reader(),
      python: await frontends.python.reader(),
    };
    const events = asks.map(eventOf);
    const programs = Array.from({ length: count }, (_, i) => {
      const program = randomProgram(randomOf(first + i));
      const [js, py] = ["js", "py"].map((end) => join(folder, "node", `h${first + i}.${end}`));
      writeFileSync(js ?? "", toNode(program));
      writeFileSync(py ?? "", toPython(program));
      return { js: js ?? "", py: py ?? "", program };
    });
    const python = runPython(
      programs.map(({ py }) => py),
      events,
    );
    const wrong: string[] = [];
    let unknown = 0;
    let agree = 0;
    for (const [i, { js, py, program }] of programs.entries()) {
      for (const [file, outcomes, text] of [
        [js, await runNode(js, events), toNode(program)],
        [py, python[i] ?? [], toPython(program)],
      ] as const) {
        const { contradictions, counts } = reportOf(file, readers, outcomes, asks);
        unknown += counts.unknown;
        agree += counts.agree;
        if (contradictions.length > 0)
          wrong.push(`seed ${first + i}: ${contradictions.join("; ")}\n${text}`);
      }
    }
    console.log(`      random handlers: agree ${agree}, unknown ${unknown}`);
    assert.deepEqual(wrong, [], wrong[0]);
  });
});
