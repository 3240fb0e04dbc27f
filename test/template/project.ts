/** Projects of templates: in memory, or on disk. */
import { existsSync, readFileSync, statSync } from "node:fs";
import type { FileFacts } from "../../shared/src/ir/facts";
import type { Project } from "../../shared/src/ir/project";
import { readTemplate } from "../../server/src/frontends/template/read";

/** A project of these files and nothing else; `files` by absolute path. */
export function projectOf(files: Readonly<Record<string, string>>): Project {
  return project(Object.keys(files), (path) => files[path]);
}

/** One file on disk, and what it leads to. */
export function projectOnDisk(file: string): Project {
  const isFile = (path: string): boolean =>
    existsSync(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return project([file], (path) => (isFile(path) ? readFileSync(path, "utf8") : undefined));
}

function project(
  candidates: readonly string[],
  text: (path: string) => string | undefined,
): Project {
  const facts = new Map<string, FileFacts>();
  const [first = "/"] = candidates;
  return {
    root: first.slice(0, first.lastIndexOf("/")),
    candidates,
    facts: (path) => {
      const known = facts.get(path);
      const source = known ? undefined : text(path);
      if (source === undefined || !/\.(ya?ml|json)$/.test(path)) return known;
      const read = readTemplate(path, source);
      facts.set(path, read);
      return read;
    },
    isFile: (path) => text(path) !== undefined,
    isDirectory: (path) => candidates.some((file) => file.startsWith(`${path}/`)),
    json: () => undefined,
    tsPaths: () => [],
    workspacePackage: () => undefined,
    pythonRoots: () => [],
    text,
  };
}
