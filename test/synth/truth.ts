/** Compares every stack's two models; what `npm run truth` prints and the test demands. */
import { cases, modelOf, synthesize, type Case } from "./cases";
import { compareModels } from "./compare";
import { templateModel } from "./template-apis";
import { withoutPlaces } from "./twins";
import type { Entry, Outcome } from "./tally";

export interface Truth {
  readonly stacks: number;
  readonly entries: readonly Entry[];
  readonly twins: number;
  /** Twins whose model differs from that of their TypeScript, with the first difference. */
  readonly unequal: readonly string[];
}

export async function truth(wanted?: (name: string) => boolean): Promise<Truth> {
  const all = cases().filter((each) => wanted === undefined || wanted(each.name));
  const entries: Entry[] = [];
  const unequal: string[] = [];
  for (const each of all) {
    entries.push(...(await compared(each)));
    const difference = await twinDifference(each);
    if (difference !== undefined) unequal.push(`${each.name}: ${difference}`);
  }
  return { stacks: all.length, entries, twins: all.filter((each) => each.twin).length, unequal };
}

async function compared({ name, main, files }: Case): Promise<readonly Entry[]> {
  const theirs = templateModel(await synthesize(main));
  const ours = await modelOf(files);
  return compareModels(ours, theirs).map((entry) => ({ ...entry, stack: name }));
}

async function twinDifference({ files, twin }: Case): Promise<string | undefined> {
  if (!twin) return undefined;
  const [ours, theirs] = [withoutPlaces(await modelOf(files)), withoutPlaces(await modelOf(twin))];
  const line = theirs.findIndex((text, index) => text !== ours[index]);
  if (line < 0 && ours.length === theirs.length) return undefined;
  const at = line < 0 ? theirs.length : line;
  const around = (lines: readonly string[]): string =>
    lines.slice(Math.max(0, at - 4), at + 3).join("\n");
  return `the twin differs at line ${at}\n--- TypeScript\n${around(ours)}\n--- Python\n${around(theirs)}`;
}

export function count(entries: readonly Entry[], outcome: Outcome): number {
  return entries.filter((entry) => entry.outcome === outcome).length;
}

/** Part of the policies' fields that our model knows, from 0 to 1. */
export function knownShare(entries: readonly Entry[]): number {
  const fields = entries.filter((entry) => entry.ofPolicy);
  return 1 - count(fields, "unknown") / Math.max(1, fields.length);
}
