/** A parsed Python file as the writer sees it. */
import type { Range } from "../../../../../shared/src/ir/span";
import type { Style } from "../../write-common/layout";
import {
  afterComment,
  indentUnit,
  type Container,
  type ImportsEnd,
  type Quoted,
  type Source,
  type Statement,
} from "../../write-common/source";
import type { ParsePython } from "../parser";
import { childAt, rangeOf, type Syntax } from "../syntax";
import { exported } from "./exports";
import { guard, json, log } from "./guard";
import { reference } from "./imports";
import { keeps, reaches } from "./scope";
import { statementsAt } from "./statements";
import {
  codeOf,
  containerOf,
  isMemberName,
  nodeAt,
  pathTo,
  treeOf,
  unwrapped,
  type Tree,
} from "./syntax";
import { alternativeAt, assignedAt, textTestAt } from "./tests";

export function parserOf(parse: ParsePython): (file: string, text: string) => Source {
  return (file, text) => {
    const syntax = parse(text);
    const tree = treeOf(text, syntax);
    const containers = allContainers(tree);
    const source: Source = {
      file,
      text,
      style: styleOf(tree, containers),
      broken: syntax.errors.length > 0,
      container: (at) => containerAt(tree, at),
      holder: (entry) => holderOf(tree, entry),
      around: (at) =>
        pathTo(tree, at)
          .flatMap((n) => bracketsOf(tree, n) ?? [])
          .reverse(),
      statement: (at) => statementAt(tree, at),
      statements: (at) => statementsAt(tree, at),
      quoted: (at) => quotedAt(tree, at),
      isPath: (at) => isPath(unwrapped(nodeAt(tree, at))),
      isExpression: (at) => nodeAt(tree, at)?.named === true,
      assigned: (at) => assignedAt(tree, at),
      alternative: (at) => alternativeAt(tree, at),
      textTest: (at, subject) => textTestAt(tree, at, subject),
      names: namesOf(tree),
      afterImports: importsEnd(tree),
      hasStructs: hasStructs(tree, containers),
      reference: (library, name) => reference(source, tree, library, name),
      exported: (what, before) => {
        const end = importsEnd(tree, before, what.modules[0]?.split(".")[0]);
        return exported(source, tree, what, end, before);
      },
      reaches: (expression, fn, event) => reaches(tree, expression, fn, event),
      keeps: (name, fn) => keeps(tree, name, fn),
      log: (fn) => log(source, tree, fn),
      json: (fn) => json(tree, fn),
      guard: (fn, _promises, recovery) => guard(source, tree, fn, recovery),
    };
    return source;
  };
}

function containerAt(tree: Tree, at: Range): Container | undefined {
  const node = unwrapped(nodeAt(tree, at));
  return node && containerOf(tree, node);
}

/** An argument list says the same as its call. */
function bracketsOf(tree: Tree, node: Syntax): Container | undefined {
  return node.type === "argument_list" ? undefined : containerOf(tree, node);
}

function allContainers(tree: Tree): Container[] {
  const found: Container[] = [];
  const open = [tree.root];
  for (let node = open.pop(); node; node = open.pop()) {
    const container = bracketsOf(tree, node);
    if (container) found.push(container);
    open.push(...node.children);
  }
  return found;
}

function holderOf(tree: Tree, [start, end]: Range): ReturnType<Source["holder"]> {
  for (const node of pathTo(tree, [start, end]).reverse()) {
    const container = bracketsOf(tree, node);
    const index = container?.entries.findIndex(({ range }) => {
      const exact = range[0] === start && range[1] === end;
      // An element in quotes may be meant without them.
      return exact || (range[0] === start - 1 && range[1] === end + 1);
    });
    if (container && index !== undefined && index >= 0) return { container, index };
    if (/_statement$/.test(node.type)) return undefined;
  }
  return undefined;
}

function statementAt(tree: Tree, at: Range): Statement | undefined {
  const path = pathTo(tree, at);
  const index = path.findLastIndex((node, i) => {
    const parent = path[i - 1];
    return node.named && (parent?.type === "module" || parent?.type === "block");
  });
  const node = path[index];
  const list = path[index - 1];
  if (!node || !list) return undefined;
  const compound = /^(class|function|decorated)_definition$/.test(node.type);
  if (compound && (node.start !== at[0] || node.end !== at[1])) return undefined;
  return {
    range: rangeOf(node),
    alone: list.children.filter((child) => child.named).length === 1 && list.type === "block",
    leaves: /^(return|raise|break|continue)_statement$/.test(node.type),
  };
}

