import { execFileSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "../..");
let dist: string | undefined;

/** The folder of the bundles, made from the sources as they are; once for all tests. */
export function built(): string {
  if (dist === undefined) {
    execFileSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: "pipe" });
    dist = path.join(root, "dist");
  }
  return dist;
}
