/** The findings of several applications as one. */
import type { Finding } from "../../../shared/src/finding";
import { groupBy } from "../../../shared/src/base/group";
import { memoizeByIdentity } from "../../../shared/src/base/memoize";

export type FindingsByFile = ReadonlyMap<string, readonly Finding[]>;

/** The findings of one application by file; worked out once for each list. */
const groupsOf = memoizeByIdentity((findings: readonly Finding[]): FindingsByFile => {
  const groups = [...groupBy(findings, ({ at }) => [at.file])];
  return new Map(groups.map(([file, group]) => [file, [...group].sort(byPlace)]));
});

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
