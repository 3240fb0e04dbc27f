import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * The path of a Neovim; installs Debian's as root where there is none. `undefined` where neither is possible, so that
 * a test can say that it was left out.
 */
export function neovim(): string | undefined {
  if (runs("nvim")) return "nvim";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: "ignore",
  } as const;
  try {
    execFileSync("apt-get", ["update", "-qq"], options);
    const install = ["install", "-y", "-qq", "--no-install-recommends", "neovim"];
    execFileSync("apt-get", install, options);
  } catch {
    return undefined;
  }
  return runs("nvim") ? "nvim" : undefined;
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
