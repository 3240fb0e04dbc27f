/**
 * What one file says, in words that TypeScript and Python share.
 *
 * A frontend lowers a file's syntax to this small language and decides nothing: names are not resolved, values not
 * computed, libraries not known. So both languages meet here, and everything behind (`evaluate/`, `cdk/`, `handler/`)
 * is written once. Plain data: no syntax node survives, `JSON.stringify` works.
 *
 * Lowering rules that both frontends keep:
 * - Python's first parameter of a method is dropped and its uses become `this` (`cls` too); `super().m(…)` becomes a
 *   call of a `member` of `super`; `super().__init__(…)` and TypeScript's `super(…)` a call of `super` itself;
 *   `__init__` is the member of kind `constructor`.
 * - TypeScript parameter properties become `this.x = x` statements at the start of the constructor.
 * - Type-only syntax (`as`, `!`, `satisfies`, type arguments, annotations) vanishes; parentheses vanish.
 * - A tuple, list or set is an `array`; an f-string or template string is a `template`.
 * - An arrow function with an expression body, and a lambda, has one `return` whose range is the expression's.
 * - Whatever has no counterpart becomes `unknown` with the reason; nothing is dropped silently.
 */
import type { TreeNode } from "./tree";
import type { Range } from "./span";

/** Constants, as `null` stands for `null` and `None`. */
export type Literal = string | number | boolean | null;

export type Expr =
  | { readonly k: "lit"; readonly value: Literal; readonly at: Range }
  | { readonly k: "undefined"; readonly at: Range }
  /** Concatenation of its parts, literal text included as `lit`. */
  | { readonly k: "template"; readonly parts: readonly Expr[]; readonly at: Range }
  | { readonly k: "regex"; readonly pattern: string; readonly flags: string; readonly at: Range }
  | { readonly k: "array"; readonly items: readonly Item[]; readonly at: Range }
  | { readonly k: "object"; readonly entries: readonly Entry[]; readonly at: Range }
  | { readonly k: "name"; readonly name: string; readonly at: Range }
  | { readonly k: "this"; readonly at: Range }
  | { readonly k: "super"; readonly at: Range }
  | {
      readonly k: "member";
      readonly of: Expr;
      readonly name: string;
      readonly nameAt: Range;
      /** `a?.b` */
      readonly optional?: true;
      readonly at: Range;
    }
  | { readonly k: "index"; readonly of: Expr; readonly key: Expr; readonly at: Range }
  | {
      readonly k: "call";
      readonly callee: Expr;
      readonly args: readonly Arg[];
      /** Written with `new` (TypeScript only; in Python calling a class constructs). */
      readonly new?: true;
      /** `a?.()` */
      readonly optional?: true;
      readonly at: Range;
    }
  | { readonly k: "function"; readonly fn: FunctionFacts; readonly at: Range }
  | { readonly k: "class"; readonly cls: ClassFacts; readonly at: Range }
  | {
      readonly k: "binary";
      readonly op: BinaryOp;
      readonly left: Expr;
      readonly right: Expr;
      readonly at: Range;
    }
  | {
      readonly k: "logical";
      readonly op: "and" | "or" | "nullish";
      readonly left: Expr;
      readonly right: Expr;
      readonly at: Range;
    }
  | { readonly k: "not"; readonly of: Expr; readonly at: Range }
  | { readonly k: "negate"; readonly of: Expr; readonly at: Range }
  | { readonly k: "typeof"; readonly of: Expr; readonly at: Range }
  | {
      readonly k: "conditional";
      readonly test: Expr;
      readonly then: Expr;
      readonly else: Expr;
      readonly at: Range;
    }
  | { readonly k: "await"; readonly of: Expr; readonly at: Range }
  /** An assignment used as an expression or a statement; `op` is the operator before `=`, as in `+=`, `||=`. */
  | {
      readonly k: "assign";
      readonly target: Pattern;
      readonly op?: BinaryOp | "and" | "or" | "nullish";
      readonly value: Expr;
      readonly at: Range;
    }
  /** `[e for t in xs if c]` (`into: "array"`, also sets and generators) and `{k: v for …}` (`into: "object"`). */
  | {
      readonly k: "comprehension";
      readonly into: "array" | "object";
      readonly key?: Expr;
      readonly element: Expr;
      readonly loops: readonly ComprehensionLoop[];
      readonly at: Range;
    }
  /** Syntax without a counterpart. `parts` are still evaluated for their effects. */
  | {
      readonly k: "unknown";
      readonly because: string;
      readonly parts?: readonly Expr[];
      readonly at: Range;
    };

