/** One fault that was copied into many places: people read it once, with the list of the places. */
import { groupBy } from "../../../shared/src/base/group";
import { memoizeByIdentity } from "../../../shared/src/base/memoize";
import type { Finding } from "../../../shared/src/finding";
import type { Places } from "./report";

/** So many places are a copied fault; fewer are told one by one. */
const fewest = 3;
/** Lines before and after that have to be the same, too: the last line of two different answers often is. */
const around = 2;

/** A finding, and others of the same kind whose code is the same. */
export interface Copied {
  readonly finding: Finding;
  readonly copies: readonly Finding[];
}

/** The findings in their order, copies with the first of them. */
export function withCopies(findings: readonly Finding[], places: Places): readonly Copied[] {
  const code = memoizeByIdentity((finding: Finding) => codeOf(finding, places));
  const groups = groupBy(findings, (finding) => [code(finding)]);
  return findings.flatMap((finding) => {
    const [first, ...others] = groups.get(code(finding)) ?? [finding];
    if (others.length + 1 < fewest) return [{ finding, copies: [] }];
    return finding === first ? [{ finding, copies: others }] : [];
  });
}

/** What is said, and the code that it is said of, whatever its indentation. */
function codeOf({ rule, severity, message, at }: Finding, places: Places): string {
  const { line, column } = places.of(at.file, at.start);
  const lines = Array.from({ length: 2 * around + 1 }, (_, index) =>
    places.line(at.file, line - around + index),
  );
  const own = lines[around] ?? "";
  const indentation = own.length - own.trimStart().length;
  const [said = ""] = message.split("\n");
  return [
    rule,
    severity,
    said,
    column - indentation,
    at.end - at.start,
    ...lines.map(trimmed),
  ].join("\n");
}

const trimmed = (line: string): string => line.trim();
