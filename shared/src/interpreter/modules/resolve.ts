/** Which file or library an import names. */
import type { Language } from "../../ir/facts";
import type { Project } from "../../ir/project";
import { dirname, joinPath } from "../../base/file-paths";

export type Resolved =
  | { readonly k: "file"; readonly file: string }
  | { readonly k: "json"; readonly file: string }
  | { readonly k: "library"; readonly path: string };

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

export function resolveImport(
  project: Project,
  from: string,
  specifier: string,
  language: Language,
): Resolved {
  return language === "python"
    ? resolvePython(project, from, specifier)
    : resolveTypeScript(project, from, specifier);
}

function resolveTypeScript(project: Project, from: string, specifier: string): Resolved {
  const library: Resolved = { k: "library", path: libraryPath(specifier) };
  if (specifier.startsWith(".")) {
    return sourceAt(project, joinPath(dirname(from), specifier)) ?? library;
  }
  if (library.path.startsWith("cdk")) return library;
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

/** Packages that people put beside their handlers for upload; what they do is known here by name, not by running them. */
const published = new Set(
  (
    "boto3 botocore s3transfer urllib3 requests dateutil jmespath six yaml jwt jose pydantic pydantic_core " +
    "aws_lambda_powertools aws_xray_sdk fastapi starlette mangum flask flask_cors werkzeug chalice sqlalchemy " +
    "numpy pandas openai anthropic httpx anyio certifi idna cryptography psycopg2 pymysql redis stripe"
  ).split(" "),
);

function resolvePython(project: Project, from: string, specifier: string): Resolved {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split(".").join("/");
  if (dots > 0) {
    let folder = dirname(from);
    for (let up = 1; up < dots; up++) folder = dirname(folder);
    return (
      pythonModuleAt(project, joinPath(folder, path)) ?? {
        k: "library",
        path: libraryPath(specifier),
      }
    );
  }
  const library = libraryPath(specifier);
  if (!library.startsWith("cdk") && !published.has(path.split("/")[0] ?? "")) {
    for (const root of [dirname(from), ...project.pythonRoots(from)]) {
      const found = pythonModuleAt(project, joinPath(root, path));
      if (found && found.file !== from) return found;
    }
  }
  return { k: "library", path: library.startsWith("cdk") ? library : `py:${specifier}` };
}

function pythonModuleAt(project: Project, path: string): { k: "file"; file: string } | undefined {
  for (const file of [`${path}.py`, `${path}/__init__.py`]) {
    if (project.isFile(file)) return { k: "file", file };
  }
  return undefined;
}

/**
 * One name for a library whatever its language and age: `cdk.aws_apigatewayv2` for `aws-cdk-lib/aws-apigatewayv2`,
 * `@aws-cdk/aws-apigatewayv2-alpha`, and Python's `aws_cdk.aws_apigatewayv2`; `cdk` for CDK's core.
 */
export function libraryPath(specifier: string): string {
  if (/^(aws-cdk-lib(\/core)?|@aws-cdk\/core|aws_cdk|aws_cdk\.core)$/.test(specifier)) return "cdk";
  const submodule =
    /^(?:aws-cdk-lib\/|@aws-cdk\/)([a-z0-9-]+)/.exec(specifier)?.[1] ??
    /^aws_cdk\.([a-z0-9_]+)/.exec(specifier)?.[1];
  if (submodule !== undefined) return `cdk.${cdkModule(submodule)}`;
  return specifier === "constructs" ? "constructs" : `npm:${specifier.replace(/^node:/, "")}`;
}

/** `aws-apigatewayv2-alpha` -> `aws_apigatewayv2`. */
export function cdkModule(name: string): string {
  return name.replace(/-/g, "_").replace(/_alpha$/, "");
}
