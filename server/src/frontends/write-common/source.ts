/** What the writer needs to see of a parsed file, in terms that both languages have. */
import type { TestSubject } from "../../../../shared/src/ir/text-test";
import type { Range } from "../../../../shared/src/ir/span";
import type { Change } from "./text-buffer";
import type { Recovery } from "./guard";
import type { Style } from "./layout";

/** Modules of the CDK from which a fix may need a name. */
export type Library = "core" | "apigatewayv2" | "apigateway" | "lambda" | "cloudfront" | "s3";

/** Brackets with entries between commas. */
export interface Container {
  readonly kind: "object" | "list" | "tuple" | "set" | "call" | "names";
  /** The whole expression; of a call with its callee. */
  readonly range: Range;
  /** Offset after the opening bracket. */
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  readonly entries: readonly Entry[];
  /** Calls: the text of what is called, `new` left out. */
  readonly callee?: string;
}

export interface Entry {
  readonly range: Range;
  /** Offset of the comma that follows. */
  readonly comma?: number;
  /** The key's or keyword's text without quotes; absent for elements, arguments, spreads and computed keys. */
  readonly key?: string;
  /** The key is written in quotes. */
  readonly quoted?: boolean;
  /** The value, or the element itself; absent in `{ name }`. */
  readonly value?: Range;
  readonly spread?: boolean;
}

/** A statement in a list of statements. */
export interface Statement {
  readonly range: Range;
  /** No other statement beside it. */
  readonly alone: boolean;
  /** Control never reaches what follows it. */
  readonly leaves: boolean;
}

/** One of a list of statements, and what it does with names. */
export interface Listed {
  readonly range: Range;
  readonly kind:
    | "import"
    /** Declares names that keep their values. */
    | "constant"
    /** Declares functions, classes or types. */
    | "declaration"
    | "call"
    | "other";
  /** Identifiers in it, names of members and keys left out. */
  readonly names: ReadonlySet<string>;
  /** Names that it declares, or gives another value. */
  readonly binds: ReadonlySet<string>;
  /** Names whose members it sets. */
  readonly sets: ReadonlySet<string>;
  /** The name before the first dot of what it calls or sets: `app` in `app.use(cors())`. */
  readonly on?: string;
  /** Of a declaration: what is run when it is met (decorators); the rest of it is run later. */
  readonly head?: Range;
}

/** An export of a library. */
export interface Exported {
  /** Modules that have it, the preferred one first. */
  readonly modules: readonly string[];
  readonly name: string;
  /** The module itself is what is wanted, as with `export default`; it is imported as this module is. */
  readonly whole?: { readonly like: string };
}

/** A string literal: what opens and closes it, quotes and prefixes included. */
export interface Quoted {
  readonly range: Range;
  readonly open: string;
  readonly close: string;
}

/** A test of a text, as `origin.endsWith(".com")`. */
export interface TextTest {
  /** What is tested, and what it is compared with. */
  readonly subject: Range;
  readonly other?: Range;
  /** What is tested may be absent, as in `origin?.endsWith(".com")`. */
  readonly optional: boolean;
  /** Only whether it holds counts, as in an `if`. */
  readonly condition: boolean;
  /** It holds where the text does not pass, as `not in`. */
  readonly negated: boolean;
  /** A comparison in its place needs parentheses. */
  readonly bound: boolean;
}

/** Where a declaration that follows the imports may stand. */
export interface ImportsEnd {
  readonly at: number;
  /** There are no imports: what is written here comes first, and a line must follow it. */
  readonly first: boolean;
}

export interface Source {
  readonly file: string;
  readonly text: string;
  readonly style: Style;
  /** The parser met errors. */
  readonly broken: boolean;
  /** The literal or call that stands at a range, parentheses and casts left out. */
  container(at: Range): Container | undefined;
  /** The container that has an entry at this range. */
  holder(entry: Range): { readonly container: Container; readonly index: number } | undefined;
  /** The containers around a place that a formatter would break into lines, innermost first. */
  around(at: Range): readonly Container[];
  /** The statement at a range, or the innermost that contains it. */
  statement(at: Range): Statement | undefined;
  /** The innermost list of statements around a place; empty when there is none. */
  statements(at: Range): readonly Listed[];
  /** The string literal at a range; without quotes around the range too. */
  quoted(at: Range): Quoted | undefined;
  /** A name, or a member of a name: something that may be named twice without effect. */
  isPath(at: Range): boolean;
  /** An expression stands at this very range. */
  isExpression(at: Range): boolean;
  /** What an assignment at this very range assigns. */
  assigned(at: Range): Range | undefined;
  /** The test at this very range, whose outcome counts only as true or false. */
  textTest(at: Range, subject: TestSubject): TextTest | undefined;
  /** The expression that joins the one at this range to another by `||`, and that other one. */
  alternative(at: Range): { readonly whole: Range; readonly other: Range } | undefined;
  /** Identifiers of the file, names of members and keys left out. */
  readonly names: ReadonlySet<string>;
  /** Options are written as calls of the CDK's struct classes and not as literals. */
  readonly hasStructs: boolean;
  readonly afterImports: ImportsEnd;
  /**
   * How this file can name an export of a CDK module, or the changes to its imports after which it can. Undefined when
   * a name in the file is in the way.
   */
  reference(library: Library, name: string): string | readonly Change[] | undefined;
  /** The same for any library, as code at the offset `before` can name it. */
  exported(what: Exported, before: number): string | readonly Change[] | undefined;
  /**
   * Whether an expression means in a function, outside of its body, what it means where it stands: names of the module,
   * and the function's parameters. `event` names what is the event in every function that has such a parameter.
   */
  reaches(expression: Range, fn: Range, event: string | undefined): boolean;
  /** Whether a function leaves a name of its parameters to what it was given. */
  keeps(name: string, fn: Range): boolean;
  /** What logs an exception in a function, or the changes to the imports after which something does. */
  log(fn: Range): string | readonly Change[] | undefined;
  /** What makes JSON in a function. */
  json(fn: Range): string | undefined;
  /** Puts all that a function does into a `try`; `await` comes before the returned `promises`. */
  guard(fn: Range, promises: readonly Range[], recovery: Recovery): readonly Change[] | undefined;
}

export function slice(source: Source, range: Range): string {
  return source.text.slice(range[0], range[1]);
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the line's end, its line break left out. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** The blanks at the beginning of the line. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

/** Nothing but blanks stands before it on its line. */
export function leadsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** The end of the comments that follow on the line, when the line ends with them; else the offset itself. */
export function afterComment(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  const rest = text.slice(offset, end);
  return /^[ \t]*((\/\*([^*]|\*(?!\/))*\*\/)[ \t]*)*((\/\/|#).*)?$/.test(rest)
    ? offset + rest.trimEnd().length
    : offset;
}

/** The most frequent step between the indentations of neighbouring lines. */
export function indentUnit(text: string, fallback: string): string {
  const counts = new Map<string, number>();
  let before = 0;
  for (const line of text.split("\n")) {
    const blanks = /^([ \t]*)[^\s*]/.exec(line)?.[1];
    if (blanks === undefined) continue;
    if (blanks.startsWith("\t")) counts.set("\t", (counts.get("\t") ?? 0) + 1);
    else {
      const step = blanks.length - before;
      const unit = " ".repeat(Math.max(step, 0));
      if (step === 2 || step === 3 || step === 4 || step === 8) {
        counts.set(unit, (counts.get(unit) ?? 0) + 1);
      }
      before = blanks.length;
    }
  }
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  return best?.[0] ?? fallback;
}
