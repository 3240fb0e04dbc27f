// What translators get: the client's own words as it hands them to `l10n.t`, and those of package.json.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * Every text in the client that is written for people, in order: the bundle that VS Code looks translations up by. A call
 * whose text cannot be read from the code is a mistake, since nobody could translate it.
 */
export function clientMessages(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.ts$/.test(file));
  const messages = files.flatMap((file) => messagesIn(path.join(folder, file)));
  return Object.fromEntries([...new Set(messages)].sort().map((text) => [text, text]));
}

function messagesIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === "l10n.t") {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) {
        throw new Error(`${file}: l10n.t wants a text as it is, not ${node.getText(source)}`);
      }
      found.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Of settings those members that are shown to people. */
const shown = new Set(["markdownDescription", "enumDescriptions", "patternErrorMessage"]);

/**
 * Takes the texts out of a schema: `%key%` stands in their places.
 * @returns the schema, and its texts by key
 */
export function withKeys(schema, key) {
  const texts = {};
  const replaced = (value, at, isText) => {
    if (isText && typeof value === "string") {
      // What is said several times is translated once.
      const known = Object.keys(texts).find((each) => texts[each] === value) ?? at;
      texts[known] = value;
      return `%${known}%`;
    }
    if (Array.isArray(value)) return value.map((each, i) => replaced(each, `${at}.${i}`, isText));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [
      name,
      replaced(member, `${at}.${name}`, shown.has(name)),
    ]);
    return Object.fromEntries(members);
  };
  return { schema: replaced(schema, key, false), texts };
}
