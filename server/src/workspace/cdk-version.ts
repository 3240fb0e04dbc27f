/** Which `aws-cdk-lib` an application uses, from the files that pin it. */
import type { Door } from "../files/door";
import { foldersAbove, isWithin } from "./paths";

/** Where a version stands, best evidence first within a folder. The first group of the pattern is the version. */
const pins: readonly { readonly file: string; readonly pattern: RegExp }[] = [
  {
    file: "package-lock.json",
    pattern: /"(?:node_modules\/)?aws-cdk-lib":\s*\{\s*"version":\s*"([^"]+)"/,
  },
  { file: "yarn.lock", pattern: /^"?aws-cdk-lib@[^\n]*:\n[ \t]+version:? "?(\d[^"\s]*)/m },
  { file: "pnpm-lock.yaml", pattern: /^[ \t]+'?\/?aws-cdk-lib[@/](\d+\.\d+\.\d+)/m },
  { file: "bun.lock", pattern: /"aws-cdk-lib@(\d[^"]*)"/ },
  { file: "uv.lock", pattern: /name = "aws-cdk-lib"\r?\nversion = "([^"]+)"/ },
  { file: "poetry.lock", pattern: /name = "aws-cdk-lib"\r?\nversion = "([^"]+)"/ },
  { file: "Pipfile.lock", pattern: /"aws-cdk-lib":\s*\{[^{}]*?"version":\s*"==([^"]+)"/ },
  { file: "requirements.txt", pattern: /^aws-cdk-lib\s*===?\s*([\d.]+)/m },
  { file: "requirements-dev.txt", pattern: /^aws-cdk-lib\s*===?\s*([\d.]+)/m },
  { file: "pyproject.toml", pattern: /aws-cdk-lib"?\s*={1,3}\s*"?=*([\d.]+)/ },
  { file: "setup.py", pattern: /aws-cdk-lib\s*===?\s*([\d.]+)/ },
  // A range (`^2.150.0`) does not say what is installed, so only an exact version counts.
  { file: "package.json", pattern: /"aws-cdk-lib":\s*"=?(\d+\.\d+\.\d+)"/ },
  { file: "node_modules/aws-cdk-lib/package.json", pattern: /"version":\s*"([^"]+)"/ },
];

const library = "aws-cdk-lib";

/** Lock files of large monorepos reach tens of megabytes. */
const largest = 64 * 1024 * 1024;

/**
 * The version, `2.150.0`, from the application's folder or the nearest above it, not beyond `top`.
 * `undefined` when nothing pins it: then the version is unknown, not the newest.
 */
export function cdkVersionOf(app: string, top: string, door: Door): string | undefined {
  for (const folder of [app, ...foldersAbove(app)]) {
    if (!isWithin(top, folder)) return undefined;
    for (const { file, pattern } of pins) {
      const version = versionIn(door.text(`${folder}/${file}`, largest) ?? "", pattern);
      if (version && /^\d+\.\d+/.test(version)) return version;
    }
  }
  return undefined;
}

/** Mentions of the library that are looked at, and characters around each. */
const mostMentions = 200;
const before = 200;
const behind = 2000;

/** Patterns see a part of the text each time, so that none of them can be led along a whole lock file again and again. */
function versionIn(text: string, pattern: RegExp): string | undefined {
  let at = text.indexOf(library);
  for (let i = 0; i < mostMentions && at >= 0; i++) {
    const line = Math.max(text.lastIndexOf("\n", at) + 1, at - before);
    const version = pattern.exec(text.slice(line, at + behind))?.[1];
    if (version !== undefined) return version;
    at = text.indexOf(library, at + 1);
  }
  return undefined;
}
