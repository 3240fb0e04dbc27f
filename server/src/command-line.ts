/** The command line: parses arguments, runs a command, answers with its exit code. */
import { Command, CommanderError } from "commander";
import { registerBaseline } from "./commands/baseline";
import { registerCheck } from "./commands/check";
import { type Exit, type CliStreams, type Register, UserError, hostOf } from "./commands/command";
import { registerContract } from "./commands/contract";
import { registerExplain } from "./commands/explain";
import { registerJudge } from "./commands/judge";
import { registerMcp } from "./commands/mcp";
import { registerModel } from "./commands/model";
import { registerRule } from "./commands/rule";
import { registerProbe } from "./commands/probe";

const commands: readonly Register[] = [
  registerCheck,
  registerBaseline,
  registerModel,
  registerJudge,
  registerExplain,
  registerContract,
  registerRule,
  registerProbe,
  registerMcp,
];

/**
 * Runs `cors-lens` with arguments (without `node` and the script). Exit codes: 0 nothing to report, 1 findings at or
 * above `--fail-on` or more warnings than `--max-warnings`, 2 could not run.
 */
export async function runCommandLine(
  args: readonly string[],
  host: CliStreams,
  version: string,
): Promise<Exit> {
  const world = hostOf(host);
  let code: Exit = 0;
  const program = new Command("cors-lens")
    .description(
      "Finds CORS mistakes in AWS CDK stacks and Lambda handlers before the browser does.",
    )
    .version(version)
    .showHelpAfterError("(--help explains the arguments)")
    .exitOverride()
    .configureOutput({ writeOut: world.write, writeErr: world.stderr });
  for (const register of commands) register(program, world, (exit) => (code = exit));
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Commander has written what was wrong with the arguments; `--help` and `--version` end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UserError) world.stderr(`cors-lens: ${error.message}\n`);
    else world.stderr(`cors-lens: internal error\n${stackOf(error)}\n`);
    return 2;
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
