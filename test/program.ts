import { spawnSync } from "node:child_process";

/** Whether a program runs here; `scripts/test.mjs` has installed those that proofs need. */
export function hasProgram(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
