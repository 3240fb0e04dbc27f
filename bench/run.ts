/** `npm run bench [-- --quick | --real DIR…]`: how long CORS Lens takes, and how much of that could not be less. See README.md. */
import * as esbuild from "esbuild";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { leanTypeScript } from "../scripts/lean-typescript.mjs";
import { alternately, costs, median, outputOf, processTime, Server } from "./measure";
import { loadParsers } from "./parsers";
import { probeCost } from "./probe";
import { growth, heading, print } from "./table";
import { makeHeavyWorkspace, makeIdleWorkspace, makeWorkspace, type Workspace } from "./workspace";

const root = path.resolve(__dirname, "..");
const out = path.join(tmpdir(), "cors-lens-bench");
const dist = path.join(root, "dist");
process.env.CORS_LENS_DIST = dist;

const quick = process.argv.includes("--quick");
/** Checkouts that are measured instead of generated workspaces. */
const real = process.argv.includes("--real")
  ? process.argv.slice(process.argv.indexOf("--real") + 1).filter((word) => !word.startsWith("--"))
  : undefined;
const sizes = quick ? [200, 2000] : [200, 2000, 10_000];
const runs = quick ? 3 : 5;
const keystrokes = quick ? 15 : 40;
const edits = quick ? 300 : 10_000;

/** The least work, with TypeScript's parser as TypeScript is published, and with it as our package has it. */
const floors = { published: path.join(out, "floor.js"), lean: path.join(out, "lean/floor.js") };

async function main(): Promise<void> {
  await build(out, []);
  await build(path.join(out, "lean"), [bareParser, leanTypeScript]);
  heading();
  if (real) {
    for (const folder of real)
      checkCost(path.resolve(folder), path.basename(folder), quick ? 1 : 3);
    return;
  }
  await heavy();
  for (const files of sizes) {
    const workspace = makeWorkspace(path.join(out, `files-${files}`), files);
    await coldCheck(workspace);
    await server(workspace);
  }
  await idle();
  await probing();
  growth();
}

/** Where TypeScript is asked for, the compiler that ts-morph carries, which `leanTypeScript` opens. */
const bareParser: esbuild.Plugin = {
  name: "bare-parser",
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, ({ resolveDir }) =>
      build.resolve("ts-morph", { kind: "import-statement", resolveDir }),
    );
  },
};

async function build(outdir: string, plugins: esbuild.Plugin[]): Promise<void> {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["bench/floor.ts", "bench/parsers.ts", "bench/nothing.ts"],
    external: ["./parsers"],
    outdir,
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
    plugins,
  });
}

async function coldCheck(workspace: Workspace): Promise<void> {
  const { folder, files } = workspace;
  const check = [
    path.join(dist, "cli.js"),
    "check",
    folder,
    "--format",
    "json",
    "--fail-on",
    "never",
  ];
  const report = outputOf(check);
  for (const floor of Object.values(floors)) assertSameFiles(report, outputOf([floor, folder]));
  const [ours = NaN, floor = NaN, lean = NaN] = await alternately(runs, [
    () => processTime(check),
    () => processTime([floors.published, folder]),
    () => processTime([floors.lean, folder]),
  ]);
  const row = { files, ours, unit: "ms" } as const;
  print({ ...row, what: "cold check; floor: read and parse", floor });
  print({ ...row, what: "cold check; floor: the same with the parser as we pack it", floor: lean });
  if (files > 2000) return;
  const config = path.join(root, "bench/peer.config.mjs");
  const eslint = path.join(root, "node_modules/eslint/bin/eslint.js");
  const [peer = NaN] = await alternately(quick ? 1 : 3, [
    () => processTime([eslint, "--no-config-lookup", "--config", config, "."], folder),
  ]);
  print({ ...row, what: "cold check; beside: ESLint S5122", floor: peer });
  if (files === sizes[0]) await besideSynthesis(workspace, ours);
}

/** `check` of a folder beside reading and parsing the same files: on the wall, and on the processor. */
function checkCost(folder: string, name: string, times: number): void {
  const check = [path.join(dist, "cli.js"), "check", folder, "--format", "json"];
  const args = [...check, "--fail-on", "never"];
  const { stats } = JSON.parse(outputOf(args)) as { stats: { parsed: number } };
  const floor = [floors.published, folder];
  const parsed = Number(outputOf(floor));
  const [ours, least] = costs(times, [args, floor]);
  const note = parsed === stats.parsed ? "" : ` ${parsed} files`;
  for (const [clock, what] of [
    ["wall", "check"],
    ["cpu", "CPU of the check"],
  ] as const) {
    const row = { files: stats.parsed, ours: ours?.[clock] ?? NaN, floor: least?.[clock] ?? NaN };
    print({ ...row, what: `${what}, ${name}; floor: read and parse${note}`, unit: "ms" });
  }
}

