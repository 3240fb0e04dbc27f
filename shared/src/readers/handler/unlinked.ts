/** Handlers that no function construct names, as far as they evidently answer browsers: they send CORS headers. */
import { libraryNaming } from "../domain";
import { resolveImport } from "../../interpreter/modules/resolve";
import { askOf } from "../link-cache";
import type { Handler } from "../../model/model";
import type { Project } from "../../ir/project";
import { likelyHandlers } from "./read";

/** The unlinked handlers of a file. `linked`: names of its functions that constructs run. */
export function readUnlinked(
  project: Project,
  file: string,
  linked: readonly string[],
): readonly Handler[] {
  const words = askOf(project, file, handlerWords).split(" ");
  const open = words.some((word) => word !== "" && !linked.includes(word));
  if (!open || !mentionsCors(project, file)) return [];
  return likelyHandlers(project, file, linked).filter(sendsCors);
}

/** The words of a file that may be the name of a handler, and `*` where it passes on all names of another. */
function handlerWords(project: Project, file: string): string {
  const text = project.text(file) ?? "";
  const words = text.match(
    /\b(?:handler|lambda_?handler|main)\b|\*[ \t]+from\b|\bimport[ \t]+\*|\bmodule\.exports\s*=\s*require\b/gi,
  );
  return [...new Set((words ?? []).map((word) => (word.includes("*") ? "*" : word)))].join(" ");
}

/** Whether a file, or one that it imports, says a word of CORS: else none of its handlers can send CORS headers. */
function mentionsCors(project: Project, start: string): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (askOf(project, file, saysCors)) return true;
    open.push(...askOf(project, file, importedFiles).split("\n").filter(Boolean));
  }
  return false;
}

/** As wide as the spellings that `sendsCors` takes for a CORS header, and the names of libraries. */
function saysCors(project: Project, file: string): boolean {
  return /cors|cont[rol]+[-_]?allow|access[-_]?control/i.test(project.text(file) ?? "");
}

/** The workspace's files that a file imports anywhere, one a line. */
function importedFiles(project: Project, file: string): string {
  const language = file.endsWith(".py") ? "python" : "typescript";
  const text = project.text(file) ?? "";
  const specifiers = language === "python" ? pythonImports(text) : scriptImports(text);
  const found = specifiers.map((specifier) =>
    resolveImport(project, libraryNaming, file, specifier, language),
  );
  return [...new Set(found.flatMap((one) => (one.k === "file" ? [one.file] : [])))].join("\n");
}

function scriptImports(text: string): string[] {
  return [
    ...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*(?:\(\s*)?["'`]([^"'`\n]+)["'`]/g),
  ].flatMap(([, specifier]) => specifier ?? []);
}

/** What follows `from` may be a module, and so may each name after `import`. */
function pythonImports(text: string): string[] {
  const froms = text.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)/gm);
  const named = [...froms].flatMap(([, from = "", names = ""]) => {
    const prefix = from.endsWith(".") ? from : `${from}.`;
    return [from, ...[...names.matchAll(/\w+/g)].map(([name]) => prefix + name)];
  });
  const plain = [...text.matchAll(/^[ \t]*import[ \t]+([^\n#]+)/gm)].flatMap(([, list = ""]) =>
    list.split(",").flatMap((item) => /^\s*([\w.]+)/.exec(item)?.[1] ?? []),
  );
  return [...new Set([...named, ...plain])];
}

/** Also in a wrong spelling, or in the body: what such a handler sends is wrong, and it means to answer browsers. */
function sendsCors(handler: Handler): boolean {
  const cors = handler.framework?.cors.kind;
  if (cors === "configured" || cors === "misplaced") return true;
  return handler.responses.some(
    (path) =>
      path.corsInBody !== undefined ||
      path.headers.some((header) => /^[a-z]{4,8}[-_]?cont[rol]+[-_]?allow/i.test(header.name)),
  );
}
