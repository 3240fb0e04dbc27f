/** How Python spells what the edits say. */
import { append } from "../../write-common/containers";
import type { HelperNames, Language, Option } from "../../write-common/language";
import { printList, type Doc, type Group } from "../../write-common/layout";
import type { Container, Source } from "../../write-common/source";
import type { ParsePython } from "../parser";
import { parserOf } from "./source";

export function pythonOf(parse: ParsePython): Language {
  return {
    parse: parserOf(parse),
    option: snakeCase,
    member: (name) => name.replace(/(\d)(XX)$/, "$1_$2"),
    quote,
    boolean: (value) => (value ? "True" : "False"),
    spread: { item: "*", entry: "**" },
    construct: "",
    keyed,
    keyedText: (source, _container, name, value) => [`${quote(source, name)}: `, value],
    mapping: (_source, entries) => dictionary(entries, false),
    struct,
    call: (source, callee, args, options) => [
      callee,
      { open: "(", close: ")", items: [...args, ...keywords(source, options)] },
    ],
    // Options are keyword arguments.
    options: (_source, call) => call,
    newOptions: (source, call, _index, options) => append(source, call, keywords(source, options)),
    quotesKeys: false,
    freeForm: false,
    declarationGap: "\n\n\n",
    originList,
    checkedOrigin,
    contains: (_source, list, { text, negated }) => `${text} ${negated ? "not in" : "in"} ${list}`,
    equals: "==",
    prefixed: (source, before, name) => `f${quote(source, `${before}{${name}}`)}`,
    helper,
    helperNames: ["", "_FOR", "_FOR_ORIGIN", "_2", "_3"].map((suffix) => ({
      list: `ALLOWED_ORIGINS${suffix}`,
      helper: `cors_headers${suffix.toLowerCase()}`,
      checked: `checked_origin${suffix.toLowerCase()}`,
    })),
  };
}

function snakeCase(name: string): string {
  return /^[a-z][a-zA-Z0-9]*$/.test(name)
    ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    : name;
}

/** In the file's quotes, or in the others where that saves escapes. */
function quote(source: Source, text: string): string {
  const preferred = source.style.quote;
  const other = preferred === '"' ? "'" : '"';
  const mark = text.includes(preferred) && !text.includes(other) ? other : preferred;
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return mark + inner.replaceAll(mark, `\\${mark}`) + mark;
}

function keyed(source: Source, container: Container | undefined, name: string, value: Doc): Doc {
  if (container?.kind === "call") return [`${snakeCase(name)}=`, value];
  return [`${quote(source, keyIn(container, name))}: `, value];
}

/** Options of a dictionary are in snake case unless its other keys are in camel case. */
function keyIn(container: Container | undefined, name: string): string {
  const keys = container?.entries.map((entry) => entry.key ?? "") ?? [];
  return keys.some((key) => /[a-z][A-Z]/.test(key)) ? name : snakeCase(name);
}

function keywords(source: Source, options: readonly Option[]): Doc[] {
  return options.map(([name, value]): Doc => [`${snakeCase(name)}=`, value]);
}

function struct(source: Source, type: string | undefined, options: readonly Option[]): Doc {
  const broken = options.length > 1;
  if (type !== undefined) {
    return [type, { open: "(", close: ")", items: keywords(source, options), broken }];
  }
  return dictionary(
    options.map(([name, value]) => keyed(source, undefined, name, value)),
    broken,
  );
}

function dictionary(entries: readonly Doc[], broken: boolean): Group {
  return { open: "{", close: "}", items: entries, broken };
}

function originList(source: Source, name: string, origins: readonly string[]): string {
  const items = origins.map((origin) => quote(source, origin));
  return printList(items, source, `${name} = `, "");
}

function checkedOrigin(source: Source, names: HelperNames, otherwise: string): string {
  const { unit } = source.style;
  const other = quote(source, otherwise);
  return [
    `def ${names.checked}(origin):`,
    `${unit}return origin if origin in ${names.list} else ${other}`,
  ].join("\n");
}

function helper(
  source: Source,
  names: HelperNames,
  origins: readonly string[],
  credentials: boolean,
): string {
  const { style } = source;
  const { unit } = style;
  const q = (value: string): string => quote(source, value);
  const vary = `${q("Vary")}: ${q("Origin")}`;
  const headers = [
    `${q("Access-Control-Allow-Origin")}: origin`,
    ...(credentials ? [`${q("Access-Control-Allow-Credentials")}: ${q("true")}`] : []),
    vary,
  ];
  const comma = style.trailingComma ? "," : "";
  const request = `request_headers.get(${q("origin")}) or request_headers.get(${q("Origin")})`;
  return [
    originList(source, names.list, origins),
    "",
    "",
    `def ${names.helper}(event):`,
    `${unit}request_headers = event.get(${q("headers")}) or {}`,
    `${unit}origin = ${request}`,
    `${unit}if origin not in ${names.list}:`,
    `${unit}${unit}return {${vary}}`,
    `${unit}return {`,
    headers.map((line) => unit + unit + line).join(",\n") + comma,
    `${unit}}`,
  ].join("\n");
}
