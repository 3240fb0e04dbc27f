import { typedUrl } from "../../../shared/src/base/typed-url";
import { InvalidArgumentError, Option } from "commander";
import { parseResolve, type ResolveOverride } from "../probe/resolve";
import type { Severity } from "../../../shared/src/finding";
import type { Register } from "./command";

export interface ProbeFlags {
  readonly origin: readonly string[];
  readonly method: readonly string[];
  readonly header: readonly string[];
  readonly credentials?: boolean;
  readonly own?: boolean;
  readonly send: readonly string[];
  readonly app?: string;
  readonly api?: string;
  readonly resolve: readonly ResolveOverride[];
  readonly cacert?: string;
  readonly format: "text" | "json" | "sarif";
  readonly failOn: Severity | "never";
  readonly record?: string;
}

/** `cors-lens probe <url>` */
export const registerProbe: Register = (program, world, exit) => {
  program
    .command("probe")
    .description(
      "ask a live endpoint what a browser would ask, and say what the browser would say.\n" +
        "Sends OPTIONS, GET and HEAD only, at most 60 requests, all to the URL's host;\n" +
        "anything else only where --send names it.",
    )
    .argument("<url>", "the endpoint, or the base URL of an API with --app")
    .option("--origin <origin>", "origin of a page that calls (repeatable)", gather, [])
    .option("--method <method>", "method that the page uses (repeatable)", gather, [])
    .option(
      "--header <name[: value]>",
      "request header that the page sets; a value goes along with GET (repeatable)",
      gather,
      [],
    )
    .option("--credentials", "the page sends credentials (cookies)")
    .option("--own", "the host is mine: also try to get past its allow-list")
    .option(
      "--send <method>",
      "send this request itself too, once, without a body, from the first origin;\n" +
        "IT MAY CHANGE DATA; it is shown before, and left out where no browser would send it (repeatable)",
      gather,
      [],
    )
    .option("--app <dir>", "plan from the code in this folder, and lead findings back to it")
    .option("--api <name>", "which API of the folder, when it has several")
    .option(
      "--resolve <host:port:addr>",
      "connect to this address instead, as curl does (repeatable)",
      gatherResolve,
      [],
    )
    .option("--cacert <file>", "certificates to trust besides the system's (PEM)")
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(["text", "json", "sarif"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that makes the exit code 1")
        .choices(["error", "warning", "information", "never"])
        .default("error"),
    )
    .option("--record <file>", "write the exchanges as JSON lines, for `cors-lens judge`")
    .action(async (url: string, flags: ProbeFlags) => {
      // What opens sockets is loaded when something is to be asked.
      const { probeUrl } = await import("./probe-run");
      exit(await probeUrl(typedUrl(url), flags, world));
    });
};

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function gatherResolve(
  value: string,
  before: readonly ResolveOverride[],
): readonly ResolveOverride[] {
  const parsed = parseResolve(value);
  if (parsed === null) throw new InvalidArgumentError("Write HOST:PORT:ADDR.");
  return [...before, ...parsed];
}
