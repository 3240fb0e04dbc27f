import { readFileSync } from "node:fs";
import path from "node:path";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";

const root = path.resolve(__dirname, "../..");

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/** The grammars as VS Code finds them: ours by package.json, those of the languages from elsewhere. */
const { contributes } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  contributes: { grammars: readonly Contribution[] };
};
const hosts: Readonly<Record<string, string>> = {
  "source.ts": "typescript",
  "source.js": "javascript",
  "source.python": "python",
};

function fileOf(scopeName: string): string | undefined {
  const own = contributes.grammars.find((grammar) => grammar.scopeName === scopeName);
  if (own) return path.join(root, own.path);
  const host = hosts[scopeName];
  return host && path.join(root, "node_modules/tm-grammars/grammars", `${host}.json`);
}

async function registry(): Promise<Registry> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await loadWASM(wasm);
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (scopeName) => {
      const file = fileOf(scopeName);
      const grammar = file
        ? parseRawGrammar(readFileSync(file, "utf8"), `${scopeName}.json`)
        : null;
      return Promise.resolve(grammar);
    },
    getInjections: (scopeName) =>
      contributes.grammars
        .filter(({ injectTo }) => injectTo?.includes(scopeName))
        .map((grammar) => grammar.scopeName),
  });
}

let engine: Promise<Registry> | undefined;

export interface Token {
  readonly text: string;
  readonly scopes: readonly string[];
}

/** The tokens of a text, line by line, in the engine that VS Code uses. */
export async function tokens(scopeName: string, text: string): Promise<readonly Token[]> {
  engine ??= registry();
  const grammar: IGrammar | null = await (await engine).loadGrammar(scopeName);
  if (!grammar) throw new Error(`there is no grammar ${scopeName}`);
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scopes,
    }));
  });
}

/** The pieces of a text that have a scope which begins so, as `[text, scope]`. */
export async function marked(scopeName: string, text: string, ours: RegExp) {
  return (await tokens(scopeName, text)).flatMap(({ text: piece, scopes }) => {
    const scope = scopes.filter((each) => ours.test(each)).at(-1);
    return scope === undefined ? [] : [[piece, scope] as const];
  });
}
