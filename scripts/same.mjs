#!/usr/bin/env node
// npm run same -- <before> <after> DIR…: whether two builds of the command line (their `cli.js`) find the same in these folders.
// What is compared is the JSON of `check` but for `stats` and `coverage` (and, with --findings-only, `gaps`); a folder in which they differ is shown with the lines that differ.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const words = process.argv.slice(2);
const findingsOnly = words.includes("--findings-only");
const [before, after, ...folders] = words.filter((word) => word !== "--findings-only");
if (before === undefined || after === undefined || folders.length === 0) {
  console.error("usage: npm run same -- [--findings-only] <cli.js before> <cli.js after> DIR…");
  process.exit(2);
}

/** The findings that a build has in a folder, one a line, in a stable order. */
function findingsOf(cli, folder) {
  const args = [cli, "check", folder, "--format", "json", "--fail-on", "never"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) return [`exit ${String(status)}: ${stderr.trim().split("\n")[0] ?? ""}`];
  const report = JSON.parse(stdout);
  for (const key of ["stats", "coverage"]) delete report[key];
  if (findingsOnly) delete report.gaps;
  const { findings = [], ...rest } = report;
  return [JSON.stringify(rest), ...findings.map((finding) => JSON.stringify(finding)).sort()];
}

/** Lines of `a` that `b` lacks. */
function without(a, b) {
  const there = new Set(b);
  return a.filter((line) => !there.has(line));
}

let different = 0;
for (const folder of folders.filter((one) => existsSync(one))) {
  const [old, now] = [findingsOf(before, folder), findingsOf(after, folder)];
  const [gone, come] = [without(old, now), without(now, old)];
  if (gone.length + come.length === 0) continue;
  different++;
  console.log(`${path.basename(folder)}: ${gone.length} gone, ${come.length} new`);
  for (const line of gone) console.log(`  - ${line}`);
  for (const line of come) console.log(`  + ${line}`);
}
console.log(`${folders.length} folders compared, ${different} differ`);
process.exitCode = different > 0 ? 1 : 0;
