/** Runs the handlers of `cases/python` in one Python process. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Outcome } from "./outcome";
import { outcomeOf, threw } from "./outcome";

type Result = { readonly value: unknown } | { readonly threw: string };

/** For each file what its handler answers to each event. */
export function runPython(files: readonly string[], events: readonly object[]): Outcome[][] {
  const run = spawnSync("python3", ["-B", join(__dirname, "execute.py")], {
    input: JSON.stringify({ files, events }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const results = JSON.parse(run.stdout) as Result[][];
  return results.map((answers) =>
    answers.map((answer) => ("threw" in answer ? threw(answer.threw) : outcomeOf(answer.value))),
  );
}
