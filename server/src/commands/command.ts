/** What the commands of the command line share. */
import type { Command } from "commander";
import type { Engine } from "../workspace/check";

/** The world as a command sees it; tests put in another. */
export interface CliHost {
  readonly engine: Engine;
  readonly cwd: string;
  /** The script of threads that help with large workspaces. */
  readonly worker?: string;
  /** Standard output. */
  readonly write: (text: string) => void;
  /** Standard error. */
  readonly stderr: (text: string) => void;
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

/** Something that the user can put right: printed as it is, without a stack, with exit code 2. */
export class UserError extends Error {
  override readonly name = "UserError";
}
