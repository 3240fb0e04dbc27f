import path from "node:path";
import { exists } from "../files/disk";
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { InvalidArgumentError, Option } from "commander";
import type { Finding, Severity } from "../../../shared/src/finding";
import { githubReport } from "../report/github";
import { jsonReport } from "../report/json";
import { printableJson, printableLines } from "../../../shared/src/base/printable";
import type { Report } from "../report/report";
import { sarifReport } from "../report/sarif";
import { textReport } from "../report/text";
import { Analysis } from "../workspace/analysis";
import { decode } from "../files/decode";
import { foldersAbove, isWithin, fromFolder, slashed } from "../workspace/paths";
import { beyondBaseline } from "./baseline-file";
import { type Exit, type Register, UserError, type CliHost } from "./command";
import { Drafts, fixAll, toDisk } from "./fix";
import { reportOf, runAnalysis, tellFailures } from "./run";
import { type Targets, targetOfInput, targetsOf } from "./targets";

type FailOn = Severity | "never";

interface CheckFlags {
  readonly format: keyof typeof formats;
  readonly failOn: FailOn;
  readonly maxWarnings?: number;
  readonly baseline?: string;
  readonly stdinFilename?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly diff?: boolean;
  readonly gaps?: boolean;
}

/** `cors-lens check [paths…]` */
export const registerCheck: Register = (program, world, exit) => {
  program
    .command("check", { isDefault: false })
    .description(
      "report CORS mistakes in CDK apps, their Lambda handlers and the pages that call them",
    )
    .argument("[paths...]", "folders or files (default: the current folder)")
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(Object.keys(formats))
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that makes the exit code 1")
        .choices(["error", "warning", "information", "never"])
        .default("error"),
    )
    .option("--max-warnings <n>", "more warnings than this make the exit code 1", wholeNumber)
    .option("--baseline <file>", "leave out the findings that `cors-lens baseline` wrote down")
    .addOption(
      new Option(
        "--stdin-filename <file>",
        "check the text on standard input in place of this file's, with its application",
      ).conflicts("fix"),
    )
    .option("--fix", "apply the safe fixes, then report what is left")
    .option("--dry-run", "with --fix: say what it would change, and change nothing")
    .option("--diff", "with --fix: print what it would change as a patch, and change nothing")
    .option("--gaps", "list what could not be understood (text format)")
    .addHelpText(
      "after",
      "\nExit codes: 0 nothing to report, 1 findings (--fail-on, --max-warnings), 2 could not run.",
    )
    .action(async (paths: string[], flags: CheckFlags) => {
      exit(await check(paths, flags, world));
    });
};

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It has to be a whole number from 0.");
  return Number(text);
}

async function check(paths: readonly string[], flags: CheckFlags, world: CliHost): Promise<Exit> {
  if (!flags.fix && (flags.dryRun || flags.diff))
    throw new UserError(`--${flags.diff ? "diff" : "dry-run"} belongs to --fix`);
  const drafts = flags.dryRun || flags.diff ? new Drafts() : undefined;
  const { targets, analysis } = await beginning(paths, flags, world, drafts);
  const update = (): Promise<void> => runAnalysis(analysis, targets, world);
  await update();
  if (flags.fix) {
    const findings = (): readonly Finding[] => reportOf(analysis, targets).findings;
    const keep = drafts?.keep ?? toDisk(analysis);
    const changed = await fixAll(analysis, findings, { update, keep });
    if (flags.diff) return patch(changed, analysis, targets, world);
    const said = drafts ? "would fix" : "fixed";
    for (const file of changed) world.stderr(`${said} ${fromFolder(targets.cwd, file)}\n`);
  }
  const whole = reportOf(analysis, targets);
  const report = flags.baseline === undefined ? whole : news(whole, flags.baseline, targets, world);
  world.write(formats[flags.format](report, flags, world));
  if (tellFailures(analysis, targets, world)) return 2;
  return fails(report.findings, flags) ? 1 : 0;
}

/** What the fixes change, as a patch; exit code 1 where there is anything. */
function patch(
  changed: ReadonlySet<string>,
  analysis: Analysis,
  { cwd }: Targets,
  world: CliHost,
): Exit {
  const onDisk = new Analysis(world.engine).sources;
  onDisk.admit([...changed].map((file) => path.posix.dirname(file)));
  const patches = [...changed].sort().map((file) => {
    const name = fromFolder(cwd, file);
    const texts = [onDisk.text(file) ?? "", analysis.sources.text(file) ?? ""] as const;
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, ...texts, undefined, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    });
  });
  const lines = patches.join("").split("\r\n");
  world.write(lines.map(printableLines).join("\r\n"));
  return patches.length > 0 ? 1 : 0;
}

interface Beginning {
  readonly targets: Targets;
  readonly analysis: Analysis;
}

async function beginning(
  paths: readonly string[],
  { stdinFilename }: CheckFlags,
  world: CliHost,
  drafts: Drafts | undefined,
): Promise<Beginning> {
  if (stdinFilename === undefined) {
    const analysis = new Analysis(world.engine, drafts?.text);
    return { targets: await targetsOf(paths, world), analysis };
  }
  if (paths.length > 0)
    throw new UserError("--stdin-filename checks one file: leave out the paths");
  const targets = targetOfInput(stdinFilename, world.cwd);
  const content = decode(await world.input());
  if (!content) throw new UserError("cannot check standard input: it is binary");
  const unsaved = (file: string): string | undefined =>
    file === targets.file ? content.text : undefined;
  return { targets, analysis: new Analysis(world.engine, unsaved) };
}

/** The report without what the baseline knows. */
function news(report: Report, baseline: string, { includes }: Targets, world: CliHost): Report {
  const file = slashed(path.resolve(world.cwd, baseline));
  const { findings, known, gone } = beyondBaseline(report, file, includes);
  const left =
    gone > 0 ? `; ${gone} of its entries are gone (\`cors-lens baseline\` drops them)` : "";
  world.stderr(`cors-lens: ${known} known findings left out by ${baseline}${left}\n`);
  return { ...report, findings };
}

type Format = (report: Report, flags: CheckFlags, world: CliHost) => string;

const formats = {
  text: (report, { gaps = false }, { color }) => textReport(report, { color, gaps }),
  json: (report) => `${printableJson(jsonReport(report))}\n`,
  sarif: (report, _flags, world) => {
    const options = { base: checkout(report, world), rules: world.engine.rules };
    return `${printableJson(sarifReport(report, options))}\n`;
  },
  github: (report, _flags, world) => githubReport(report, checkout(report, world)),
} satisfies Record<string, Format>;

/** Services want paths from the top of the repository, whatever folder of it was checked. */
function checkout({ root }: Report, world: CliHost): string {
  const repository = [root, ...foldersAbove(root)].find((folder) => exists(`${folder}/.git`));
  const cwd = slashed(world.cwd);
  return repository ?? (isWithin(cwd, root) ? cwd : root);
}

const order: readonly Severity[] = ["error", "warning", "information"];

function fails(findings: readonly Finding[], { failOn, maxWarnings }: CheckFlags): boolean {
  const count = (of: readonly Severity[]): number =>
    findings.filter(({ severity }) => of.includes(severity)).length;
  if (maxWarnings !== undefined && count(["warning"]) > maxWarnings) return true;
  return failOn !== "never" && count(order.slice(0, order.indexOf(failOn) + 1)) > 0;
}
