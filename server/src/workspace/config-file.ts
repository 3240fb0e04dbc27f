/** Reads a JSON file against a schema and says what is wrong with it, and where. */
import {
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Finding } from "../../../shared/src/finding";
import { configurationProblem } from "../../../shared/src/protocol";
import type { ConfigSchema } from "../../../shared/src/settings";

export interface ConfigContent {
  /** `undefined` when nothing could be read. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

type Complain = (node: Pick<Node, "offset" | "length">, message: string) => void;

/** Comments and trailing commas are allowed. Reports every mistake; what is right is still in the value. */
export function readConfig(file: string, text: string, schema: ConfigSchema): ConfigContent {
  const findings: Finding[] = [];
  const complain: Complain = ({ offset, length }, message) =>
    findings.push({
      rule: configurationProblem,
      severity: "error",
      at: { file, start: offset, end: offset + length },
      message,
      related: [],
      fixes: [],
    });
  const errors: ParseError[] = [];
  const tree = treeOf(text, errors);
  // What follows the first mistake mostly follows from it.
  const [error] = errors;
  if (text.trim() === "") complain({ offset: 0, length: text.length }, "The file is empty.");
  else if (error) complain(error, `This is no JSON: ${said(error)}.`);
  if (!tree) {
    if (findings.length === 0) complain({ offset: 0, length: 1 }, tooDeep);
    return { value: undefined, findings };
  }
  try {
    judge(tree, schema, "This file", complain);
    return { value: getNodeValue(tree) as unknown, findings: findings.slice(0, mostFindings) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    complain({ offset: 0, length: 1 }, tooDeep);
    return { value: undefined, findings: findings.slice(-1) };
  }
}

/** Mistakes of one file that are told, and characters of what stands in it that are repeated. */
const mostFindings = 50;
const longestWord = 80;

const tooDeep = "The file nests too deeply.";

/** The tree of the text; a text that nests deeper than a stack has none. */
function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  } catch {
    return undefined;
  }
}

/** A word of the file, as a message can repeat it. */
function shown(word: string): string {
  return word.length <= longestWord ? word : `${word.slice(0, longestWord)}…`;
}

/** `CommaExpected` as "comma expected". */
function said({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function judge(node: Node, schema: ConfigSchema, name: string, complain: Complain): void {
  if (node.type !== schema.type) {
    complain(node, `${name} has to be ${article(schema.type)}, and is ${article(node.type)}.`);
  } else if (node.type === "object") judgeObject(node, schema, name, complain);
  else if (node.type === "array") judgeArray(node, schema, name, complain);
  else if (node.type === "string") judgeString(node, schema, name, complain);
}

function judgeObject(node: Node, schema: ConfigSchema, name: string, complain: Complain): void {
  const { properties = {}, additionalProperties: others } = schema;
  const seen = new Set<string>();
  for (const { children = [] } of node.children ?? []) {
    const [keyNode, valueNode] = children;
    if (!keyNode) continue;
    const key = String(keyNode.value);
    const allowed = others ? undefined : Object.keys(properties);
    if (allowed && !allowed.includes(key)) {
      complain(
        keyNode,
        `Unknown ${name === '"rules"' ? "rule" : "key"} "${shown(key)}".${hint(key, allowed)}`,
      );
      continue;
    }
    if (seen.has(key)) complain(keyNode, `"${shown(key)}" stands here twice; the last one counts.`);
    seen.add(key);
    const own = Object.hasOwn(properties, key) ? properties[key] : others || undefined;
    if (own && valueNode) judge(valueNode, own, `"${shown(key)}"`, complain);
  }
}

function judgeArray(node: Node, schema: ConfigSchema, name: string, complain: Complain): void {
  for (const item of node.children ?? []) {
    if (schema.items) judge(item, schema.items, `Each entry of ${name}`, complain);
  }
}

function judgeString(node: Node, schema: ConfigSchema, name: string, complain: Complain): void {
  const value = String(node.value);
  if (schema.enum && !schema.enum.includes(value)) {
    const choice = schema.enum.map((each) => `"${each}"`).join(", ");
    complain(node, `${name} has to be one of ${choice}, and is "${shown(value)}".`);
  } else if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    const what = schema.patternErrorMessage ?? `It does not match ${schema.pattern}.`;
    complain(node, `${name} cannot be "${shown(value)}". ${what}`);
  }
}

function article(type: string): string {
  return type === "null" ? type : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function hint(key: string, allowed: readonly string[]): string {
  if (key.length > longestWord) return "";
  const near = allowed
    .map((each) => ({ each, far: distance(key, each) }))
    .sort((a, b) => a.far - b.far)[0];
  if (near && near.far <= Math.max(2, key.length / 3)) return ` Did you mean "${near.each}"?`;
  return allowed.length > 10
    ? ""
    : ` There is ${allowed.filter((each) => each !== "$schema").join(", ")}.`;
}

/** How many characters have to be put in, left out or replaced, regardless of case. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, x] of [...a.toLowerCase()].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b.toLowerCase()].entries()) {
      const replaced = (row[j] ?? 0) + (x === y ? 0 : 1);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
