/**
 * `npm run mutation`: are the unit tests worth anything? Draws mutants of the folders that decide what is told (one changed
 * operator, condition or literal each), switches each on in a process of its own, and runs the unit tests that reach it until
 * one fails. Prints the rate by folder and every survivor; `survivors.md` says of known ones why they may live.
 *
 *   MUTATION_SEED=7 MUTATION_COUNT=600 npm run mutation
 *
 * The switches are StrykerJS's (its instrumenter); the runner is ours, as Stryker's own for mocha takes neither this mocha
 * nor test files that are loaded as TypeScript, and a fresh process for each mutant cannot hide one behind a cache.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerOf } from "./compiled.mjs";
import { allMutants, draw, instrumentOnly, type Mutant, mutatedFolders } from "./mutants.mjs";
import type { Answer, Order, TestRun } from "./worker";

type Verdict = "killed" | "endless" | "survived" | "not reached";

/** What one mutant came to. */
interface Result {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  /** The test that failed. */
  readonly by?: string;
}

/**
 * Left out: they are about amounts of work, sockets and half-typed code, and each survivor would pay for them with as much
 * time again as for all others. What they alone would kill counts as surviving; MUTATION_SLOW=1 takes them in.
 */
const slow = /^test\/(probe|workspace|mcp|lsp\/(typing|probe)|cli\/probe|frontends\/\w+\/robust)/;
const takesSlow = process.env["MUTATION_SLOW"] === "1";

const root = path.join(import.meta.dirname, "..", "..");
const seed = Number(process.env["MUTATION_SEED"] ?? Date.now() % 2 ** 31);
const count = Number(process.env["MUTATION_COUNT"] ?? 600);
const only = process.env["MUTATION_ONLY"]?.split(",");

async function main(): Promise<void> {
  const every = await allMutants(root);
  console.log(`MUTATION_SEED=${String(seed)} MUTATION_COUNT=${String(count)}`);
  const { drawn, refused } = drawCompiling(every);
  console.log(
    `${String(drawn.length)} of ${String(every.length)} mutants drawn; ${String(refused)} others the compiler refuses`,
  );
  const sandbox = await prepare(drawn);
  try {
    const results = await judge(sandbox);
    report(results);
  } finally {
    rmSync(sandbox.folder, { recursive: true, force: true });
  }
}

/** Draws until there are enough that the compiler takes. */
function drawCompiling(every: readonly Mutant[]): { drawn: readonly Mutant[]; refused: number } {
  const compiles = compilerOf(root);
  const drawn: Mutant[] = [];
  let refused = 0;
  for (const mutant of draw(every, every.length, seed)) {
    if (drawn.length >= count) break;
    if (compiles(mutant)) drawn.push(mutant);
    else refused++;
  }
  return { drawn: drawn.filter((m) => only?.includes(placeOf(m)) ?? true), refused };
}

interface Sandbox {
  readonly folder: string;
  readonly mutants: readonly Mutant[];
}

/** A copy of the repository in which the drawn mutants can be switched on. */
async function prepare(drawn: readonly Mutant[]): Promise<Sandbox> {
  const { mutants, files } = await instrumentOnly(root, drawn);
  const folder = mkdtempSync(path.join(tmpdir(), "cors-lens-mutation-"));
  const left = new Set(["node_modules", ".git", "dist", "out", ".cache"]);
  cpSync(root, folder, {
    recursive: true,
    filter: (from) => !left.has(path.relative(root, from)),
  });
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  mkdirSync(path.join(folder, ".git"));
  for (const [file, text] of files) writeFileSync(path.join(folder, file), text);
  return { folder, mutants };
}

