import { createHash } from "node:crypto";
import type { Finding } from "../../../shared/src/finding";
import { Places } from "./report";

/**
 * Names for findings that stay when code above them is added or removed: made of the rule, the source line where a
 * finding begins (without its indentation) and, for equal lines in one file, which of them it is. 20 hex digits, in the
 * order of the findings.
 */
export function fingerprints(
  findings: readonly Finding[],
  text: (file: string) => string | undefined,
): readonly string[] {
  const places = new Places(text);
  const seen = new Map<string, number>();
  return findings.map(({ rule, at }) => {
    const line = places.line(at.file, places.of(at.file, at.start).line).trim();
    const key = JSON.stringify([rule, at.file, line]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash("sha256")
      .update(JSON.stringify([rule, line, nth]))
      .digest("hex")
      .slice(0, 20);
  });
}
