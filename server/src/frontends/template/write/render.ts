/** Values as text, in YAML's block style, in brackets, or as JSON. */

/** What can be written: texts, numbers, truth, lists of texts, maps and lists of them; `ref` refers to a resource. */
export type Writable =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly ref: string }
  | { readonly items: readonly WritableMap[] }
  | WritableMap;
export interface WritableMap {
  readonly of: readonly (readonly [key: string, value: Writable])[];
}

/** How a value is laid out. */
export interface Layout {
  readonly isJson: boolean;
  /** The column of the map that the value's key stands in, as blanks. */
  readonly indent: string;
  readonly step: string;
}

/** A text that YAML reads as the same text without quotes. */
const plain = /^[A-Za-z/][\w./:@+-]*$/;
const special = /^(true|false|yes|no|on|off|null|y|n|~)$/i;

/** A text, quoted where it has to be. */
export function quoted(text: string, isJson = false): string {
  const isPlain = plain.test(text) && !special.test(text) && !/:(\s|$)/.test(text);
  return isPlain && !isJson ? text : JSON.stringify(text);
}

/** `key: value` with what follows on lines of its own. */
export function rendered(key: string, value: Writable, layout: Layout): string {
  const name = layout.isJson ? JSON.stringify(key) : quoted(key);
  return `${name}:${spaced(value, layout)}`;
}

function spaced(value: Writable, layout: Layout): string {
  if (typeof value === "string") return ` ${quoted(value, layout.isJson)}`;
  if (typeof value === "number" || typeof value === "boolean") return ` ${String(value)}`;
  if ("ref" in value)
    return layout.isJson ? ` { "Ref": ${JSON.stringify(value.ref)} }` : ` !Ref ${value.ref}`;
  const inner = { ...layout, indent: layout.indent + layout.step };
  if ("items" in value) return listedMaps(value.items, inner);
  if (!("of" in value)) return listed(value, inner);
  const entries = value.of.map(([key, each]) => inner.indent + rendered(key, each, inner));
  if (!layout.isJson) return `\n${entries.join("\n")}`;
  return ` {\n${entries.join(",\n")}\n${layout.indent}}`;
}

function listed(items: readonly string[], layout: Layout): string {
  const texts = items.map((item) => quoted(item, layout.isJson));
  if (layout.isJson) return ` [${texts.join(", ")}]`;
  return `\n${texts.map((text) => `${layout.indent}- ${text}`).join("\n")}`;
}

/** Maps as elements: their entries stand one column further in than the dash. */
function listedMaps(items: readonly WritableMap[], layout: Layout): string {
  if (layout.isJson) return ` [${items.map((item) => inBrackets(item, true)).join(", ")}]`;
  const inner = { ...layout, indent: `${layout.indent}  ` };
  const texts = items.map(({ of }) =>
    of.map(([key, each]) => rendered(key, each, inner)).join(`\n${inner.indent}`),
  );
  return `\n${texts.map((text) => `${layout.indent}- ${text}`).join("\n")}`;
}

/** The value within brackets of YAML or JSON, on one line. */
export function inBrackets(value: Writable, isJson: boolean): string {
  if (typeof value === "string") return flowText(value, isJson);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if ("ref" in value)
    return isJson ? `{ "Ref": ${JSON.stringify(value.ref)} }` : `!Ref ${value.ref}`;
  if ("items" in value)
    return `[${value.items.map((item) => inBrackets(item, isJson)).join(", ")}]`;
  if (!("of" in value)) return `[${value.map((item) => flowText(item, isJson)).join(", ")}]`;
  const entries = value.of.map(
    ([key, each]) => `${isJson ? JSON.stringify(key) : key}: ${inBrackets(each, isJson)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

function flowText(text: string, isJson: boolean): string {
  return quoted(text, isJson);
}
