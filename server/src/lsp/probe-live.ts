import type { Finding } from "../../../shared/src/finding";
import { lineStartsOf, positionAt, type Span } from "../../../shared/src/ir/span";

/** What the last probe found, on lines of the code. It stays until the next probe or an edit of the line. */
export class LiveFindings {
  #findings: readonly Finding[] = [];
  readonly #texts = new Map<string, string>();

  get all(): readonly Finding[] {
    return this.#findings;
  }

  /** Replaces what was known; `text` gives the files as the findings saw them. */
  replace(findings: readonly Finding[], text: (file: string) => string | undefined): void {
    this.#findings = findings;
    this.#texts.clear();
    for (const { at } of findings) this.#texts.set(at.file, text(at.file) ?? "");
  }

  /** A file has another text: findings on changed lines go, those below move along. */
  changed(file: string, text: string | undefined): void {
    const before = this.#texts.get(file);
    if (before === undefined || before === text) return;
    if (text === undefined) {
      this.#texts.delete(file);
      this.#findings = this.#findings.filter(({ at }) => at.file !== file);
      return;
    }
    this.#texts.set(file, text);
    const change = changeBetween(before, text);
    const starts = lineStartsOf(before);
    this.#findings = this.#findings
      .filter(({ at }) => at.file !== file || !isHit(at, change, starts, before.length))
      .map((finding) => moved(finding, file, change));
  }
}

interface Change {
  readonly start: number;
  /** End in the old text. */
  readonly end: number;
  readonly delta: number;
}

/** The one piece that differs, from the first to the last difference. */
function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, delta: after.length - before.length };
}

function isHit(
  at: Span,
  { start, end }: Change,
  starts: readonly number[],
  length: number,
): boolean {
  const { line } = positionAt(starts, at.start);
  const from = starts[line] ?? 0;
  const to = (starts[line + 1] ?? length + 1) - 1;
  // A line that is inserted before, its break included, leaves this one as it was.
  return end > from && start <= to && !(start === end && end === from);
}

/** The finding with every place after the change moved, those of its fixes too. */
function moved(finding: Finding, file: string, change: Change): Finding {
  const shift = (offset: number) => (offset >= change.end ? offset + change.delta : offset);
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    if (typeof value !== "object" || value === null) return value;
    if (isSpan(value)) {
      return value.file === file
        ? { ...value, start: shift(value.start), end: shift(value.end) }
        : value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, move(part)]));
  };
  const { at, related, fixes } = finding;
  return {
    ...finding,
    ...(move({ at, related, fixes }) as Pick<Finding, "at" | "related" | "fixes">),
  };
}

function isSpan(value: object): value is Span {
  return "file" in value && "start" in value && "end" in value && Object.keys(value).length === 3;
}
