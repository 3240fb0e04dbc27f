/**
 * Prints facts as short pseudo-code, without ranges, so that a test reads like the source it came from and the same
 * program in two languages is the same text. Operators are written before their operands, so no grouping is lost.
 */
import type {
  Arg,
  ClassFacts,
  Entry,
  Expr,
  FileFacts,
  FunctionFacts,
  Param,
  Pattern,
  Stmt,
} from "../../shared/src/ir/facts";

/** The file's statements, one a line. */
export function printFacts(facts: FileFacts): string {
  return facts.body.map(printStmt).join("\n");
}

export function printStmt(stmt: Stmt): string {
  switch (stmt.k) {
    case "expr":
      return printExpr(stmt.expr);
    case "let": {
      const type = stmt.type === undefined ? "" : `: ${stmt.type}`;
      const value = stmt.value === undefined ? "" : ` = ${printExpr(stmt.value)}`;
      return `${stmt.const ? "const" : "let"} ${printPattern(stmt.target)}${type}${value}`;
    }
    case "return":
    case "throw":
      return words(stmt.k, stmt.value && printExpr(stmt.value));
    case "if":
      return `if ${printExpr(stmt.test)} ${block(stmt.then)}${tail("else", stmt.else)}`;
    case "for": {
      const head = `${printPattern(stmt.target)} ${stmt.keys ? "in" : "of"} ${printExpr(stmt.iterable)}`;
      return `for ${head} ${block(stmt.body)}`;
    }
    case "while": {
      const word = stmt.atLeastOnce ? "do-while" : "while";
      return `${word} ${printExpr(stmt.test)} ${block(stmt.body)}`;
    }
    case "switch":
      return `switch ${printExpr(stmt.on)} ${printCases(stmt)}`;
    case "try":
      return `try ${block(stmt.body)}${printHandlers(stmt)}${tail("else", stmt.else)}${tail("finally", stmt.finally)}`;
    case "break":
    case "continue":
      return stmt.k;
    case "delete":
      return `delete ${printExpr(stmt.place)}`;
    case "function":
      return printFunction(stmt.fn);
    case "class":
      return printClass(stmt.cls);
    case "block":
      return `block ${block(stmt.body)}`;
    case "import": {
      const names = stmt.names.map(({ imported, local }) => renamed(imported, local));
      return words("import", names.join(", "), "from", JSON.stringify(stmt.from));
    }
    case "export":
      return `export ${stmt.name} = ${printExpr(stmt.value)}`;
    case "reexport":
      return `reexport ${renamed(stmt.imported, stmt.name)} from ${JSON.stringify(stmt.from)}`;
  }
}

export function printExpr(expr: Expr): string {
  switch (expr.k) {
    case "lit":
      return JSON.stringify(expr.value);
    case "undefined":
    case "this":
    case "super":
      return expr.k;
    case "name":
      return expr.name;
    case "template":
      return form("template", expr.parts.map(printExpr));
    case "regex":
      return `/${expr.pattern}/${expr.flags}`;
    case "array": {
      const items = expr.items.map(({ value, spread }) => (spread ? "..." : "") + printExpr(value));
      return `[${items.join(", ")}]`;
    }
    case "object":
      return `{${expr.entries.map(printEntry).join(", ")}}`;
    case "member":
      return `${printExpr(expr.of)}${expr.optional ? "?." : "."}${expr.name}`;
    case "index":
      return `${printExpr(expr.of)}[${printExpr(expr.key)}]`;
    case "call": {
      const args = expr.args.map(printArg).join(", ");
      return `${expr.new ? "new " : ""}${printExpr(expr.callee)}${expr.optional ? "?." : ""}(${args})`;
    }
    case "function":
      return printFunction(expr.fn);
    case "class":
      return printClass(expr.cls);
    case "binary":
    case "logical":
      return form(expr.op, [printExpr(expr.left), printExpr(expr.right)]);
    case "not":
    case "negate":
    case "typeof":
    case "await":
      return form(expr.k, [printExpr(expr.of)]);
    case "conditional":
      return form("?", [expr.test, expr.then, expr.else].map(printExpr));
    case "assign":
      return form(`${expr.op ?? ""}=`, [printPattern(expr.target), printExpr(expr.value)]);
    case "comprehension":
      return printComprehension(expr);
    case "unknown":
      return form("unknown", [JSON.stringify(expr.because), ...(expr.parts ?? []).map(printExpr)]);
  }
}

