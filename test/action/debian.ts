import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * Whether a program runs here; installs Debian's package of it as root where it does not. A test that needs a program
 * which cannot be had says so by `this.skip()`.
 */
export function hasProgram(program: string, debianPackage: string): boolean {
  if (runs(program)) return true;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: "ignore",
  } as const;
  try {
    execFileSync("apt-get", ["update", "-qq"], options);
    const install = ["install", "-y", "-qq", "--no-install-recommends", debianPackage];
    execFileSync("apt-get", install, options);
  } catch {
    return false;
  }
  return runs(program);
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
