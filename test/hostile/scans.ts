/** Texts over which a careless scan takes quadratic or exponential time. */
import { type HostileWorkspace, languages, planted, plantedIn } from "./workspace";

const million = 1_000_000;

/** Files beside the application, by what they attack. */
const besides: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "generic-calls": { "src/a.ts": `x${".get<".repeat(million / 5)}` },
  "harmless-bundle": { "src/bundle.js": `var a=0;${"a=a+1,b(a);".repeat(90_000)}` },
  "one-word": { "src/a.ts": "a".repeat(million), "src/b.py": "a".repeat(million) },
  "spaces-before-line-end": { "src/a.ts": `// cors\n${`${" ".repeat(20_000)}x\n`.repeat(45)}` },
  "exports-lines": { "src/a.js": "export const handle ".repeat(50_000) },
  "def-lines": { "src/a.py": "def handle ".repeat(90_000) },
  "script-tags": { "src/a.html": "<script ".repeat(120_000) },
  "script-ends": { "src/a.html": `<script>fetch("/a")${"</script".repeat(100_000)}` },
  comments: { "src/a.html": `<script>fetch("/a")</script>${"<!--".repeat(200_000)}` },
  "gitignore-stars": {
    ".gitignore": `${"**/a/".repeat(9)}b\n${"*a".repeat(20)}b\n`,
    [`${"a/".repeat(60)}x.ts`]: "export const cors = 1;",
    [`src/${"a".repeat(200)}.ts`]: "export const cors = 1;",
  },
  "gitignore-long": {
    ".gitignore": Array.from({ length: 30_000 }, (_, i) => `**/x${String(i)}/**/y*`).join("\n"),
    ...Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`src/f${String(i)}.ts`, "export const cors = 1;"]),
    ),
  },
  "config-ignores": {
    "cors-lens.json": JSON.stringify({ ignores: [`${"**/a/".repeat(9)}b`, `${"*a".repeat(25)}b`] }),
    [`${"a/".repeat(60)}x.ts`]: "export const cors = 1;",
  },
  "pipfile-lock": { "Pipfile.lock": `{"default":{${'"aws-cdk-lib":{'.repeat(100_000)}` },
  "package-lock": {
    "package-lock.json": `{"packages":{${'"node_modules/aws-cdk-lib":{  '.repeat(50_000)}`,
  },
  "yarn-lock": { "yarn.lock": `${"aws-cdk-lib@x".repeat(100_000)}\n` },
  "pnpm-lock": { "pnpm-lock.yaml": `${" ".repeat(million)}aws-cdk-lib` },
  pyproject: {
    "pyproject.toml": `aws-cdk-lib${"=".repeat(million)}`,
    "setup.py": `aws-cdk-lib${" ".repeat(million)}`,
  },
  requirements: {
    "requirements.txt": `aws-cdk-lib${" ".repeat(million)}`,
    "requirements-dev.txt": `${" ".repeat(million)}`,
  },
  "package-json": { "package.json": `{"aws-cdk-lib":${" ".repeat(million)}` },
  directives: { "src/a.ts": `// cors\n/*${" cors-lens-disable-".repeat(50_000)}*/` },
  "directive-ids": {
    "src/a.ts": `export const cors = 1; // cors-lens-disable-line ${"any-origin-allowed,".repeat(40_000)}`,
  },
  "tsconfig-paths": {
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        baseUrl: ".",
        paths: Object.fromEntries(
          Array.from({ length: 30_000 }, (_, i) => [`p${String(i)}/*`, ["x/*", "y/*"]]),
        ),
      },
    }),
    "lambda/extra.ts": `// statusCode\nimport { a } from "p77/b";\nexport const b = a;\n`,
  },
  "tsconfig-stars": {
    "tsconfig.json": JSON.stringify({
      compilerOptions: { paths: { "*****************a*b": ["*"], ["*a".repeat(500)]: ["*"] } },
    }),
    "lambda/extra.ts": `// statusCode\nimport { a } from "${"a".repeat(5000)}";\nexport const b = a;\n`,
  },
  "tsconfig-extends": {
    "tsconfig.json": `{"extends":"./tsconfig.json"}`,
    "lambda/tsconfig.json": `{"extends":["../tsconfig.json","./b.json"]}`,
    "lambda/b.json": `{"extends":["./tsconfig.json","./b.json"]}`,
  },
  quotes: {
    "src/a.py": `# cors\n${`'"`.repeat(400_000)}`,
    "src/a.ts": `// cors\n${"`${".repeat(200_000)}`,
  },
  backslashes: {
    "src/a.py": `# cors\nx = "${"\\".repeat(900_000)}`,
    "src/a.ts": `// cors\nx = "${"\\".repeat(900_000)}`,
  },
  brackets: {
    "src/a.py": `# cors\n${"([{".repeat(200_000)}`,
    "src/a.ts": `// cors\n${"([{".repeat(200_000)}`,
  },
  "many-errors": {
    "src/a.py": `# cors\n${"def (:\n".repeat(40_000)}`,
    "src/a.ts": `// cors\n${"class { if (\n".repeat(40_000)}`,
  },
  "many-strings": {
    "src/a.ts": `export const cors = [\n${`"${"x".repeat(20)}",\n`.repeat(40_000)}];`,
  },
  "carriage-returns": {
    "src/a.py": `# cors\r${"x = 1\r".repeat(140_000)}`,
    "src/a.ts": `// cors\r${"x = 1;\r".repeat(120_000)}`,
  },
  "long-url": { "src/a.ts": `fetch("https://${"a.".repeat(200_000)}example.com/");` },
  "url-escapes": { "src/a.ts": `fetch("https://example.com/${"%2e%2e/".repeat(60_000)}");` },
  "origin-list": {
    "src/a.ts": `import cors from "cors";\ncors({ origin: "${"https://a.example.com,".repeat(30_000)}" });`,
  },
};

const huge = "k".repeat(900_000);

/** Configuration that is refused with a message: exit code 2, at once. */
export const refusedConfigurations: Readonly<Record<string, string>> = {
  "long-key": JSON.stringify({ rules: { [huge]: "off" } }),
  "long-top-key": JSON.stringify({ [huge]: 1 }),
  "many-keys": JSON.stringify(
    Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`key${String(i)}`, 1])),
  ),
  nested: `${"[".repeat(200_000)}`,
  "nested-rules": `{"rules":${'{"a":'.repeat(100_000)}`,
  "long-value": JSON.stringify({ rules: { "any-origin-allowed": huge } }),
};

export const scanWorkspaces: readonly HostileWorkspace[] = Object.entries(besides).flatMap(
  ([name, files]) =>
    languages.map((language) => ({
      name: `scan/${name}/beside/${language}`,
      files: { ...planted(language), ...files },
      planted: plantedIn(language),
    })),
);
