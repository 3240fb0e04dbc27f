import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { built } from "./built";

const root = path.resolve(__dirname, "../..");
let folder: string | undefined;

/** The package as `npm pack` packs it: the archive, and unpacked where nothing else is. */
export function packedOurs(): { readonly archive: string; readonly program: string } {
  folder ??= unpacked();
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  return {
    archive: path.join(folder, archive),
    program: path.join(folder, "package/dist/cli.js"),
  };
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