/** Which tests pass and reach what, without a mutant. */
async function observe(
  folder: string,
): Promise<{ tests: readonly TestRun[]; loaded: ReadonlySet<string> }> {
  const files = readdirSync(path.join(folder, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`)
    .filter((file) => !file.startsWith("test/e2e/") && (takesSlow || !slow.test(file)))
    .sort();
  const answer = await work(folder, { files: files.map((file) => [file, undefined]) }, 600);
  if (!answer) throw new Error("the tests do not run without a mutant");
  const usable = answer.tests.filter(({ failed }) => !failed);
  for (const { file, title, failed } of answer.tests) {
    if (failed) console.log(`left out, as it fails in the copy: ${file}: ${title}`);
  }
  console.log(`${String(usable.filter(({ number }) => number >= 0).length)} tests`);
  return { tests: usable, loaded: new Set(Object.keys(answer.loaded)) };
}

async function judge({ folder, mutants }: Sandbox): Promise<readonly Result[]> {
  const { tests, loaded } = await observe(folder);
  const results: Result[] = [];
  for (const [i, mutant] of mutants.entries()) {
    const began = Date.now();
    const reaching = loaded.has(mutant.id) ? tests : testsReaching(tests, mutant.id);
    const result = { mutant, ...(await judgeOne(folder, mutant, reaching)) };
    results.push(result);
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(
      `${String(i + 1)} ${result.verdict} ${seconds} s (${String(reaching.length)} tests) ${describe(mutant)}${result.by === undefined ? "" : `\n    by ${result.by}`}`,
    );
  }
  return results;
}

/** The tests that pass a mutant; all of a file whose hooks do. */
function testsReaching(tests: readonly TestRun[], id: string): readonly TestRun[] {
  const whole = new Set(tests.filter((t) => t.number === -1 && t.hits[id]).map((t) => t.file));
  return tests.filter((test) => whole.has(test.file) || test.hits[id]);
}

async function judgeOne(
  folder: string,
  { id }: Mutant,
  reaching: readonly TestRun[],
): Promise<Pick<Result, "verdict" | "by">> {
  if (reaching.length === 0) return { verdict: "not reached" };
  const hits = reaching.reduce((sum, test) => sum + (test.hits[id] ?? 0), 0);
  const milliseconds = reaching.reduce((sum, test) => sum + test.milliseconds, 0);
  const order = { files: quickestFirst(reaching), hitLimit: 100_000 + hits * 100 };
  const answer = await work(folder, order, 20 + Math.ceil((milliseconds * 4) / 1000), id);
  if (!answer) return { verdict: "endless" };
  const failure = answer.tests.find(({ failed }) => failed);
  return failure
    ? { verdict: "killed", by: `${failure.file}: ${failure.title}` }
    : { verdict: "survived" };
}

/** By file, the one first whose tests take the least time. */
function quickestFirst(tests: readonly TestRun[]): Order["files"] {
  const files = new Map<string, { numbers: number[]; cost: number }>();
  for (const { file, number, milliseconds } of tests) {
    const entry = files.get(file) ?? { numbers: [], cost: 0 };
    if (number >= 0) entry.numbers.push(number);
    entry.cost += milliseconds;
    files.set(file, entry);
  }
  return [...files]
    .sort(([, a], [, b]) => a.cost - b.cost)
    .map(([file, { numbers }]) => [file, numbers]);
}

/** Has a process run tests; nothing when it broke down or used more CPU seconds than it may. */
function work(
  folder: string,
  order: Order,
  cpuSeconds: number,
  mutant?: string,
): Promise<Answer | undefined> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "cors-lens-order-")), "order.json");
  writeFileSync(file, JSON.stringify(order));
  const command = `ulimit -t ${String(cpuSeconds)}; exec "$0" --import tsx test/mutation/worker.ts "$1"`;
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", command, process.execPath, file], {
      cwd: folder,
      stdio: ["ignore", "ignore", process.env["MUTATION_LOG"] === undefined ? "ignore" : "inherit"],
      env: {
        ...process.env,
        ...(mutant === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: mutant }),
      },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), cpuSeconds * 10_000);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? (JSON.parse(readFileSync(file, "utf8")) as Answer) : undefined);
      rmSync(path.dirname(file), { recursive: true, force: true });
    });
  });
}

function report(results: readonly Result[]): void {
  console.log("\n| folder | mutants | killed | endless | survived | not reached | rate |");
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const folder of [...mutatedFolders, ""]) {
    const of = results.filter(({ mutant }) => mutant.file.startsWith(`shared/src/${folder}`));
    const n = (verdict: Verdict): number => of.filter((r) => r.verdict === verdict).length;
    const [killed, endless] = [n("killed"), n("endless")];
    const rate = of.length === 0 ? "" : `${((100 * (killed + endless)) / of.length).toFixed(1)} %`;
    console.log(
      `| ${[folder || "all", of.length, killed, endless, n("survived"), n("not reached"), rate].join(" | ")} |`,
    );
  }
  console.log("\nsurvivors:");
  for (const { mutant, verdict } of results) {
    if (verdict === "survived" || verdict === "not reached")
      console.log(`${verdict}: ${describe(mutant)}`);
  }
}

/** Where a mutant begins, as `MUTATION_ONLY` names it. */
function placeOf({ file, start }: Mutant): string {
  return `${file.replace("shared/src/", "")}:${String(start.line + 1)}`;
}

function describe(mutant: Mutant): string {
  const short = (text: string): string => text.replace(/\s+/g, " ").slice(0, 110);
  return `${placeOf(mutant)} ${mutant.mutator}: ${short(mutant.original)} -> ${short(mutant.replacement)}`;
}

void main();
