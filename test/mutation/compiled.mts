/** Which mutants the compiler refuses: `npm run check` would find them before any test, so they say nothing of the tests. */
import path from "node:path";
import ts from "typescript";
import type { Mutant } from "./mutants.mjs";

/** A judge of mutants of `shared/src`; the sources are read once. */
export function compilerOf(root: string): (mutant: Mutant) => boolean {
  const configFile = path.join(root, "shared", "tsconfig.json");
  const config = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  if (!config) throw new Error(`no ${configFile}`);
  const changed = new Map<string, { text: string; version: number }>();
  let version = 0;
  const service = ts.createLanguageService({
    ...ts.sys,
    getCompilationSettings: () => config.options,
    getScriptFileNames: () => config.fileNames,
    getScriptVersion: (file) => String(changed.get(file)?.version ?? 0),
    getScriptSnapshot: (file) => {
      const text = changed.get(file)?.text ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  });
  return (mutant) => {
    const file = path.join(root, mutant.file);
    changed.set(file, {
      text: withMutant(ts.sys.readFile(file) ?? "", mutant),
      version: ++version,
    });
    const refused =
      service.getSyntacticDiagnostics(file).length + service.getSemanticDiagnostics(file).length >
      0;
    changed.delete(file);
    return !refused;
  };
}

function withMutant(text: string, { start, end, replacement }: Mutant): string {
  const starts = text
    .split("\n")
    .reduce((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [0]);
  const from = (starts[start.line] ?? 0) + start.column;
  const to = (starts[end.line] ?? 0) + end.column;
  return text.slice(0, from) + replacement + text.slice(to);
}
