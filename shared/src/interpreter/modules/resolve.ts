/** Which file or library an import names. */
import type { Language } from "../../ir/facts";
import type { Project } from "../../ir/project";
import type { LibraryNaming } from "../core/domain";
import { dirname, joinPath } from "../../base/file-paths";

export type Resolved =
  | { readonly k: "file"; readonly file: string }
  | { readonly k: "json"; readonly file: string }
  | { readonly k: "library"; readonly path: string };

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

export function resolveImport(
  project: Project,
  naming: LibraryNaming,
  from: string,
  specifier: string,
  language: Language,
): Resolved {
  return language === "python"
    ? resolvePython(project, naming, from, specifier)
    : resolveTypeScript(project, naming, from, specifier);
}

function resolveTypeScript(
  project: Project,
  naming: LibraryNaming,
  from: string,
  specifier: string,
): Resolved {
  const named = naming.modulePath(specifier);
  const library: Resolved = { k: "library", path: named };
  if (specifier.startsWith(".")) {
    return sourceAt(project, joinPath(dirname(from), specifier)) ?? library;
  }
  if (naming.isReserved(specifier, named)) return library;
  for (const { pattern, targets } of project.tsPaths(from)) {
    const matched = matchPattern(pattern, specifier);
    if (matched === undefined) continue;
    for (const target of targets) {
      const found = sourceAt(project, target.replace("*", matched));
      if (found) return found;
    }
  }
  return inWorkspace(project, specifier) ?? inLayer(project, from, specifier) ?? library;
}

function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === specifier ? "" : undefined;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits =
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

function inWorkspace(project: Project, specifier: string): Resolved | undefined {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  const folder = project.workspacePackage(parts.slice(0, length).join("/"));
  if (folder === undefined) return undefined;
  const rest = parts.slice(length).join("/");
  if (rest !== "")
    return (
      sourceAt(project, joinPath(folder, rest)) ?? sourceAt(project, joinPath(folder, "src", rest))
    );
  const manifest = project.json(joinPath(folder, "package.json"));
  const main =
    manifest !== null && typeof manifest === "object"
      ? (manifest as { main?: unknown }).main
      : undefined;
  return (
    sourceAt(project, joinPath(folder, "src/index")) ??
    sourceAt(project, joinPath(folder, "index")) ??
    (typeof main === "string" ? sourceAt(project, joinPath(folder, main)) : undefined)
  );
}

/** `/opt/nodejs/x` is a file of a Lambda layer; layers lie beside the code under their usual names. */
function inLayer(project: Project, from: string, specifier: string): Resolved | undefined {
  const inside = /^\/opt\/(?:nodejs\/)?(.+)$/.exec(specifier)?.[1];
  if (inside === undefined) return undefined;
  for (let folder = dirname(from); folder.length >= project.root.length; folder = dirname(folder)) {
    for (const layer of [
      "layer",
      "layers",
      "layers/common",
      "layers/shared",
      "lambda-layer",
      "shared",
    ]) {
      const found =
        sourceAt(project, joinPath(folder, layer, "nodejs", inside)) ??
        sourceAt(project, joinPath(folder, layer, inside));
      if (found) return found;
    }
    if (folder === "/") break;
  }
  return undefined;
}

/** The source file that a path without or with (possibly another) extension means. */
export function sourceAt(project: Project, path: string): Resolved | undefined {
  if (path.endsWith(".json")) return project.isFile(path) ? { k: "json", file: path } : undefined;
  const typed = /^(.*)\.([cm]?)jsx?$/.exec(path);
  const tries = [
    ...(typed ? [`${typed[1] ?? ""}.${typed[2] ?? ""}ts`, `${typed[1] ?? ""}.tsx`] : []),
    ...(/\.[cm]?[jt]sx?$/.test(path) ? [path] : []),
    ...extensions.map((extension) => path + extension),
    ...extensions.map((extension) => `${path}/index${extension}`),
  ];
  const file = tries.find((candidate) => project.isFile(candidate));
  return file === undefined ? undefined : { k: "file", file };
}

function resolvePython(
  project: Project,
  naming: LibraryNaming,
  from: string,
  specifier: string,
): Resolved {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split(".").join("/");
  if (dots > 0) {
    let folder = dirname(from);
    for (let up = 1; up < dots; up++) folder = dirname(folder);
    return (
      pythonModuleAt(project, joinPath(folder, path)) ?? {
        k: "library",
        path: naming.modulePath(specifier),
      }
    );
  }
  const library = naming.modulePath(specifier);
  if (!naming.isReserved(specifier, library)) {
    for (const root of [dirname(from), ...project.pythonRoots(from)]) {
      const found = pythonModuleAt(project, joinPath(root, path));
      if (found && found.file !== from) return found;
    }
  }
  return { k: "library", path: library.startsWith("npm:") ? `py:${specifier}` : library };
}

function pythonModuleAt(project: Project, path: string): { k: "file"; file: string } | undefined {
  for (const file of [`${path}.py`, `${path}/__init__.py`]) {
    if (project.isFile(file)) return { k: "file", file };
  }
  return undefined;
}