/** Handlers of 340 to 790 lines, and a keystroke in one of them and in one of 1,000. */
async function heavy(): Promise<void> {
  const { folder, handler, long, files } = makeHeavyWorkspace(path.join(out, "heavy"));
  checkCost(folder, "24 heavy handlers", runs);
  const own = new Server(path.join(dist, "server.js"));
  await own.initialize(folder);
  for (const file of [handler, long]) await own.open(file);
  await own.scanned();
  const parsers = await loadParsers(new Set(["typescript"]));
  for (const [what, file] of [
    ["handler of 400 lines", handler],
    ["handler of 1,000 lines", long],
  ] as const) {
    const ours = median(await strokes(own, file, quick ? 3 : 10));
    const floor = parseTime(parsers.typescript, file);
    print({ what: `keystroke, ${what}; floor: one parse`, files, ours, floor, unit: "ms" });
  }
  own.stop();
}

/** The application's own program, as `cdk synth` runs it, without the bundling of its functions. */
async function besideSynthesis({ stack, files }: Workspace, ours: number): Promise<void> {
  const environment = {
    NODE_PATH: path.join(root, "node_modules"),
    CDK_OUTDIR: mkdtempSync(path.join(out, "cdk.out-")),
    CDK_CONTEXT_JSON: JSON.stringify({ "aws:cdk:bundling-stacks": [] }),
  };
  const loader = `file://${path.join(root, "node_modules/tsx/dist/loader.mjs")}`;
  const folder = path.dirname(path.dirname(stack));
  const [synthesis = NaN] = await alternately(quick ? 1 : 3, [
    () => processTime(["--import", loader, stack], folder, environment),
  ]);
  print({ what: "cold check; beside: synthesis", files, ours, floor: synthesis, unit: "ms" });
}

/** The floor would be none if it parsed other files than those that a check has to. */
function assertSameFiles(report: string, floor: string): void {
  const { stats } = JSON.parse(report) as { stats: { parsed: number } };
  if (Number(floor) > 0 && Number(floor) <= stats.parsed) return;
  throw new Error(`the floor parses ${floor.trim()} files, the check ${stats.parsed}`);
}

async function server(workspace: Workspace): Promise<void> {
  const { folder, files, stack, handler } = workspace;
  await start(workspace);
  const bare = new Server(path.join(out, "nothing.js"));
  await bare.initialize(folder);
  const bareMemory = bare.memory;
  bare.stop();
  const own = new Server(path.join(dist, "server.js"));
  const began = performance.now();
  await own.initialize(folder);
  for (const file of [stack, handler]) await own.open(file);
  await own.diagnostics(stack);
  const first = performance.now() - began;
  await own.scanned();
  print({
    what: "first diagnostics of an open file; beside: of the workspace",
    files,
    ours: first,
    floor: performance.now() - began,
    unit: "ms",
  });
  print({
    what: "memory after the scan; floor: a server that does nothing",
    files,
    ours: own.memory,
    floor: bareMemory,
    unit: "MB",
  });
  const parsers = await loadParsers(new Set(["typescript"]));
  for (const [what, file] of [
    ["stack of 500 lines", stack],
    ["handler of 50 routes", handler],
  ] as const) {
    const ours = median(await strokes(own, file));
    const floor = parseTime(parsers.typescript, file);
    print({ what: `keystroke, ${what}; floor: one parse`, files, ours, floor, unit: "ms" });
  }
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

async function start({ folder, files }: Workspace): Promise<void> {
  const startOf = (program: string) => async (): Promise<number> => {
    const began = performance.now();
    const started = new Server(program);
    await started.initialize(folder);
    const took = performance.now() - began;
    started.stop();
    return took;
  };
  const [ours = NaN, floor = NaN] = await alternately(runs * 3, [
    startOf(path.join(dist, "server.js")),
    startOf(path.join(out, "nothing.js")),
  ]);
  print({
    what: "initialize; floor: a server that does nothing",
    files,
    ours,
    floor,
    unit: "ms",
  });
}

function edited(file: string, i: number): string {
  return `${readFileSync(file, "utf8")}const edit = ${i};\n`;
}

async function strokes(server: Server, file: string, warmUp = 30): Promise<number[]> {
  // The first answers run code that is not compiled yet.
  for (let i = 0; i < warmUp; i++) await server.keystroke(file, edited(file, i));
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
    () => processTime([floors.published, folder]),
  ]);
  print({ what: "check where nothing has to do with CORS", files, ours, floor, unit: "ms" });
}

/** The floor is what so many requests take one behind the other. */
async function probing(): Promise<void> {
  const { requests, took, latency } = await probeCost(path.join(dist, "cli.js"));
  print({
    what: `probe of ${requests} requests; beside: them one by one`,
    files: 0,
    ours: took,
    floor: requests * latency,
    unit: "ms",
  });
}

void main();
