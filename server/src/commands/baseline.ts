import path from "node:path";
import { printableLines } from "../../../shared/src/base/printable";
import { Analysis } from "../workspace/analysis";
import { create } from "../files/save";
import { relativeTo, slashed } from "../workspace/paths";
import { reasonOf } from "../files/door";
import { baselineText } from "./baseline-file";
import { type Exit, type Register, UserError, type CliHost } from "./command";
import { reportOf, runAnalysis, tellFailures } from "./run";
import { targetsOf } from "./targets";

/** Where a baseline is written and looked for unless told otherwise. */
const usualName = "cors-lens-baseline.json";

/** `cors-lens baseline [paths…]` */
export const registerBaseline: Register = (program, world, exit) => {
  program
    .command("baseline")
    .description(
      "write down today's findings, so that `check --baseline FILE` reports new ones only",
    )
    .argument("[paths...]", "folders or files (default: the current folder)")
    .option("--output <file>", "the file to write", usualName)
    .action(async (paths: string[], { output }: { readonly output: string }) => {
      exit(await baseline(paths, output, world));
    });
};

async function baseline(paths: readonly string[], output: string, world: CliHost): Promise<Exit> {
  const targets = await targetsOf(paths, world);
  const analysis = new Analysis(world.engine);
  await runAnalysis(analysis, targets, world);
  // A list that lacks an application would hide nothing today and fail tomorrow.
  if (tellFailures(analysis, targets, world)) return 2;
  const report = reportOf(analysis, targets);
  const file = slashed(path.resolve(world.cwd, output));
  try {
    await create(file, baselineText(report, path.posix.dirname(file)));
  } catch (error) {
    throw new UserError(`cannot write ${output}: ${reasonOf(error)}`);
  }
  const count = report.findings.length;
  const name = relativeTo(slashed(world.cwd), file);
  world.write(printableLines(`Wrote ${count} finding${count === 1 ? "" : "s"} to ${name}.\n`));
  return 0;
}
