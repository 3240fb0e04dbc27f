#!/usr/bin/env node
// Runs everything that decides whether a change may land: the static checks, the unit tests, and the end-to-end tests
// in a real editor. Shows the output as it comes and ends with one line `N passed, N failed`.
//
//   node scripts/test.mjs            all of it
//   node scripts/test.mjs unit e2e   only these
import { spawn } from "node:child_process";

const steps = [
  { name: "check", command: ["npm", "run", "--silent", "check"] },
  { name: "unit", command: ["npm", "run", "--silent", "unit"], mocha: true },
  { name: "e2e", command: ["npm", "run", "--silent", "e2e"], mocha: true },
];

/** Runs a command, passes its output on, and returns it with the exit code. */
function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
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
  if (!step.mocha) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const [passed, failed] = [sum("passing"), sum("failing")];
  const broken = (code !== 0 || passed === 0) && failed === 0;
  return { passed, failed: broken ? 1 : failed };
}

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  console.log(`\n== ${step.name}`);
  const { passed, failed } = count(step, await run(step.command));
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
