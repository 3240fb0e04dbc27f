import path from "node:path";
/** A project in memory, read by the real frontends. */
import { frontends, type Reader } from "../../server/src/workspace/languages";
import type { FileFacts, Language } from "../../shared/src/ir/facts";
import type { Project } from "../../shared/src/ir/project";

/** The language of a file by its extension; `undefined` for other files. */
export function languageOf(file: string): Language | undefined {
  if (/\.([cm]?[jt]sx?|html|vue|svelte)$/.test(file)) return "typescript";
  if (/\.ya?ml$|(template|openapi)\.json$/.test(file)) return "template";
  return file.endsWith(".py") ? "python" : undefined;
}

/** Files by absolute path; `/package.json` may name the version of aws-cdk-lib, `/tsconfig.json` path mappings. */
const tests = path.resolve(__dirname, "..");

export async function memoryProject(files: ReadonlyMap<string, string>): Promise<Project> {
  const readers = new Map<Language, Reader>();
  for (const language of new Set([...files.keys()].map(languageOf))) {
    if (language !== undefined) readers.set(language, await frontends[language].reader());
  }
  const facts = new Map<string, FileFacts>();
  for (const [file, text] of files) {
    const language = languageOf(file);
    const read = language && readers.get(language);
    if (read) facts.set(file, read(file, text));
  }
  const json = (path: string): unknown => {
    const text = files.get(path);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  const version = dependency(json("/package.json"), "aws-cdk-lib");
  return {
    // Files of the tests themselves are an application of their own: that they lie among tests says nothing of them.
    root: [...files.keys()].every((file) => file.startsWith(`${tests}/`)) ? tests : "/",
    candidates: [...facts.keys()].sort(),
    facts: (file) => facts.get(file),
    inline: (file, text, language) => readers.get(language)?.(file, text),
    isFile: (path) => files.has(path),
    isDirectory: (path) =>
      [...files.keys()].some((file) => file.startsWith(path === "/" ? "/" : `${path}/`)),
    json,
    tsPaths: () => pathMappings(json("/tsconfig.json")),
    workspacePackage: (name) => {
      const manifests = [...files.keys()].filter((file) => file.endsWith("/package.json"));
      const own = manifests.find((file) => field(json(file), "name") === name);
      return own?.slice(0, -"/package.json".length);
    },
    pythonRoots: (file) => {
      const folders = file.split("/").slice(0, -1);
      return folders.map((_, index) => folders.slice(0, folders.length - index).join("/") || "/");
    },
    ...(version === undefined ? {} : { cdkVersion: version }),
    text: (file) => files.get(file),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function dependency(manifest: unknown, name: string): string | undefined {
  const version = field(field(manifest, "dependencies"), name);
  return typeof version === "string" ? version : undefined;
}

function pathMappings(tsconfig: unknown): { pattern: string; targets: string[] }[] {
  const paths = field(field(tsconfig, "compilerOptions"), "paths") ?? {};
  return Object.entries(paths as Record<string, string[]>).map(([pattern, targets]) => ({
    pattern,
    targets: targets.map((target) => `/${target.replace(/^\.\//, "")}`),
  }));
}
