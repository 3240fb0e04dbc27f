/**
 * The source of what a build makes: `Code.fromAsset("dist/packages/orders")` deploys a folder that is not checked in, and
 * `packages/orders/src/main.ts` is what it is built from. Where no settings lead from one to the other, names do: the
 * folders of a build repeat those of the sources.
 */
import { basename, joinPath, withoutExtension } from "../../base/file-paths";
import type { Expr, FileFacts, Stmt } from "../../ir/facts";
import type { Project } from "../../ir/project";
import { isTestFile } from "../test-files";
import { sourceBySettings } from "./build-settings";

/** Folders that builds make, or that hold nothing but sources: they are no part of what a thing is called. */
const layers = new Set(
  (
    "dist build out output bundle bundles bundled .build .esbuild .webpack .dist esbuild-out target release " +
    "artifact artifacts assets asset zip zips compiled lib cdk.out .aws-sam deploy publish src source sources app"
  ).split(" "),
);

/** Names of files that say nothing about what is in them. */
const entries = new Set(
  "index main handler handlers app lambda function lambda_function lambda_handler".split(" "),
);

/**
 * The one source file whose name and folders fit a built module, and which has the handler.
 * @param built path of the built module without extension, as `/app/dist/packages/orders/main`
 * @param name the handler's name in it
 */
export function sourceOfBuilt(project: Project, built: string, name: string): string | undefined {
  const told = sourceBySettings(project, built);
  if (told !== undefined && declares(project.facts(told), name)) return told;
  const wanted = nameOf(project, built);
  if (wanted.length === 0) return undefined;
  for (const tied of rankedSources(project, built, wanted)) {
    const [only, ...others] = tied.filter((file) => declares(project.facts(file), name));
    if (only !== undefined) return others.length === 0 ? only : undefined;
  }
  return undefined;
}

/** Source files that may be meant, in groups of equal likeness, the likeliest first. */
function rankedSources(
  project: Project,
  built: string,
  wanted: readonly string[],
): readonly (readonly string[])[] {
  const groups = new Map<number, string[]>();
  for (const file of project.sources ?? project.candidates) {
    const rank = rankOf(project, file, built, wanted);
    if (rank === undefined || isTestFile(project, file)) continue;
    groups.set(rank, [...(groups.get(rank) ?? []), file]);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, files]) => files);
}

/**
 * How well a file fits: the same folders and name, then more folders than the build has, then the last name alone; within
 * each the same file name.
 */
function rankOf(
  project: Project,
  file: string,
  built: string,
  wanted: readonly string[],
): number | undefined {
  if (!/\.([cm]?[jt]sx?|py)$/.test(file) || file.endsWith(".d.ts")) return undefined;
  const module = withoutExtension(file);
  if (basename(module) !== basename(built) && !entries.has(basename(module))) {
    // A bundler makes `orders/index.js` of `orders.ts`.
    if (basename(module) !== wanted.at(-1)) return undefined;
  }
  const found = nameOf(project, module);
  const alike = basename(module) === basename(built) ? 1 : 0;
  if (found.length === wanted.length && found.every((part, i) => part === wanted[i]))
    return 4 + alike;
  if (found.at(-1) !== wanted.at(-1)) return undefined;
  if (isSubsequence(wanted, found)) return 2 + alike;
  // `packages/orders.zip` is made of `lambdas/orders/handler.py`: only the last folder and the file are the same.
  return alike === 1 ? alike : undefined;
}

/** The folders and the name of a module without what builds and sources add. */
function nameOf(project: Project, path: string): readonly string[] {
  const relative = path.startsWith(`${project.root}/`)
    ? path.slice(project.root.length + 1)
    : joinPath(path).slice(1);
  const parts = relative.split("/").filter((part) => !layers.has(part));
  while (entries.has(parts.at(-1) ?? "")) parts.pop();
  return parts;
}

function isSubsequence(parts: readonly string[], whole: readonly string[]): boolean {
  let next = 0;
  for (const part of whole) if (part === parts[next]) next++;
  return next === parts.length;
}

/** Whether a module's top level declares, exports or assigns a name. */
function declares(facts: FileFacts | undefined, name: string): boolean {
  return facts?.body.some((stmt) => namesIn(stmt).includes(name)) ?? false;
}

function namesIn(stmt: Stmt): readonly string[] {
  switch (stmt.k) {
    case "function":
      return stmt.fn.name === undefined ? [] : [stmt.fn.name];
    case "let":
      return stmt.target.k === "name" ? [stmt.target.name] : [];
    case "export":
    case "reexport":
      return [stmt.name];
    case "expr":
      return assigned(stmt.expr);
    default:
      return [];
  }
}

/** `exports.handler = …`, `module.exports = { handler }` */
function assigned(expr: Expr): readonly string[] {
  if (expr.k !== "assign" || expr.target.k !== "place") return [];
  const { place } = expr.target;
  if (place.k !== "member") return [];
  const keys =
    expr.value.k === "object"
      ? expr.value.entries.flatMap((entry) =>
          "key" in entry && entry.key.k === "lit" ? [String(entry.key.value)] : [],
        )
      : [];
  return [place.name, ...keys];
}
