/** Which `aws-cdk-lib` an application uses, from the files that pin it. */
import { readFileSync, statSync } from "node:fs";
import { foldersAbove, isWithin } from "./paths";

/** Where a version stands, best evidence first within a folder. The first group of the pattern is the version. */
const pins: readonly { readonly file: string; readonly pattern: RegExp }[] = [
  {
    file: "package-lock.json",
    pattern: /"(?:node_modules\/)?aws-cdk-lib":\s*\{\s*"version":\s*"([^"]+)"/,
  },
  { file: "yarn.lock", pattern: /^"?aws-cdk-lib@[^\n]*:\n\s+version:? "?(\d[^"\s]*)/m },
  { file: "pnpm-lock.yaml", pattern: /^\s+'?\/?aws-cdk-lib[@/](\d+\.\d+\.\d+)/m },
  { file: "bun.lock", pattern: /"aws-cdk-lib@(\d[^"]*)"/ },
  { file: "uv.lock", pattern: /name = "aws-cdk-lib"\r?\nversion = "([^"]+)"/ },
  { file: "poetry.lock", pattern: /name = "aws-cdk-lib"\r?\nversion = "([^"]+)"/ },
  { file: "Pipfile.lock", pattern: /"aws-cdk-lib":\s*\{[^}]*"version":\s*"==([^"]+)"/ },
  { file: "requirements.txt", pattern: /^aws-cdk-lib\s*===?\s*([\d.]+)/m },
  { file: "requirements-dev.txt", pattern: /^aws-cdk-lib\s*===?\s*([\d.]+)/m },
  { file: "pyproject.toml", pattern: /aws-cdk-lib"?\s*={1,3}\s*"?=*([\d.]+)/ },
  { file: "setup.py", pattern: /aws-cdk-lib\s*===?\s*([\d.]+)/ },
  // A range (`^2.150.0`) does not say what is installed, so only an exact version counts.
  { file: "package.json", pattern: /"aws-cdk-lib":\s*"=?(\d+\.\d+\.\d+)"/ },
  { file: "node_modules/aws-cdk-lib/package.json", pattern: /"version":\s*"([^"]+)"/ },
];

/** Lock files of large monorepos reach tens of megabytes. */
const largest = 64 * 1024 * 1024;

/**
 * The version, `2.150.0`, from the application's folder or the nearest above it, not beyond `top`.
 * `undefined` when nothing pins it: then the version is unknown, not the newest.
 */
export function cdkVersionOf(app: string, top: string): string | undefined {
  for (const folder of [app, ...foldersAbove(app)]) {
    if (!isWithin(top, folder)) return undefined;
    for (const { file, pattern } of pins) {
      const version = pattern.exec(textOf(`${folder}/${file}`))?.[1];
      if (version && /^\d+\.\d+/.test(version)) return version;
    }
  }
  return undefined;
}

function textOf(file: string): string {
  try {
    return statSync(file).size > largest ? "" : readFileSync(file, "utf8");
  } catch {
    // Most of these files do not exist; one that cannot be read pins nothing that we may rely on.
    return "";
  }
}
