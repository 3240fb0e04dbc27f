import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { built } from "./built";

const root = path.resolve(__dirname, "../..");
let folder: string | undefined;

/**
 * A folder for `PATH` with an `npx` that knows one package: ours, as `npm pack` packs it, unpacked where nothing else is.
 * Asked for any other package or version it fails.
 */
export function npxWithOurs(version: string): string {
  folder ??= unpacked();
  const bin = path.join(folder, "bin");
  const program = path.join(folder, "package/dist/cli.js");
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
if [ "$1 $2" != "--yes cors-lens@${version}" ]; then echo "npx: no package $2" >&2; exit 97; fi
shift 2
exec "${process.execPath}" "${program}" "$@"
`;
  writeFileSync(path.join(bin, "npx"), script);
  chmodSync(path.join(bin, "npx"), 0o755);
  return bin;
}

/** A folder for `PATH` with the programs of the package, as a global installation makes it. */
export function globalPrograms(): string {
  folder ??= unpacked();
  const bin = path.join(folder, "global");
  mkdirSync(bin, { recursive: true });
  const manifest = path.join(folder, "package/package.json");
  const programs = JSON.parse(readFileSync(manifest, "utf8")) as { bin: Record<string, string> };
  for (const [name, file] of Object.entries(programs.bin)) {
    const program = path.join(folder, "package", file);
    chmodSync(program, 0o755);
    if (!existsSync(path.join(bin, name))) symlinkSync(program, path.join(bin, name));
  }
  return bin;
}

function unpacked(): string {
  built();
  const target = mkdtempSync(path.join(os.tmpdir(), "cors-lens-packed-"));
  process.on("exit", () => rmSync(target, { recursive: true, force: true }));
  const npm = ["pack", "--silent", "--ignore-scripts", "--pack-destination", target];
  const env = { ...process.env, npm_config_cache: path.join(target, "cache") };
  const name = execFileSync("npm", npm, { cwd: root, env, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", name], { cwd: target });
  return target;
}
