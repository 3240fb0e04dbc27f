#!/usr/bin/env node
// npm run coverage -- DIR…: how many of each checkout's Lambda routes lead to a handler, and why the others do not.
// Uses the built command line: `npm run build` first.
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const cli = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../dist/cli.js");
const words = process.argv.slice(2);
const json = words.includes("--json");
const folders = words.filter((word) => word !== "--json");
if (folders.length === 0) {
  console.error("usage: npm run coverage -- [--json] DIR…");
  process.exit(2);
}

const total = { routes: 0, linked: 0, responses: 0, known: 0 };
const reasons = new Map();
const rows = [];
for (const folder of folders) {
  const args = [cli, "check", folder, "--format", "json", "--fail-on", "never"];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) {
    rows.push({ name: path.basename(folder), failed: status });
    continue;
  }
  const { coverage, stats, gaps } = JSON.parse(stdout);
  for (const key of Object.keys(total)) total[key] += coverage[key];
  for (const { reason, count } of coverage.unlinked) {
    const kind = reason.replace(/`[^`]*`/g, "…").replace(/ in \S+$/, " in …");
    reasons.set(kind, (reasons.get(kind) ?? 0) + count);
  }
  rows.push({ name: path.basename(folder), apis: stats.apis, gaps: gaps.length, ...coverage });
}

if (json) console.log(JSON.stringify({ rows, total, reasons: Object.fromEntries(reasons) }));
else {
  for (const { name, failed, apis, routes, linked, gaps, unlinked } of rows) {
    const why = unlinked?.[0] ? `  ${unlinked[0].count}: ${unlinked[0].reason}` : "";
    console.log(
      failed === undefined
        ? `${name}: ${apis} APIs, ${linked} of ${routes} routes, ${gaps} gaps${why}`
        : `${name}: exit ${failed}`,
    );
  }
  console.log(`\n${total.linked} of ${total.routes} routes lead to their handler`);
  console.log(`${total.known} of ${total.responses} responses with known headers`);
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]))
    console.log(`${String(count).padStart(6)}  ${reason}`);
}