function quotedAt(tree: Tree, [start, end]: Range): Quoted | undefined {
  const found = unwrapped(nodeAt(tree, [start, end]));
  const node =
    found?.type === "string"
      ? found
      : pathTo(tree, [start, end]).findLast((n) => n.type === "string");
  const [open] = node?.children ?? [];
  const close = node?.children.at(-1);
  if (!node || !open || !close) return undefined;
  const whole = node.start === start && node.end === end;
  const inside = open.end === start && close.start === end;
  if (!whole && !inside) return undefined;
  return { range: rangeOf(node), open: codeOf(tree, open), close: codeOf(tree, close) };
}

function isPath(node: Syntax | undefined): boolean {
  if (node?.type === "attribute") return isPath(childAt(node, "object"));
  return node?.type === "identifier";
}

function namesOf(tree: Tree): Set<string> {
  const names = new Set<string>();
  const open = [tree.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "identifier" && !isMemberName(tree, node)) names.add(codeOf(tree, node));
    open.push(...node.children);
  }
  return names;
}

/** `before`: what is imported is used there. `beside`: a package whose imports it best stands with. */
function importsEnd(tree: Tree, before = Infinity, beside?: string): ImportsEnd {
  const statements = tree.root.children.filter((child) => child.named && child.end <= before);
  const imports = statements.filter(({ type }) =>
    /^(future_)?import_(from_)?statement$/.test(type),
  );
  const last = imports.findLast((node) => isOf(tree, node, beside)) ?? imports.at(-1);
  if (last) return { at: afterComment(tree.text, last.end), first: false };
  const [first] = statements;
  const docstring =
    first?.type === "expression_statement" && unwrapped(first)?.type === "string"
      ? first
      : undefined;
  if (docstring) return { at: docstring.end, first: false };
  // A line that names the interpreter or the encoding stays on top.
  const head = /^\uFEFF?((#!|#.*coding[:=]).*\r?\n)*/.exec(tree.text)?.[0].length ?? 0;
  return { at: head, first: true };
}

function isOf(tree: Tree, node: Syntax, beside: string | undefined): boolean {
  const name = childAt(node, "module_name") ?? childAt(node, "name");
  return name !== undefined && codeOf(tree, name).split(".")[0] === beside;
}

/** Whether options are written as calls of struct classes at least as often as as dictionaries. */
function hasStructs(tree: Tree, containers: readonly Container[]): boolean {
  const structs = containers.filter((c) =>
    /(Options|Props|Property|Behavior|Rule)$/.test(c.callee ?? ""),
  );
  const dictionaries = containers
    .flatMap((c) => (c.kind === "call" ? c.entries : []))
    .filter((e) => /(options|props|cors|preflight|behavior|configuration)$/.test(e.key ?? ""))
    .filter((e) => e.value && tree.text[e.value[0]] === "{");
  return dictionaries.length <= structs.length;
}

function styleOf(tree: Tree, containers: readonly Container[]): Style {
  let double = 0;
  let single = 0;
  const open = [tree.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "string_start") {
      const mark = codeOf(tree, node);
      const text = codeOf(tree, tree.parents.get(node) ?? node).slice(mark.length, -1);
      // Docstrings, and strings that hold the other quote, say nothing about the habit.
      if (/^[a-zA-Z]?"$/.test(mark) && !text.includes("'")) double++;
      if (/^[a-zA-Z]?'$/.test(mark) && !text.includes('"')) single++;
    }
    open.push(...node.children);
  }
  const lines = containers.filter((c) => {
    const last = c.entries.at(-1);
    return last && tree.text.slice(last.range[1], c.close).includes("\n");
  });
  const commas = lines.filter((c) => c.entries.at(-1)?.comma !== undefined).length;
  return {
    unit: indentUnit(tree.text, "    "),
    quote: single > double ? "'" : '"',
    semicolon: "",
    trailingComma: commas * 2 >= lines.length,
    padded: false,
  };
}