/** `===` and `!==` are `==` and `!=`; Python's `is` / `is not` too; `in` and `not in` as written; `instanceof` = `isinstance`. */
export type BinaryOp =
  | "+" | "-" | "*" | "/" | "%" | "**" | "//" | "|" | "&" | "^" | "<<" | ">>" | "@"
  | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "instanceof"; // prettier-ignore

export interface ComprehensionLoop {
  readonly target: Pattern;
  readonly iterable: Expr;
  readonly conditions: readonly Expr[];
}

export type Item = { readonly value: Expr; readonly spread?: true };

export type Entry =
  | {
      readonly key: Expr;
      /** The key's text, quotes excluded: the word that a finding underlines. */
      readonly keyAt: Range;
      readonly value: Expr;
      readonly at: Range;
    }
  | { readonly spread: Expr; readonly at: Range };

export interface Arg {
  readonly value: Expr;
  /** `*x` / `...x` is `items`; `**x` is `named`. */
  readonly spread?: "items" | "named";
  /** The keyword of a Python keyword argument. */
  readonly name?: string;
  readonly nameAt?: Range;
  readonly at: Range;
}

export type Pattern =
  | { readonly k: "name"; readonly name: string; readonly at: Range }
  | {
      readonly k: "object";
      readonly props: readonly { readonly key: Expr; readonly target: Pattern }[];
      readonly rest?: Pattern;
      readonly at: Range;
    }
  | {
      readonly k: "array";
      readonly items: readonly (Pattern | null)[];
      readonly rest?: Pattern;
      readonly at: Range;
    }
  | { readonly k: "default"; readonly target: Pattern; readonly value: Expr; readonly at: Range }
  /** `a.b = …`, `a[k] = …` */
  | { readonly k: "place"; readonly place: Expr; readonly at: Range };

export type Stmt =
  | { readonly k: "expr"; readonly expr: Expr; readonly at: Range }
  | {
      readonly k: "let";
      readonly target: Pattern;
      readonly value?: Expr;
      readonly const?: true;
      /** The annotation's text, where there is one: evidence of what a handler is. */
      readonly type?: string;
      readonly at: Range;
    }
  | { readonly k: "return"; readonly value?: Expr; readonly at: Range }
  /** `throw e`, `raise e`; a bare `raise` has no value. */
  | { readonly k: "throw"; readonly value?: Expr; readonly at: Range }
  | {
      readonly k: "if";
      readonly test: Expr;
      readonly then: readonly Stmt[];
      readonly else: readonly Stmt[];
      readonly at: Range;
    }
  /** `for (t of xs)`, `for t in xs`; with `keys`, `for (k in o)`. */
  | {
      readonly k: "for";
      readonly target: Pattern;
      readonly iterable: Expr;
      readonly keys?: true;
      readonly body: readonly Stmt[];
      readonly at: Range;
    }
  /** `while`, `do … while` and three-part `for` (whose first part precedes it, whose last part ends the body). */
  | {
      readonly k: "while";
      readonly test: Expr;
      readonly body: readonly Stmt[];
      /** `do … while`: the body runs before the first test. */
      readonly atLeastOnce?: true;
      readonly at: Range;
    }
  | {
      readonly k: "switch";
      readonly on: Expr;
      readonly cases: readonly SwitchCase[];
      readonly at: Range;
    }
  | {
      readonly k: "try";
      readonly body: readonly Stmt[];
      readonly handlers: readonly CatchClause[];
      /** Python's `else`: runs when the body did not raise, outside the handlers' reach. */
      readonly else: readonly Stmt[];
      readonly finally: readonly Stmt[];
      readonly at: Range;
    }
  | { readonly k: "break"; readonly at: Range }
  | { readonly k: "continue"; readonly at: Range }
  | { readonly k: "delete"; readonly place: Expr; readonly at: Range }
  | { readonly k: "function"; readonly fn: FunctionFacts; readonly at: Range }
  | { readonly k: "class"; readonly cls: ClassFacts; readonly at: Range }
  | { readonly k: "block"; readonly body: readonly Stmt[]; readonly at: Range }
  | ImportStmt
  | ExportStmt;

