/** The names that server and client share, and that nobody may spell twice. */

/** `source` of every diagnostic. */
export const diagnosticSource = "cors-lens";

/** The code action kind that applies all safe fixes of a file. */
export const fixAllKind = "source.fixAll.cors-lens";

/** Home of the project; the pages of the rules lie below it. */
export const repository = "https://github.com/cors-lens/cors-lens";

/** The code of what is wrong in a `cors-lens.json`. */
export const configurationProblem = "configuration-invalid";

/** The page that explains a rule. */
export function rulePage(rule: string): string {
  if (rule === configurationProblem) return `${repository}/blob/main/docs/configuration.md`;
  return `${repository}/blob/main/shared/src/rules/${rule}.md`;
}

/**
 * Files whose change on disk the server wants to know of: sources, what decides about them (`cdk.json`, `package.json`,
 * tsconfig and lock files, `.gitignore`), and JSON that stacks import as configuration.
 */
export const watchedFiles: readonly string[] = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,json}",
  "**/.gitignore",
  "**/{yarn.lock,pnpm-lock.yaml,bun.lock,uv.lock,poetry.lock,Pipfile.lock}",
  "**/{requirements*.txt,pyproject.toml,setup.py}",
];
