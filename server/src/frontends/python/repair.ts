import type { Syntax } from "./syntax";

/** Text with brackets closed, and where the closing ones were put. */
export interface Repair {
  readonly text: string;
  /** The brackets that were put in, at their offsets in the original text. */
  readonly inserted: readonly Syntax[];
  /** The offset in the original text of an offset in the repaired one. */
  readonly original: (offset: number) => number;
}

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Closes brackets that a statement leaves open, which is how code looks while it is typed. Inside brackets the grammar
 * knows no end of a statement, so one open bracket would take the rest of the file with it.
 *
 * A statement is taken to end before a line that begins like a statement, or that is indented no deeper than the
 * statement and does not close a bracket. Only for text that did not parse: correct code may break this rule.
 */
export function closeBrackets(text: string): Repair | undefined {
  const insertions = findOpen(text);
  if (insertions.length === 0) return undefined;
  const pieces: string[] = [];
  let end = 0;
  for (const { at, text: closers } of insertions) {
    pieces.push(text.slice(end, at), closers);
    end = at;
  }
  return {
    text: pieces.join("") + text.slice(end),
    inserted: insertions.map(missingNode),
    original: originalOffsets(insertions),
  };
}

function missingNode({ at, text }: Insertion): Syntax {
  const place = { start: at, end: at, children: [], field: undefined };
  return { type: text, named: false, missing: true, ...place };
}

function originalOffsets(insertions: readonly Insertion[]): (offset: number) => number {
  const starts: number[] = [];
  let shift = 0;
  const shifts = insertions.map(({ at, text }) => {
    starts.push(at + shift);
    return (shift += text.length);
  });
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const insertion = insertions[low - 1];
    if (!insertion) return offset;
    return Math.max(insertion.at, offset - (shifts[low - 1] ?? 0));
  };
}

/** So many open brackets are not written by hand. */
const mostOpen = 100;

const closerOf: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Strings (an unclosed one ends with its line), comments, brackets, joined lines, ends of lines, and other text. */
const token =
  /"""(?:\\[\s\S]|(?!""")[^\\])*(?:"""|$)|'''(?:\\[\s\S]|(?!''')[^\\])*(?:'''|$)|"(?:\\[\s\S]|[^"\\\r\n])*"?|'(?:\\[\s\S]|[^'\\\r\n])*'?|#[^\r\n]*|[()[\]{}]|\\\r?\n|\r\n?|\n|[ \t\f]+|[^\s"'#()[\]{}\\]+|[\s\S]/y;

const beginsStatement =
  /(?:(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w|(?:return|raise|import|from|pass|break|continue|del|assert|global|nonlocal)\b|@\w|(?:if|elif|for|while|with|except)\b[^\r\n]*:[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|$)|(?:else|try|finally|except)[ \t]*:)/y;

function findOpen(text: string): Insertion[] {
  const insertions: Insertion[] = [];
  const open: string[] = [];
  let indent = 0;
  let codeEnd = 0;
  let lineStart = true;
  const close = (): void => {
    if (open.length > mostOpen) open.length = 0;
    if (open.length > 0) insertions.push({ at: codeEnd, text: open.splice(0).reverse().join("") });
  };
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [word] = match;
    if (/^[\r\n]/.test(word)) lineStart = true;
    if (/^(?:[\s#]|\\\r?\n)/.test(word)) continue;
    if (lineStart) {
      const column = match.index - (text.lastIndexOf("\n", match.index) + 1);
      if (open.length === 0 || endsStatement(text, match.index, column <= indent)) {
        close();
        indent = column;
      }
      lineStart = false;
    }
    codeEnd = match.index + word.length;
    const closer = closerOf[word];
    if (closer !== undefined) open.push(closer);
    else if (open.at(-1) === word) open.pop();
  }
  close();
  return insertions;
}

/** Whether a line that begins here, while brackets are open, is a new statement. */
function endsStatement(text: string, at: number, isOut: boolean): boolean {
  beginsStatement.lastIndex = at;
  return beginsStatement.test(text) || (isOut && !/^[)\]}]/.test(text.charAt(at)));
}
