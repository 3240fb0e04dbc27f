import type { FindingsByFile } from "../workspace/findings";
import { memoizeByIdentity } from "../../../shared/src/base/memoize";
import type { Finding } from "../../../shared/src/finding";

/**
 * What a finding means for another place, as a finding of that place: the call of a page that a policy elsewhere lets no
 * browser send. Reports tell such a fault once, where its cause is; an editor shows it where its effect is as well.
 */
export const echoesOf = memoizeByIdentity((all: FindingsByFile): readonly Finding[] =>
  [...all.values()].flat().flatMap((finding) =>
    finding.related.flatMap(({ at, blocked }) => {
      if (blocked === undefined || at.file === finding.at.file) return [];
      const [cause = "", why = ""] = finding.message.split("\n");
      return [
        {
          ...finding,
          at,
          severity: "information" as const,
          message: `${blocked}\n${why}`,
          related: [{ at: finding.at, message: cause }],
        },
      ];
    }),
  ),
);
