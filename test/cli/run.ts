import { runCommandLine } from "../../server/src/command-line";
import type { Engine } from "../../server/src/workspace/check";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
export function run(engine: Engine, cwd: string, ...args: string[]): Promise<Outcome> {
  return runWithInput(engine, cwd, "", ...args);
}

/** Runs the command line with something on standard input. */
export async function runWithInput(
  engine: Engine,
  cwd: string,
  input: string,
  ...args: string[]
): Promise<Outcome> {
  let out = "";
  let err = "";
  const code = await runCommandLine(
    args,
    {
      engine,
      cwd,
      write: (text) => (out += text),
      stderr: (text) => (err += text),
      input: () => Promise.resolve(Buffer.from(input)),
      color: false,
      showsProgress: false,
    },
    "1.2.3",
  );
  return { code, out, err };
}
