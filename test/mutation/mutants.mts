/** Which mutants there are, which of them a seed draws, and source text that holds the drawn ones behind a switch. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";

/** The folders of `shared/src` whose tests are tested. */
export const mutatedFolders = ["interpreter", "readers", "rules", "gateway", "browser"] as const;

/** One change of one expression or statement. */
export interface Mutant {
  /** What switches it on in the instrumented source. */
  readonly id: string;
  /** Relative to the repository. */
  readonly file: string;
  readonly mutator: string;
  /** Counted from 0. */
  readonly start: Position;
  readonly end: Position;
  readonly original: string;
  readonly replacement: string;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Source with its mutants behind switches. */
export interface Instrumented {
  readonly mutants: readonly Mutant[];
  /** By path relative to the repository. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Every mutant of the folders, without those that change words that people read: any other wording of a message is as right,
 * and the tests that compare messages as a whole do it to find other faults.
 */
export async function allMutants(root: string): Promise<readonly Mutant[]> {
  const files = mutatedFolders.flatMap((folder) => sourcesBelow(root, `shared/src/${folder}`));
  const { mutants } = await instrumented(root, new Map(files.map((file) => [file, true])));
  return mutants.filter((mutant) => !isProse(mutant));
}

/** `count` of the mutants, the same ones for the same seed. */
export function draw(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const next = mulberry32(seed);
  return mutants
    .map((mutant) => ({ mutant, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

/** The source of the files that the drawn mutants are in, and the drawn mutants with the ids that they have there. */
export async function instrumentOnly(
  root: string,
  drawn: readonly Mutant[],
): Promise<Instrumented> {
  const ranges = new Map<string, { start: Position; end: Position }[]>();
  for (const { file, start, end } of drawn) {
    ranges.set(file, [...(ranges.get(file) ?? []), { start, end }]);
  }
  // What lies within a range is placed as well, and never switched on.
  const { mutants, files } = await instrumented(root, ranges);
  const byChange = new Map(mutants.map((mutant) => [changeOf(mutant), mutant]));
  return { files, mutants: drawn.map((mutant) => byChange.get(changeOf(mutant)) ?? mutant) };
}

function changeOf({ file, mutator, start, end, replacement }: Mutant): string {
  return JSON.stringify([file, mutator, start.line, start.column, end, replacement]);
}

async function instrumented(
  root: string,
  ranges: ReadonlyMap<string, true | { start: Position; end: Position }[]>,
): Promise<Instrumented> {
  const sources = [...ranges].map(([name, mutate]) => ({
    name,
    mutate,
    content: readFileSync(path.join(root, name), "utf8"),
  }));
  const texts = new Map(sources.map(({ name, content }) => [name, content]));
  const { mutants, files } = await instrumenter().instrument(sources, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  return {
    files: new Map(files.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, mutatorName, replacement, location }) => ({
      id,
      file: fileName,
      mutator: mutatorName,
      ...location,
      original: textBetween(texts.get(fileName) ?? "", location.start, location.end),
      replacement: replacement ?? "",
    })),
  };
}

/** StrykerJS's, which says nothing. */
function instrumenter(): Instrumenter {
  const silent = (): void => undefined;
  const never = (): boolean => false;
  const logger: ConstructorParameters<typeof Instrumenter>[0] = {
    isTraceEnabled: never,
    isDebugEnabled: never,
    isInfoEnabled: never,
    isWarnEnabled: never,
    isErrorEnabled: never,
    isFatalEnabled: never,
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
  };
  return new Instrumenter(logger);
}

function textBetween(text: string, start: Position, end: Position): string {
  const lines = text.split("\n").slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column) ?? "";
  lines[0] = lines[0]?.slice(start.column) ?? "";
  return lines.join("\n");
}

/** Words with a blank between them. */
function isProse({ mutator, original }: Mutant): boolean {
  return mutator === "StringLiteral" && /\w\S* \S/.test(original);
}

function sourcesBelow(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesBelow(root, name);
    return name.endsWith(".ts") ? [name] : [];
  });
}

/** Numbers from 0 to 1 that depend on the seed alone. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