export function printPattern(pattern: Pattern): string {
  switch (pattern.k) {
    case "name":
      return pattern.name;
    case "object": {
      const props = pattern.props.map(
        ({ key, target }) => `${printKey(key)}: ${printPattern(target)}`,
      );
      if (pattern.rest) props.push(`...${printPattern(pattern.rest)}`);
      return `{${props.join(", ")}}`;
    }
    case "array": {
      const items = pattern.items.map((item) => (item === null ? "-" : printPattern(item)));
      if (pattern.rest) items.push(`...${printPattern(pattern.rest)}`);
      return `[${items.join(", ")}]`;
    }
    case "default":
      return form("default", [printPattern(pattern.target), printExpr(pattern.value)]);
    case "place":
      return printExpr(pattern.place);
  }
}

function printFunction(fn: FunctionFacts): string {
  const head = words(
    ...(fn.decorators ?? []).map((each) => `@${printExpr(each)}`),
    fn.static && "static",
    fn.async && "async",
    fn.generator && "generator",
    fn.kind ?? (fn.arrow ? "arrow" : "function"),
    fn.name,
  );
  const returns = fn.returns === undefined ? "" : `: ${fn.returns}`;
  return `${head}(${fn.params.map(printParam).join(", ")})${returns} ${block(fn.body)}`;
}

function printClass(cls: ClassFacts): string {
  const head = words(
    ...(cls.decorators ?? []).map((each) => `@${printExpr(each)}`),
    "class",
    cls.name,
    cls.extends && `extends ${printExpr(cls.extends)}`,
  );
  const fields = cls.fields.map(({ name, value, static: fixed }) =>
    words(fixed && "static", "field", name, value && `= ${printExpr(value)}`),
  );
  return `${head} ${braces([...fields, ...cls.methods.map(printFunction)])}`;
}

function printComprehension(expr: Expr & { readonly k: "comprehension" }): string {
  const key = expr.key === undefined ? "" : `${printExpr(expr.key)}: `;
  const loops = expr.loops.flatMap(({ target, iterable, conditions }) => [
    `for ${printPattern(target)} of ${printExpr(iterable)}`,
    ...conditions.map((condition) => `if ${printExpr(condition)}`),
  ]);
  return form(expr.into, [key + printExpr(expr.element), ...loops]);
}

function printCases(stmt: Stmt & { readonly k: "switch" }): string {
  return braces(
    stmt.cases.map(({ tests, body, falls }) => {
      const label = tests === null ? "default" : `case ${tests.map(printExpr).join(", ")}`;
      return `${label} ${block(body)}${falls ? " falls" : ""}`;
    }),
  );
}

function printHandlers(stmt: Stmt & { readonly k: "try" }): string {
  return stmt.handlers
    .map(({ types, target, body }) => {
      const name = target && printPattern(target);
      return ` ${words("catch", types?.map(printExpr).join(", "), name && `as ${name}`, block(body))}`;
    })
    .join("");
}

function printParam({ target, default: value, rest, type }: Param): string {
  const stars = { items: "...", named: "**" } as const;
  const colon = type === undefined ? "" : `: ${type}`;
  const fallback = value === undefined ? "" : ` = ${printExpr(value)}`;
  return `${rest ? stars[rest] : ""}${printPattern(target)}${colon}${fallback}`;
}

function printArg({ value, spread, name }: Arg): string {
  if (spread) return (spread === "items" ? "..." : "**") + printExpr(value);
  return name === undefined ? printExpr(value) : `${name}=${printExpr(value)}`;
}

function printEntry(entry: Entry): string {
  if ("spread" in entry) return `...${printExpr(entry.spread)}`;
  return `${printKey(entry.key)}: ${printExpr(entry.value)}`;
}

/** A literal key as it is, a computed one in brackets. */
function printKey(key: Expr): string {
  return key.k === "lit" ? JSON.stringify(key.value) : `[${printExpr(key)}]`;
}

function renamed(from: string, to: string): string {
  return from === to ? from : `${from} as ${to}`;
}

function tail(word: string, body: readonly Stmt[]): string {
  return body.length === 0 ? "" : ` ${word} ${block(body)}`;
}

function block(body: readonly Stmt[]): string {
  return braces(body.map(printStmt));
}

function braces(lines: readonly string[]): string {
  if (lines.length === 0) return "{}";
  const only = lines.length === 1 ? lines[0] : undefined;
  if (only !== undefined && !only.includes("\n") && only.length < 60) return `{ ${only} }`;
  return `{\n${lines.join("\n").replace(/^/gm, "  ")}\n}`;
}

function form(operator: string, operands: readonly string[]): string {
  return `(${[operator, ...operands].join(" ")})`;
}

function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}
