import path from "node:path";
import { Option } from "commander";
import { withoutCommands } from "../../../shared/src/base/printable";
import { namedBytes } from "../files/disk";
import { decode } from "../files/decode";
import { reasonOf } from "../files/door";
import { type Exit, type Register, UserError, type CliHost } from "./command";

interface JudgeFlags {
  readonly har?: boolean;
  readonly format: "jsonl" | "text";
}

/** `cors-lens judge <file>` */
export const registerJudge: Register = (program, world, exit) => {
  program
    .command("judge")
    .description("say what a browser makes of recorded exchanges, without sending anything")
    .argument("<file>", "exchanges as JSON lines, or a HAR file")
    .option("--har", "the file is a HAR file (the default for names that end with .har)")
    .addOption(
      new Option("--format <format>", "how to report").choices(["text", "jsonl"]).default("text"),
    )
    .action(async (file: string, flags: JudgeFlags) => {
      exit(await judge(file, flags, world));
    });
};

async function judge(file: string, flags: JudgeFlags, world: CliHost): Promise<Exit> {
  const text = textOf(file, world.cwd);
  const { judgeFile } = await import("../probe");
  const har = flags.har ?? file.endsWith(".har");
  const { output, exitCode, errors } = judgeFile(text, { har, format: flags.format });
  world.write(withoutCommands(output));
  for (const error of errors) world.stderr(`cors-lens: ${file}: ${error}\n`);
  return exitCode;
}

/** Recordings of browsers reach some hundred megabytes. */
const largest = 512 * 1024 * 1024;

function textOf(file: string, cwd: string): string {
  let bytes: Uint8Array;
  try {
    bytes = namedBytes(path.resolve(cwd, file), largest);
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${reasonOf(error)}`);
  }
  const content = decode(bytes);
  if (!content) throw new UserError(`cannot read ${file}: it is binary`);
  return content.text;
}
