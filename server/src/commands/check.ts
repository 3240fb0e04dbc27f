import { Option } from "commander";
import type { Finding, Severity } from "../../../shared/src/finding";
import { jsonReport } from "../report/json";
import { textReport } from "../report/text";
import { Analysis } from "../workspace/analysis";
import { relativeTo } from "../workspace/paths";
import type { Exit, Register, World } from "./command";
import { fixAll } from "./fix";
import { reportOf, runAnalysis, tellFailures } from "./run";
import { targetsOf } from "./targets";

type FailOn = Severity | "never";

interface CheckFlags {
  readonly format: "text" | "json";
  readonly failOn: FailOn;
  readonly fix?: boolean;
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
      new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that makes the exit code 1")
        .choices(["error", "warning", "information", "never"])
        .default("error"),
    )
    .option("--fix", "apply the safe fixes, then report what is left")
    .option("--gaps", "list what could not be understood (text format)")
    .action(async (paths: string[], flags: CheckFlags) => {
      exit(await check(paths, flags, world));
    });
};

async function check(paths: readonly string[], flags: CheckFlags, world: World): Promise<Exit> {
  const targets = await targetsOf(paths, world.cwd);
  const analysis = new Analysis(world.engine);
  const update = (): Promise<void> => runAnalysis(analysis, targets, world);
  await update();
  if (flags.fix) {
    const findings = (): readonly Finding[] => reportOf(analysis, targets).findings;
    const changed = await fixAll(analysis, findings, update);
    for (const file of changed) world.complain(`fixed ${relativeTo(targets.root, file)}\n`);
  }
  const report = reportOf(analysis, targets);
  world.write(
    flags.format === "json"
      ? `${JSON.stringify(jsonReport(report), null, 2)}\n`
      : textReport(report, { color: world.color, gaps: flags.gaps ?? false }),
  );
  if (tellFailures(analysis, targets, world)) return 2;
  return fails(report.findings, flags.failOn) ? 1 : 0;
}

const order: readonly Severity[] = ["error", "warning", "information"];

function fails(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === "never") return false;
  const counting = order.slice(0, order.indexOf(failOn) + 1);
  return findings.some(({ severity }) => counting.includes(severity));
}
