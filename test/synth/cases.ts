/** The stacks of this folder: synthesized by aws-cdk-lib, and read by our own reader. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type * as cdk from "aws-cdk-lib";
import { link } from "../../shared/src/readers/link";
import type { CorsModel } from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";
import type { Json } from "./template";

const folder = join(__dirname, "stacks");

export interface Case {
  readonly name: string;
  /** The module that makes the app or exports a stack. */
  readonly main: string;
  /** Files that our reader gets. */
  readonly files: readonly string[];
  /** The same in Python. */
  readonly twin?: readonly string[];
}

/** Every stack: a file, or a folder whose `app.ts` is the program. */
export function cases(): readonly Case[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith("__"));
  return names.flatMap((name): Case[] => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) {
      const files = filesUnder(path);
      const main = files.find((file) => /^app\.[jt]s$/.test(basename(file)));
      const python = files.filter((file) => file.endsWith(".py"));
      if (main === undefined) return [];
      const others = files.filter((file) => !file.endsWith(".py"));
      return [{ name, main, files: others, ...(python.length > 0 ? { twin: python } : {}) }];
    }
    if (!/\.[jt]s$/.test(name)) return [];
    const stem = name.replace(/\.[jt]s$/, "");
    const twin = `${stem}.py`;
    return [
      {
        name: stem,
        main: path,
        files: [path],
        ...(names.includes(twin) ? { twin: [join(folder, twin)] } : {}),
      },
    ];
  });
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === "__pycache__" ? [] : filesUnder(inner);
    return [inner];
  });
}

/** The model of some files, as our reader sees it. */
export async function modelOf(files: readonly string[]): Promise<CorsModel> {
  const texts = files.map(
    (file) => [file.slice(folder.length), readFileSync(file, "utf8")] as const,
  );
  return link(await memoryProject(new Map(texts)));
}

/** The templates that a module's app or stack makes. */
export async function synthesize(main: string): Promise<readonly Json[]> {
  return assembled(async () => (await import(main)) as Readonly<Record<string, unknown>>);
}

/** The templates of what some code exports, made where nothing is bundled or validated. */
export async function assembled(
  load: () => Promise<Readonly<Record<string, unknown>>>,
  context: Readonly<Record<string, unknown>> = {},
): Promise<readonly Json[]> {
  // Once for all, and late: it takes seconds to load.
  const library = await import("aws-cdk-lib");
  process.env["CDK_VALIDATION"] = "false";
  process.env["CDK_CONTEXT_JSON"] = JSON.stringify({
    "aws:cdk:bundling-stacks": [],
    "aws:cdk:enable-path-metadata": true,
    "aws:cdk:enable-asset-metadata": false,
    "aws:cdk:version-reporting": false,
    ...context,
  });
  const assembly = appOf(library, await load()).synth();
  const nested = readdirSync(assembly.directory).filter((file) =>
    file.endsWith(".nested.template.json"),
  );
  return [
    ...assembly.stacksRecursively.map((stack) => stack.template as Json),
    ...nested.map(
      (file) => JSON.parse(readFileSync(join(assembly.directory, file), "utf8")) as Json,
    ),
  ];
}

/** An exported `app`, or an app around the exported stack. */
function appOf(library: typeof cdk, loaded: Readonly<Record<string, unknown>>): cdk.App {
  if (loaded["app"] instanceof library.App) return loaded["app"];
  const stacks = Object.values(loaded).filter(
    (value): value is new (scope: cdk.App, id: string) => cdk.Stack =>
      typeof value === "function" && value.prototype instanceof library.Stack,
  );
  const app = new library.App();
  for (const [index, Made] of stacks.entries()) new Made(app, `Stack${index}`);
  return app;
}
