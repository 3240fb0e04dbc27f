import { isObject } from "../../../shared/src/base/json";
import path from "node:path";
import { Option } from "commander";
import { contractOf, type ContractCall } from "../../../shared/src/contract";
import { printableJson, withoutCommands } from "../../../shared/src/base/printable";
import { namedBytes } from "../files/disk";
import { reasonOf } from "../files/door";
import {
  type AppContract,
  changesBetween,
  changesMarkdown,
  changesText,
  type Contract,
  contractJson,
  contractMarkdown,
  contractText,
  type Where,
} from "../report/contract";
import { Places } from "../report/report";
import { Analysis } from "../workspace/analysis";
import { fromFolder } from "../workspace/paths";
import { type CliHost, type Exit, type Register, UserError } from "./command";
import { runAnalysis, tellFailures } from "./run";
import { targetsOf, type Standing } from "./targets";

type Format = "text" | "markdown" | "json";

interface ContractFlags {
  readonly format: Format;
  readonly against?: string;
}

/** `cors-lens contract [paths…]` */
export const registerContract: Register = (program, world, exit) => {
  program
    .command("contract")
    .description(
      "list every call that pages may make: allowed, blocked at which step, or unknown and why",
    )
    .argument("[paths...]", "folders or files of applications (default: the current folder)")
    .addOption(
      new Option("--format <format>", "how to print it")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .option(
      "--against <file>",
      "what the code opens, closes or breaks of a contract that was printed with --format json",
    )
    .addHelpText(
      "after",
      "\nExit codes: 0 printed, or the same as --against; 1 differs; 2 could not run.",
    )
    .action(async (paths: string[], flags: ContractFlags) => {
      exit(await contract(paths, flags, world));
    });
};

async function contract(
  paths: readonly string[],
  { format, against }: ContractFlags,
  world: CliHost,
): Promise<Exit> {
  const before = against === undefined ? undefined : read(against, world.cwd);
  const { apps, where, failed } = await contractsOf(paths, world, world, before);
  if (!before) {
    world.write(withoutCommands(printed[format](apps, where)));
    return failed ? 2 : 0;
  }
  const changes = changesBetween(before, contractJson(apps));
  const texts = {
    text: changesText,
    markdown: changesMarkdown,
    json: (all: typeof changes) => `${printableJson({ version: 1, changes: all })}\n`,
  };
  world.write(withoutCommands(texts[format](changes)));
  if (failed) return 2;
  return changes.length > 0 ? 1 : 0;
}

const printed: Readonly<Record<Format, (apps: readonly AppContract[], where: Where) => string>> = {
  text: contractText,
  markdown: contractMarkdown,
  json: (apps) => `${printableJson(contractJson(apps))}\n`,
};

/** The contracts of the applications that the paths belong to, by their folders. */
export async function contractsOf(
  paths: readonly string[],
  standing: Standing,
  world: CliHost,
  before?: Contract,
): Promise<{ apps: readonly AppContract[]; where: Where; failed: boolean }> {
  const targets = await targetsOf(paths, standing);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  const places = new Places((file) => analysis.sources.text(file));
  const apps = analysis.results
    .filter(({ app }) => targets.concerns(app))
    .map(({ app, model }) => {
      const root = fromFolder(targets.cwd, app.root) || ".";
      // Pages that the code names no more are asked about all the same.
      const asked = before?.apps.find((each) => each.root === root)?.calls ?? [];
      return { root, calls: contractOf(model, [...new Set(asked.map(({ origin }) => origin))]) };
    })
    .filter(({ calls }) => calls.length > 0)
    .sort((a, b) => (a.root < b.root ? -1 : 1));
  const where: Where = (at) => ({
    file: fromFolder(targets.cwd, at.file),
    ...places.of(at.file, at.start),
  });
  return { apps, where, failed: tellFailures(analysis, targets, world) };
}

/** More than any contract has, in bytes. */
const largest = 64 * 1024 * 1024;

function read(file: string, cwd: string): Contract {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(namedBytes(path.resolve(cwd, file), largest)).toString("utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is no JSON" : reasonOf(error);
    throw new UserError(`cannot read the contract ${file}: ${why}`);
  }
  if (isContract(value)) return value;
  throw new UserError(
    `cannot read the contract ${file}: it is no contract of version 1 (\`cors-lens contract --format json\` prints one)`,
  );
}

function isContract(value: unknown): value is Contract {
  const apps = isObject(value) && value["version"] === 1 ? value["apps"] : undefined;
  return (
    Array.isArray(apps) &&
    apps.every(
      (app) =>
        isObject(app) &&
        typeof app["root"] === "string" &&
        Array.isArray(app["calls"]) &&
        app["calls"].every(isCall),
    )
  );
}

const wanted: readonly (keyof ContractCall)[] = [
  "api",
  "construct",
  "method",
  "path",
  "origin",
  "credentials",
  "verdict",
];

function isCall(value: unknown): value is ContractCall {
  return isObject(value) && wanted.every((key) => typeof value[key] === "string");
}
