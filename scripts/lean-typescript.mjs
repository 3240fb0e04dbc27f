// Bundles of TypeScript's compiler only what is reached. Reading and rewriting syntax asks for the scanner and the
// parser, a tenth of it; the rest takes a third of a second to load, and most of the package's size.
//
// The compiler comes as one CommonJS function whose exports an object lists, so a bundler has to keep all of it. This
// plugin hands the same text over as an ES module, and marks what only computes a value as such: then esbuild sees what
// nobody asks for. Nothing is taken out by hand but what registers itself with parts that are not there.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";

const require = createRequire(import.meta.url);
const compiler = "lean-typescript";

/** What the frontends write, and what the bundle takes instead: names of a namespace can be told apart, properties of an object not. */
const written = 'import { ts } from "ts-morph";';
const bundled = `import * as ts from "${compiler}";`;

/** The plugin for the bundle of the TypeScript frontend. */
export const leanTypeScript = {
  name: compiler,
  setup(build) {
    const morph = createRequire(require.resolve("ts-morph"));
    const file = path.join(path.dirname(morph.resolve("@ts-morph/common")), "typescript.js");
    build.onLoad({ filter: /[\\/]frontends[\\/]typescript[\\/].*\.ts$/ }, ({ path: source }) => ({
      contents: readFileSync(source, "utf8").replace(written, bundled),
      loader: "ts",
    }));
    build.onResolve({ filter: /^ts-morph$/ }, ({ importer }) => ({
      errors: [{ text: `${importer} has to say \`${written}\`, as all of the frontend do` }],
    }));
    build.onResolve({ filter: new RegExp(`^${compiler}$`) }, () => ({ path: file }));
    build.onLoad({ filter: /[\\/]@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ }, () => ({
      contents: asModule(readFileSync(file, "utf8")),
      loader: "js",
    }));
  },
};

/** The compiler's text: helpers, the list of exports, and the code up to the language server that it carries. */
const layout =
  /^var ts = \{\}; \(\(module\) => \{\n"use strict";$([^]*?)^__export\(typescript_exports, \{$([^]*?)^\}\);\nmodule\.exports = __toCommonJS\(typescript_exports\);$([^]*?)^\/\/ src\/server\//m;

function asModule(text) {
  const parts = layout.exec(text);
  if (!parts) throw new Error("@ts-morph/common/dist/typescript.js is laid out in another way now");
  const [, helpers = "", list = "", code = ""] = parts;
  const source = ts.createSourceFile("typescript.js", code, ts.ScriptTarget.Latest);
  const declared = new Set(source.statements.flatMap(namesOf));
  const names = [...list.matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)]
    .filter(([, , local]) => declared.has(local))
    .map(([, name, local]) => `${local} as ${name}`);
  return `${helpers}${marked(code, source)}\nexport { ${names.join(", ")} };`;
}

function namesOf(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.text);
  }
  return statement.name ? [statement.name.text] : [];
}

/** The code, with every value that a top-level statement computes marked as free of side effects. */
function marked(code, source) {
  const textOf = (node) => code.slice(node.getStart(source), node.end);
  const pieces = [];
  let done = 0;
  const put = (node, text) => {
    pieces.push(code.slice(done, node.getStart(source)), text);
    done = node.end;
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { initializer } of statement.declarationList.declarations) {
        if (!initializer || code.slice(initializer.pos, initializer.end).includes("@__PURE__"))
          continue;
        put(initializer, `/* @__PURE__ */ (() => (${textOf(initializer)}))()`);
      }
    } else if (ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression)) {
      const text = filled(statement.expression, textOf);
      if (text !== undefined) put(statement, text);
    }
  }
  return [...pieces, code.slice(done)].join("");
}

/** Of what the services add to nodes, only the `text` of identifiers is used. */
const identifiersWithText = `objectAllocator.getPrivateIdentifierConstructor = objectAllocator.getIdentifierConstructor;
Object.defineProperty(objectAllocator.getIdentifierConstructor().prototype, "text", { get() { return idText(this); } });`;

/** What a call of the top level fills: `__export(x, {…})`, `((X2) => {…})(X || (X = {}))`; `undefined` for other calls. */
function filled({ expression: callee, arguments: args }, textOf) {
  if (ts.isIdentifier(callee)) {
    // Of the services for editors: quick fixes and refactorings that list themselves, and nodes with methods.
    if (/^register(CodeFix|Refactor)$/.test(callee.text)) return "";
    if (callee.text === "setObjectAllocator") return identifiersWithText;
    if (callee.text !== "__export") return undefined;
    const [name, getters] = args.map(textOf);
    return `var ${name} = /* @__PURE__ */ ((e) => (__export(e, ${getters}), e))({});`;
  }
  const fill = ts.isParenthesizedExpression(callee) ? callee.expression : undefined;
  const name = args[0] && /^(\w+) \|\| \(\1 = \{\}\)$/.exec(textOf(args[0]))?.[1];
  if (!fill || !ts.isArrowFunction(fill) || name === undefined) return undefined;
  const own = fill.parameters[0].name.text;
  return `var ${name} = /* @__PURE__ */ (${textOf(fill).replace(/\}$/, `return ${own}; }`)})({});`;
}