export interface SwitchCase {
  /** Values compared with `==`; `null` is `default` / `case _`. A Python pattern that is no value is `unknown`. */
  readonly tests: readonly Expr[] | null;
  readonly body: readonly Stmt[];
  /** TypeScript: the end of the body runs into the next case. */
  readonly falls?: true;
}

export interface CatchClause {
  /** Python: the exception classes; absent catches all. */
  readonly types?: readonly Expr[];
  readonly target?: Pattern;
  readonly body: readonly Stmt[];
}

/** `import`, `from … import`, and `const x = require("y")` at any level. */
export interface ImportStmt {
  readonly k: "import";
  /** TypeScript: the specifier. Python: the dotted module, with its leading dots. */
  readonly from: string;
  /**
   * `imported` is `*` for the module itself (`import * as x`, `import x as y`, `require`), `default` for a default import.
   * Python's `import a.b.c` without `as` binds `a` (`imported: "*"`, `from: "a"`), with one such statement per module so
   * that the sub-module is loaded too (`names: []`, `from: "a.b.c"`). `from m import *` has the local name `*`.
   */
  readonly names: readonly {
    readonly imported: string;
    readonly local: string;
    readonly at: Range;
  }[];
  readonly at: Range;
}

/** TypeScript exports. A Python module exports its globals and has none of these. */
export type ExportStmt =
  | { readonly k: "export"; readonly name: string; readonly value: Expr; readonly at: Range }
  /** `export { x as y } from "z"`; `imported: "*"` with `name: "*"` re-exports all, with another name the namespace. */
  | {
      readonly k: "reexport";
      readonly from: string;
      readonly imported: string;
      readonly name: string;
      readonly at: Range;
    };

export interface FunctionFacts {
  readonly name?: string;
  readonly nameAt?: Range;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  readonly async?: true;
  readonly generator?: true;
  /** TypeScript arrow functions keep the outer `this`. */
  readonly arrow?: true;
  readonly kind?: "constructor" | "method" | "getter" | "setter";
  readonly static?: true;
  /** Outermost first, as written. */
  readonly decorators?: readonly Expr[];
  /** The text of the return type's annotation. */
  readonly returns?: string;
  readonly at: Range;
}

export interface Param {
  readonly target: Pattern;
  readonly default?: Expr;
  /** `...xs` / `*xs` is `items`; `**xs` is `named`. */
  readonly rest?: "items" | "named";
  readonly type?: string;
  readonly at: Range;
}

export interface ClassFacts {
  readonly name?: string;
  readonly nameAt?: Range;
  readonly extends?: Expr;
  /** Python: the bases after the first, in their order. */
  readonly otherBases?: readonly Expr[];
  readonly methods: readonly FunctionFacts[];
  /** In order of writing; Python's class variables are static and readable through instances. */
  readonly fields: readonly {
    readonly name: string;
    readonly value?: Expr;
    readonly static?: true;
    readonly at: Range;
  }[];
  readonly decorators?: readonly Expr[];
  readonly at: Range;
}

/** Something that was not understood, and why. */
export interface FactsGap {
  readonly because: string;
  readonly at: Range;
}

/** A `cors-lens-disable-…` comment. */
export interface Directive {
  readonly scope: "next-line" | "line" | "file";
  /** Rule ids; empty means every rule. */
  readonly rules: readonly string[];
  readonly reason?: string;
  readonly at: Range;
}

/** `template` is YAML and JSON: data without code. */
export type Language = "typescript" | "python" | "template";

/** Those in which code is written. */
export type CodeLanguage = Exclude<Language, "template">;

/** One file, read. A pure function of its text: the cache key is the content. */
export interface FileFacts {
  readonly file: string;
  readonly language: Language;
  readonly body: readonly Stmt[];
  /** Of a data file: what it holds. */
  readonly tree?: TreeNode;
  readonly directives: readonly Directive[];
  readonly gaps: readonly FactsGap[];
  readonly lineStarts: readonly number[];
  /** The parser met errors; facts may be incomplete, so findings on this file must not rest on absence alone. */
  readonly broken?: true;
}
