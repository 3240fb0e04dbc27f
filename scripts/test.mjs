#!/usr/bin/env node
// Runs everything that decides whether a change may land. Shows the output as it comes; above the last line stands each
// test that was skipped with its reason, and the last line is `N passed, N failed, N skipped`. A skip is a failure unless
// ALLOW_SKIPS=1.
//
//   node scripts/test.mjs              all of it
//   node scripts/test.mjs unit proof   only these
import { spawn } from "node:child_process";
import process from "node:process";
import { fetchTools } from "./tools.mjs";

const steps = [
  { name: "check", command: ["npm", "run", "--silent", "check"] },
  { name: "unit", command: ["npm", "run", "--silent", "unit"], mocha: true },
  { name: "proof", command: ["npm", "run", "--silent", "proof:mocha"], mocha: true, tools: true },
  { name: "e2e", command: ["npm", "run", "--silent", "e2e"], mocha: true, tools: true },
];

const allowSkips = process.env.ALLOW_SKIPS === "1";

/** Runs a command, passes its output on, and returns it with the exit code. */
function run([program, ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Sums mocha's closing lines; a step that fails without them counts as one failure. */
function count(step, { code, output }) {
  const sum = (word) =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, "gm"))].reduce(
      (n, m) => n + Number(m[1]),
      0,
    );
  if (!step.mocha)
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = [sum("passing"), sum("failing"), sum("pending")];
  const broken = (code !== 0 || passed === 0) && failed === 0;
  return { passed, failed: broken ? 1 : failed, skipped };
}

/** The tests that a step skipped, as mocha lists them (`- title`), and the reasons that they gave. */
function skipsIn({ output }) {
  const plain = output.replace(/\u001b\[[0-9;]*m/g, "");
  return [...plain.matchAll(/^\s+(?:- |skipped: ).*$/gm)].map(([line]) => line.trim());
}

const wanted = process.argv.slice(2);
const chosen = steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
let env = {};
if (chosen.some(({ tools }) => tools)) {
  const { found, missing } = fetchTools();
  env = found;
  notes.push(...missing.map((reason) => `cannot be had: ${reason}`));
  if (missing.length > 0 && !allowSkips) total.failed += missing.length;
}
for (const step of chosen) {
  console.log(`\n== ${step.name}`);
  const outcome = await run(step.command, env);
  const { passed, failed, skipped } = count(step, outcome);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (skipped > 0) notes.push(...skipsIn(outcome).map((line) => `${step.name}: ${line}`));
}
if (total.skipped > 0 && !allowSkips) {
  notes.push("a skipped test proves nothing: ALLOW_SKIPS=1 lets it pass");
  total.failed += total.skipped;
}
if (notes.length > 0) console.log(`\n${notes.join("\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
