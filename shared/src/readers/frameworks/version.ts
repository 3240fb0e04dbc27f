/** What packages a project asks for. */
import { dirname, joinPath } from "../../base/file-paths";
import type { Project } from "../../ir/project";

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

/** Files in which Python projects say what they need. */
const requirements = ["requirements.txt", "pyproject.toml", "Pipfile"];

/** Whether the folder of the file or one above it asks for the distribution: `flask-cors`, also written `Flask_Cors`. */
export function requiresPython(project: Project, file: string, name: string): boolean {
  const spelled = name.replaceAll("-", "[-_.]");
  const pattern = new RegExp(`(^|["'\\s])${spelled}(["'\\s=<>~!;[]|$)`, "im");
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    for (const each of requirements) {
      const text = project.text(joinPath(folder, each)) ?? "";
      if (pattern.test(text.replace(/#.*/g, ""))) return true;
    }
    if (folder === "/" || folder === "." || folder === dirname(folder)) return false;
  }
}

function entry(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
