/** Versions of npm packages, as the nearest package.json asks for them. */
import { dirname, joinPath } from "../../evaluate/paths";
import type { Project } from "../../project";

/** The major version of the first of these packages that the file's package.json names. */
export function majorVersion(
  project: Project,
  file: string,
  names: readonly string[],
): number | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = project.json(joinPath(folder, "package.json"));
    for (const name of names) {
      const range = ["dependencies", "devDependencies"].map((field) =>
        entry(entry(manifest, field), name),
      );
      const text = range.find((value) => typeof value === "string");
      const major = typeof text === "string" ? /^[\^~>=v\s]*(\d+)/.exec(text)?.[1] : undefined;
      if (major !== undefined) return Number(major);
    }
    if (folder === "/" || folder === "." || folder === dirname(folder)) return undefined;
  }
}

function entry(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
