/** The findings of several applications as one. */
import type { Finding } from "../../../shared/src/finding";

export type FindingsByFile = ReadonlyMap<string, readonly Finding[]>;

const grouped = new WeakMap<readonly Finding[], FindingsByFile>();

/** The findings of one application by file; worked out once for each list. */
function groupsOf(findings: readonly Finding[]): FindingsByFile {
  const known = grouped.get(findings);
  if (known) return known;
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.at.file);
    if (group) group.push(finding);
    else groups.set(finding.at.file, [finding]);
  }
  for (const group of groups.values()) group.sort(byPlace);
  grouped.set(findings, groups);
  return groups;
}

/**
 * Findings by file and, in a file, by place. Two applications that read one file and find the same say it once. The
 * list of a file that one application alone reports is the same object for as long as that application is not checked.
 */
export function merged(lists: Iterable<readonly Finding[]>): FindingsByFile {
  const byFile = new Map<string, readonly Finding[]>();
  for (const list of lists) {
    for (const [file, group] of groupsOf(list)) {
      const other = byFile.get(file);
      byFile.set(file, other ? union(other, group) : group);
    }
  }
  return byFile;
}

function union(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const all = [...first, ...second];
  const distinct = new Map(all.map((finding) => [identity(finding), finding] as const).reverse());
  return [...distinct.values()].sort(byPlace);
}

function identity({ rule, at, message }: Finding): string {
  return JSON.stringify([rule, at.file, at.start, at.end, message]);
}

function byPlace(a: Finding, b: Finding): number {
  return a.at.start - b.at.start || (a.rule < b.rule ? -1 : 1);
}
