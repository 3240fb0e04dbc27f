/** Runs the command line on a hostile workspace and says what did not hold. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { HostileWorkspace } from "./workspace";

/** CPU seconds, of all threads together. */
const cpuLimit = 12;
/** Megabytes of resident memory. */
const memoryLimit = 900;
/** Seconds by the clock after which a run that waits (on a pipe) is taken to hang. */
const patience = 60;

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Writes the workspace into a folder of its own, gives it to `use`, and removes it. */
export async function inFolder<T>(
  { files, prepare }: HostileWorkspace,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const top = mkdtempSync(path.join(tmpdir(), "cors-lens-hostile-"));
  const folder = path.join(top, "parent", "workspace");
  mkdirSync(path.join(folder, ".git"), { recursive: true });
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    prepare?.(folder);
    return await use(folder);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** Runs the program in a folder, ended by the system when it has used more than its share of CPU. */
export function measured(cli: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const usage = path.join(mkdtempSync(path.join(tmpdir(), "cors-lens-usage-")), "usage.json");
  const meter = path.join(__dirname, "meter.cjs");
  const command = `ulimit -t ${String(cpuLimit)}; exec "$0" "$@"`;
  const node = [process.execPath, meter, cli, ...args];
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", command, ...node], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CORS_LENS_USAGE: usage, NO_COLOR: "1" },
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), patience * 1000);
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (data: Buffer) => stdout.push(data));
    child.stderr.on("data", (data: Buffer) => stderr.push(data));
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
        code,
        ...usageIn(usage),
      });
      rmSync(path.dirname(usage), { recursive: true, force: true });
    });
  });
}

function usageIn(file: string): Pick<Outcome, "cpuSeconds" | "megabytes"> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Pick<Outcome, "cpuSeconds" | "megabytes">;
  } catch {
    // It was killed before it could say.
    return { cpuSeconds: Infinity, megabytes: Infinity };
  }
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly file: string }[];
  readonly gaps: readonly { readonly file: string; readonly reason: string }[];
}

/** What did not hold; empty when all did. */
export async function broken(cli: string, workspace: HostileWorkspace): Promise<readonly string[]> {
  return inFolder(workspace, async (folder) => {
    const outcome = await measured(cli, ["check", ".", "--format", "json"], folder);
    return faultsOf(outcome, workspace);
  });
}

function faultsOf(outcome: Outcome, workspace: HostileWorkspace): readonly string[] {
  const { stdout, stderr, code, cpuSeconds, megabytes } = outcome;
  const faults: string[] = [];
  if (code !== 0 && code !== 1) faults.push(`ended with ${String(code)}: ${stderr.slice(0, 200)}`);
  if (cpuSeconds > cpuLimit) faults.push(`took ${String(cpuSeconds)} CPU seconds`);
  if (megabytes > memoryLimit) faults.push(`took ${String(megabytes)} MB`);
  if (/internal error/i.test(stderr)) faults.push(`said "internal error": ${stderr.slice(0, 300)}`);
  const { secret, gap } = workspace;
  if (secret !== undefined && (stdout + stderr).includes(secret)) faults.push("told the secret");
  const report = reportIn(stdout);
  if (!report) return [...faults, "gave no report"];
  const isGap = (name: string): boolean => report.gaps.some(({ file }) => file === name);
  for (const { rule, file, orGap } of workspace.planted) {
    const told = report.findings.some((finding) => finding.rule === rule && finding.file === file);
    if (!told && !(orGap && isGap(file))) {
      faults.push(`did not tell of ${rule} in ${file}`);
    }
  }
  if (gap !== undefined && !isGap(gap)) {
    faults.push(`did not say that ${gap} was not understood`);
  }
  return faults;
}

function reportIn(stdout: string): Report | undefined {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return undefined;
  }
}
