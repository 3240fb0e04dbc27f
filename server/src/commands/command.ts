/** What the commands of the command line share. */
import type { Command } from "commander";
import { printableLine, printableLines } from "../../../shared/src/base/printable";
import type { Engine } from "../workspace/check";

/** The world as a command sees it; tests put in another. */
export interface CliHost {
  readonly engine: Engine;
  readonly cwd: string;
  /** The script of threads that help with large workspaces. */
  readonly worker?: string;
  /** Standard output, for reports: what comes from outside stands in them as `printable` has it. */
  readonly write: (text: string) => void;
  /** Standard error, in words. */
  readonly stderr: (text: string) => void;
  /** Replaces the last line of a terminal by another, or by none. */
  readonly status: (text: string) => void;
  /** All of standard input. */
  readonly input: () => Promise<Uint8Array>;
  /** Standard output understands colours. */
  readonly color: boolean;
  /** Standard error is a terminal, so progress can be shown and wiped away. */
  readonly showsProgress: boolean;
}

export type Exit = 0 | 1 | 2;

/** Adds a command; its action reports the exit code through `exit`. */
export type Register = (program: Command, world: CliHost, exit: (code: Exit) => void) => void;

/** What the program is given to write to and to read from; nothing is made printable there. */
export type CliStreams = Omit<CliHost, "status">;

/** The world of a program: words on standard error steer neither a terminal nor a CI service. */
export function hostOf(host: CliStreams): CliHost {
  const say = (text: string): void => host.stderr(printableLines(text));
  const status = (text: string): void => host.stderr(`\r\u001b[2K${printableLine(text)}`);
  return { ...host, stderr: say, status };
}

/** Something that the user can put right: printed as it is, without a stack, with exit code 2. */
export class UserError extends Error {
  override readonly name = "UserError";
}
