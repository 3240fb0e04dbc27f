/** `npm run bench [-- --quick]`: how long CORS Lens takes, and how much of that could not be less. See README.md. */
import * as esbuild from "esbuild";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { alternately, median, outputOf, processTime, Server } from "./measure";
import { loadParsers } from "./parsers";
import { makeIdleWorkspace, makeWorkspace, type Workspace } from "./workspace";

const root = path.resolve(__dirname, "..");
const out = path.join(tmpdir(), "cors-lens-bench");
const dist = path.join(root, "dist");
process.env.CORS_LENS_DIST = dist;

const quick = process.argv.includes("--quick");
const sizes = quick ? [200, 2000] : [200, 2000, 10_000];
const runs = quick ? 3 : 5;
const keystrokes = quick ? 15 : 40;
const edits = quick ? 300 : 10_000;

interface Row {
  readonly what: string;
  readonly files: number;
  readonly ours: number;
  readonly floor: number;
  readonly unit: "ms" | "MB";
}

async function main(): Promise<void> {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["bench/floor.ts", "bench/parsers.ts", "bench/nothing.ts"],
    external: ["./parsers"],
    outdir: out,
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    supported: { "dynamic-import": false },
    alias: {
      "web-tree-sitter": path.join(root, "node_modules/web-tree-sitter/web-tree-sitter.cjs"),
    },
  });
  heading();
  for (const files of sizes) {
    const workspace = makeWorkspace(path.join(out, `files-${files}`), files);
    await coldCheck(workspace);
    await server(workspace);
  }
  await idle();
}

async function coldCheck({ folder, files }: Workspace): Promise<void> {
  const check = [
    path.join(dist, "cli.js"),
    "check",
    folder,
    "--format",
    "json",
    "--fail-on",
    "never",
  ];
  assertSameFiles(outputOf(check), outputOf([path.join(out, "floor.js"), folder]));
  const [ours = NaN, floor = NaN] = await alternately(runs, [
    () => processTime(check),
    () => processTime([path.join(out, "floor.js"), folder]),
  ]);
  print({ what: "cold check; floor: read and parse", files, ours, floor, unit: "ms" });
  if (files > 2000) return;
  const config = path.join(root, "bench/peer.config.mjs");
  const eslint = path.join(root, "node_modules/eslint/bin/eslint.js");
  const [peer = NaN] = await alternately(quick ? 1 : 3, [
    () => processTime([eslint, "--no-config-lookup", "--config", config, "."], folder),
  ]);
  print({ what: "cold check; beside: ESLint S5122", files, ours, floor: peer, unit: "ms" });
}

/** The floor would be none if it parsed other files than those that a check has to. */
function assertSameFiles(report: string, floor: string): void {
  const { stats } = JSON.parse(report) as { stats: { parsed: number } };
  if (Number(floor) > 0 && Number(floor) <= stats.parsed) return;
  throw new Error(`the floor parses ${floor.trim()} files, the check ${stats.parsed}`);
}

async function server(workspace: Workspace): Promise<void> {
  const { folder, files, stack, handler } = workspace;
  const startOf = (program: string) => async (): Promise<number> => {
    const began = performance.now();
    const started = new Server(program);
    await started.initialize(folder);
    const took = performance.now() - began;
    started.stop();
    return took;
  };
  const [start = NaN, bareStart = NaN] = await alternately(runs, [
    startOf(path.join(dist, "server.js")),
    startOf(path.join(out, "nothing.js")),
  ]);
  print({
    what: "initialize; floor: a server that does nothing",
    files,
    ours: start,
    floor: bareStart,
    unit: "ms",
  });
  const bare = new Server(path.join(out, "nothing.js"));
  await bare.initialize(folder);
  const bareMemory = bare.memory;
  bare.stop();
  const own = new Server(path.join(dist, "server.js"));
  await own.initialize(folder);
  for (const file of [stack, handler]) await own.open(file);
  const parsers = await loadParsers(new Set(["typescript"]));
  for (const [what, file] of [
    ["stack of 500 lines", stack],
    ["handler of 50 routes", handler],
  ] as const) {
    const ours = median(await strokes(own, file));
    const floor = parseTime(parsers.typescript, file);
    print({ what: `keystroke, ${what}; floor: one parse`, files, ours, floor, unit: "ms" });
  }
  print({
    what: "memory after the scan; floor: a server that does nothing",
    files,
    ours: own.memory,
    floor: bareMemory,
    unit: "MB",
  });
  const before = own.memory;
  if (files === sizes.at(-1)) {
    for (let i = 0; i < edits; i++) await own.keystroke(handler, edited(handler, i));
    print({
      what: `memory after ${edits} edits; beside: before them`,
      files,
      ours: own.memory,
      floor: before,
      unit: "MB",
    });
  }
  own.stop();
}

function edited(file: string, i: number): string {
  return `${readFileSync(file, "utf8")}const edit = ${i};\n`;
}

async function strokes(server: Server, file: string): Promise<number[]> {
  // The first answers wait for the scan, and run code that is not compiled yet.
  for (let i = 0; i < 10; i++) await server.keystroke(file, edited(file, i));
  const times: number[] = [];
  for (let i = 0; i < keystrokes; i++) times.push(await server.keystroke(file, edited(file, -i)));
  return times;
}

function parseTime(parse: (file: string, text: string) => void, file: string): number {
  const times = Array.from({ length: keystrokes * 2 }, (_, i) => {
    const text = edited(file, i);
    const began = performance.now();
    parse(file, text);
    return performance.now() - began;
  });
  return median(times.slice(keystrokes));
}

async function idle(): Promise<void> {
  const { folder, files } = makeIdleWorkspace(path.join(out, "idle"), 2000);
  const [ours = NaN, floor = NaN] = await alternately(runs, [
    () => processTime([path.join(dist, "cli.js"), "check", folder]),
    () => processTime([path.join(out, "floor.js"), folder]),
  ]);
  print({ what: "check where nothing has to do with CORS", files, ours, floor, unit: "ms" });
}

const widths = [62, 7, 12, 12, 7];

function line(cells: readonly string[]): void {
  const padded = cells.map((cell, i) =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
  );
  process.stdout.write(`| ${padded.join(" | ")} |\n`);
}

function heading(): void {
  line(["what", "files", "CORS Lens", "beside", "ratio"]);
  line(widths.map((width) => "-".repeat(width)));
}

function print({ what, files, ours, floor, unit }: Row): void {
  const figure = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  line([what, String(files), figure(ours), figure(floor), (ours / floor).toFixed(2)]);
}

void main();
