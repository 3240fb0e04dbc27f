/**
 * Runs unit tests of a copy of the repository in this process, either all of them to see which mutants each reaches, or those
 * that reach one mutant until one fails. Told what to do by the file that is its argument, answers into that file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";

/** What is to be run: by file, the numbers of its tests in the order in which they stand there; all where there is no list. */
export interface Order {
  readonly files: readonly (readonly [file: string, tests: readonly number[] | undefined])[];
  /** Stops at the first failure, and when the mutant was passed so many times. */
  readonly hitLimit?: number;
}

/** One test, or everything of a file beside its tests (`number` is -1): hooks. */
export interface TestRun {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  readonly milliseconds: number;
  readonly failed: boolean;
  /** How often each mutant was passed. */
  readonly hits: Readonly<Record<string, number>>;
}

export interface Answer {
  readonly tests: readonly TestRun[];
  /** The mutants that are passed while files are loaded. */
  readonly loaded: Readonly<Record<string, number>>;
}

type Hits = Record<string, number>;

/** What instrumented code looks at and writes to. */
interface Switches {
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage: { static: Hits; perTest: Record<string, Hits> };
}

const switches: Switches = { mutantCoverage: { static: {}, perTest: {} } };
(globalThis as unknown as { __stryker__: Switches }).__stryker__ = switches;

async function main(orderFile: string): Promise<void> {
  const order = JSON.parse(readFileSync(orderFile, "utf8")) as Order;
  const bail = order.hitLimit !== undefined;
  if (order.hitLimit !== undefined)
    Object.assign(switches, { hitCount: 0, hitLimit: order.hitLimit });
  const tests: TestRun[] = [];
  for (const [file, chosen] of order.files) {
    tests.push(...(await runFile(file, chosen, bail)));
    if (bail && tests.some(({ failed }) => failed)) break;
  }
  const answer: Answer = { tests, loaded: switches.mutantCoverage.static };
  writeFileSync(orderFile, JSON.stringify(answer));
  process.exit(0); // whatever timers and sockets a failed test has left
}

/** Mocha with one file, loaded at once. */
class OneFile extends Mocha {
  load(file: string): void {
    this.addFile(file);
    this.loadFiles();
  }
}

function runFile(
  file: string,
  chosen: readonly number[] | undefined,
  bail: boolean,
): Promise<readonly TestRun[]> {
  const mocha = new OneFile({ timeout: 20_000, bail, reporter: class {} as never });
  switches.currentTestId = undefined;
  mocha.load(path.resolve(file));
  const numbers = new Map<unknown, number>();
  mocha.suite.eachTest((test) => void numbers.set(test, numbers.size));
  if (chosen) {
    const wanted = new Set(chosen);
    keep(mocha.suite, (test) => wanted.has(numbers.get(test) ?? -1));
  }
  const idOf = (number: number): string => `${file}#${String(number)}`;
  const runs: TestRun[] = [];
  const take = (number: number, title: string, milliseconds: number, failed: boolean): void => {
    const hits = switches.mutantCoverage.perTest[idOf(number)] ?? {};
    runs.push({ file, number, title, milliseconds, failed, hits });
  };
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      take(-1, "hooks", 0, false);
      resolve(runs);
    });
    switches.currentTestId = idOf(-1);
    runner.on("test", (test) => (switches.currentTestId = idOf(numbers.get(test) ?? -1)));
    runner.on("test end", (test) => {
      switches.currentTestId = idOf(-1);
      if (test.state === "passed" || test.state === "failed") {
        const failed = test.state === "failed";
        take(numbers.get(test) ?? -1, test.fullTitle(), test.duration ?? 0, failed);
      }
    });
    runner.on("fail", (test) => {
      if (!numbers.has(test)) take(-1, test.fullTitle(), 0, true); // a hook
    });
  });
}

/** Leaves only some tests in a suite. */
function keep(suite: Mocha.Suite, wanted: (test: Mocha.Test) => boolean): void {
  suite.tests = suite.tests.filter(wanted);
  for (const inner of suite.suites) keep(inner, wanted);
}

void main(process.argv[2] ?? "");
