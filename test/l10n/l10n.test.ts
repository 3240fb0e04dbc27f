import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Texts that nobody reads in an editor's language, by file. */
const notForPeople: Readonly<Record<string, readonly RegExp[]>> = {
  // Language models read these.
  "lm-tool.ts": [
    /^CORS Lens reports nothing here\.$/,
    /^\{\} more are left out\.$/,
    /^\{\} {2}fix/,
  ],
  // The example's type declarations.
  "example.ts": [/^declare var/],
  // Markup, style and script of the drawn exchange. Its words come from panel.ts.
  "probe/sequence.ts": [/^[^]*[<{(;][^]*$/],
  "strict-page.ts": [/^<!DOCTYPE html>/],
  "contract/page.ts": [/^[^]*[<{(;][^]*$/],
  // A comment in a file of the project, as all of the server's words.
  "configuration-file.ts": [/^\{\n/],
  // What Chromium writes.
  "explain-error.ts": [/^Access to fetch at/],
};

/** Two words, or one that begins like a sentence. */
const prose = /[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+\b/;

/** The literals of a file that look like prose and are not handed to `l10n.t`; `{}` stands for what is put in. */
function untranslated(file: string): readonly string[] {
  const source = ts.createSourceFile(
    file,
    read(`client/src/${file}`),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && node.expression.getText() === "l10n.t") {
      node.arguments.slice(1).forEach(visit);
      return;
    }
    const text = textOf(node);
    if (text !== undefined && prose.test(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return isName(node) ? undefined : node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}");
}

/** Ids of commands, states and the like: one word with dots or dashes, the name of a member, or what is compared. */
function isName(node: ts.StringLiteralLike): boolean {
  const { text, parent } = node;
  if (/^[\w.:/-]+$/.test(text) && !/^[A-Z][a-z]+$/.test(text)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  const isCompared =
    ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());
  return isCompared || ts.isCaseClause(parent);
}

describe("texts of the client", () => {
  const files = readdirSync(path.join(root, "client/src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"));

  it("are many", () => {
    assert.ok(Object.keys(JSON.parse(read("l10n/bundle.l10n.json")) as object).length > 50);
    assert.ok(files.length > 10);
  });

  for (const file of files) {
    it(`all go through l10n in ${file}`, () => {
      const allowed = notForPeople[file] ?? [];
      const missed = untranslated(file).filter((text) => !allowed.some((each) => each.test(text)));
      assert.deepEqual(missed, []);
    });
  }

  it("keep their places for numbers and names", () => {
    for (const text of Object.keys(JSON.parse(read("l10n/bundle.l10n.json")) as object)) {
      const places = [...text.matchAll(/\{(\d+)\}/g)].map(([, n]) => Number(n)).sort();
      assert.deepEqual(
        places,
        places.map((_, i) => i),
        text,
      );
    }
  });
});

describe("texts of package.json", () => {
  /** Brands, and words for language models. */
  const same = /^(CORS Lens|cors-lens)$/;
  const shownKeys =
    /^(title|label|displayName|description|markdownDescription|userDescription|category|patternErrorMessage)$/;

  it("all stand in package.nls.json", () => {
    const missed: string[] = [];
    const visit = (value: unknown, at: readonly string[]): void => {
      const key = at.findLast((each) => !/^\d+$/.test(each)) ?? "";
      const forModels = at.includes("inputSchema");
      if (typeof value === "string") {
        const isShown = shownKeys.test(key) || /[dD]escriptions$/.test(key) || key === "aliases";
        if (isShown && !forModels && !same.test(value) && !/^%[\w.-]+%$/.test(value)) {
          missed.push(`${at.join(".")}: ${value}`);
        }
        return;
      }
      if (typeof value !== "object" || value === null) return;
      for (const [name, member] of Object.entries(value)) visit(member, [...at, name]);
    };
    const { contributes, capabilities } = JSON.parse(read("package.json")) as Record<
      string,
      unknown
    >;
    visit({ contributes, capabilities }, []);
    assert.deepEqual(missed, []);
  });
});
