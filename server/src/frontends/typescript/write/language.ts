/** How TypeScript and JavaScript spell what the edits say. */
import { append } from "../../write-common/containers";
import type { Change } from "../../write-common/text-buffer";
import type { ContainsTest, HelperNames, Language, Option } from "../../write-common/language";
import { print, printList, type Doc, type Group } from "../../write-common/layout";
import {
  indentAt,
  lineEnd,
  lineStart,
  type Container,
  type Source,
} from "../../write-common/source";
import { parse } from "./source";

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

export const typescript: Language = {
  parse,
  option: (name) => name,
  member: (name) => name,
  quote,
  boolean: (value) => String(value),
  spread: { item: "...", entry: "..." },
  construct: "new ",
  keyed,
  keyedText: keyed,
  mapping: (source, entries) => object(source, entries, false),
  struct: (source, _type, options) => struct(source, options),
  call: (source, callee, args, options) => [
    `${callee}(`,
    ...args.flatMap((arg) => [arg, ", "]),
    struct(source, options),
    ")",
  ],
  options: (source, call, index) => {
    const argument = call.entries[index]?.value;
    const container = argument && source.container(argument);
    return container?.kind === "object" ? container : undefined;
  },
  newOptions,
  quotesKeys: true,
  freeForm: true,
  declarationGap: "\n\n",
  originList,
  checkedOrigin,
  contains,
  equals: "===",
  prefixed: (_source, before, name) => `\`${before}\${${name}}\``,
  helper,
  helperNames: ["", "For", "ForOrigin", "2", "3"].map((suffix) => ({
    list: `allowedOrigins${suffix}`,
    helper: `corsHeaders${suffix}`,
    checked: `checkedOrigin${suffix}`,
  })),
};

/** Where `origin?.endsWith("…")` held, the type checker knew that there is an origin. */
function contains(source: Source, list: string, test: ContainsTest): string {
  const { text, path, condition, bound } = test;
  if (!test.optional || !isTyped(source)) return `${list}.includes(${text})`;
  if (!path || (bound && !condition)) return `${list}.includes(${text} ?? ${quote(source, "")})`;
  const joined = `${condition ? "" : "!!"}${text} && ${list}.includes(${text})`;
  return bound ? `(${joined})` : joined;
}

const isTyped = ({ file }: Source): boolean => /\.[cm]?tsx?$/i.test(file);

/** In the file's quotes, or in the others where that saves escapes. */
function quote(source: Source, text: string): string {
  const preferred = source.style.quote;
  const other = preferred === '"' ? "'" : '"';
  const mark = text.includes(preferred) && !text.includes(other) ? other : preferred;
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return mark + inner.replaceAll(mark, `\\${mark}`) + mark;
}

/** Keys are quoted where they must be, or where the literal quotes keys that need none. */
function keyed(source: Source, container: Container | undefined, name: string, value: Doc): Doc {
  const keys = container?.entries.filter((e) => e.key !== undefined) ?? [];
  const needless = keys.some((e) => e.quoted && identifier.test(e.key ?? ""));
  const bare = keys.some((e) => !e.quoted);
  if (identifier.test(name) && (!needless || bare)) {
    return value === name ? name : [`${name}: `, value];
  }
  return [`${quote(source, name)}: `, value];
}

function object(source: Source, entries: readonly Doc[], broken: boolean): Group {
  return { open: "{", close: "}", items: entries, padded: source.style.padded, broken };
}

function struct(source: Source, options: readonly Option[]): Group {
  const entries = options.map(([name, value]) => keyed(source, undefined, name, value));
  return object(source, entries, entries.length > 1);
}

function newOptions(
  source: Source,
  call: Container,
  index: number,
  options: readonly Option[],
): Change[] | undefined {
  const argument = call.entries[index];
  if (argument) return spreadArgument(source, call, index, options);
  const missing = index - call.entries.length;
  if (missing > 1 || call.entries.some((entry) => entry.spread)) return undefined;
  const last = call.entries.at(-1);
  if (last && lineStart(source.text, last.range[0]) > call.open) {
    const entries = [...(missing === 1 ? ["undefined"] : []), struct(source, options)];
    return append(source, call, entries);
  }
  const start = last ? last.range[1] : call.open;
  const filler = missing === 1 ? "undefined, " : "";
  const before = (last ? ", " : "") + filler;
  const { text, style } = source;
  const place = {
    text,
    style,
    indent: indentAt(text, start),
    column: start - lineStart(text, start) + before.length,
    tail: lineEnd(text, call.close) - call.close,
  };
  return [{ start, end: start, text: before + print(struct(source, options), place) }];
}

/** `props` -> `{ ...props, corsPreflight: … }` */
function spreadArgument(
  source: Source,
  call: Container,
  index: number,
  options: readonly Option[],
): Change[] | undefined {
  const range = call.entries[index]?.value;
  if (!range || !source.isPath(range) || index !== call.entries.length - 1) return undefined;
  const entries = options.map(([name, value]) => keyed(source, undefined, name, value));
  const { text, style } = source;
  const place = {
    text,
    style,
    indent: indentAt(text, range[0]),
    column: range[0] - lineStart(text, range[0]),
    tail: lineEnd(text, range[1]) - range[1],
  };
  const old = text.slice(range[0], range[1]);
  if (old === "undefined") {
    return [{ start: range[0], end: range[1], text: print(struct(source, options), place) }];
  }
  const doc = object(source, [`...${old}`, ...entries], true);
  return [{ start: range[0], end: range[1], text: print(doc, place) }];
}

function originList(source: Source, name: string, origins: readonly string[]): string {
  const items = origins.map((origin) => quote(source, origin));
  return printList(items, source, `const ${name} = `, source.style.semicolon);
}

function checkedOrigin(source: Source, names: HelperNames, otherwise: string): string {
  const { unit, semicolon: end } = source.style;
  const head = isTyped(source)
    ? `function ${names.checked}(origin: string | undefined): string {`
    : `function ${names.checked}(origin) {`;
  const found = `${names.list}.find((allowed) => allowed === origin)`;
  return [head, `${unit}return ${found} ?? ${quote(source, otherwise)}${end}`, "}"].join("\n");
}

function helper(
  source: Source,
  names: HelperNames,
  origins: readonly string[],
  credentials: boolean,
): string {
  const { style, text } = source;
  const { unit, semicolon: end } = style;
  const column = `const ${names.list} = `.length;
  const place = { text, style, indent: "", column, tail: end.length };
  const head = isTyped(source)
    ? [
        `function ${names.helper}(event: {`,
        `${unit}headers?: Record<string, string | undefined> | null${end}`,
        "}): Record<string, string> {",
      ]
    : [`function ${names.helper}(event) {`];
  const header = (name: string, value: string): string =>
    print(keyed(source, undefined, name, value), place);
  const vary = header("Vary", quote(source, "Origin"));
  const comma = style.trailingComma ? "," : "";
  const headers = [
    header("Access-Control-Allow-Origin", "origin"),
    ...(credentials ? [header("Access-Control-Allow-Credentials", quote(source, "true"))] : []),
    vary,
  ];
  const nothing = print(object(source, [vary], false), place);
  return [
    originList(source, names.list, origins),
    "",
    ...head,
    `${unit}const origin = event.headers?.origin ?? event.headers?.Origin${end}`,
    `${unit}if (!origin || !${names.list}.includes(origin)) return ${nothing}${end}`,
    `${unit}return {`,
    headers.map((line) => unit + unit + line).join(",\n") + comma,
    `${unit}}${end}`,
    "}",
  ].join("\n");
}
