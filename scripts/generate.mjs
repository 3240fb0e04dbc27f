#!/usr/bin/env node
// Writes what can be derived: the list of rules, the settings in package.json, the schema of the configuration file, the
// version, the table of rules in the README, and the texts for translators.
// `npm run generate` writes, `npm run generate -- --check` fails when something would change.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as prettier from "prettier";
import { clientMessages, withKeys } from "./l10n.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const rulesFolder = "shared/src/rules";
const schemaFile = "schemas/cors-lens.schema.json";
const notRules = new Set(["rule.ts", "context.ts", "index.ts"]);

const load = (file) => import(pathToFileURL(path.join(root, file)).href);
const textOf = (file) => {
  const absolute = path.join(root, file);
  return existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
};

/** Every rule with the name of its export, in order of id. A file that does not export its rule is a mistake. */
async function rules() {
  const files = readdirSync(path.join(root, rulesFolder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !notRules.has(entry.name))
    .map((entry) => entry.name.slice(0, -3))
    .sort();
  return Promise.all(
    files.map(async (id) => {
      const module = await load(`${rulesFolder}/${id}.ts`);
      const found = Object.entries(module).find(([, value]) => value?.id === id);
      if (!found) throw new Error(`${rulesFolder}/${id}.ts must export a rule with the id "${id}"`);
      return { id, name: found[0], rule: found[1] };
    }),
  );
}

function ruleIndex(all) {
  const local = (id) => id.replace(/-(.)/g, (_, c) => c.toUpperCase());
  const imports = all.map(({ id, name }) =>
    name === "default"
      ? `import ${local(id)} from "./${id}";`
      : name === local(id)
        ? `import { ${name} } from "./${id}";`
        : `import { ${name} as ${local(id)} } from "./${id}";`,
  );
  return [
    "/** Every rule, in order of id. Written by `npm run generate`. */",
    ...imports,
    `import type { Rule } from "./rule";`,
    "",
    `export const rules: readonly Rule[] = [${all.map(({ id }) => local(id)).join(", ")}];`,
    "",
  ].join("\n");
}

function versionModule() {
  const { version } = JSON.parse(textOf("package.json"));
  return `/** The version in package.json. Written by \`npm run generate\`. */\nexport const version = ${JSON.stringify(version)};\n`;
}

/** Everything that can be given a severity. */
async function described(all) {
  const { unusedRule } = await load("shared/src/analyze.ts");
  const unused = {
    id: unusedRule,
    severity: "information",
    summary: "A suppression comment suppresses nothing.",
  };
  return [...all.map(({ rule }) => rule), unused].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The schema of the configuration file, which package.json attaches to it. */
async function fileSchema(all) {
  const { configSchema } = await load("shared/src/settings.ts");
  const schema = configSchema(await described(all));
  return `${JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", title: "CORS Lens", ...schema }, null, 2)}\n`;
}

const settingTexts = "settings.";

/** package.json and its texts, each with the settings as they are. */
async function packageFiles(all) {
  const { settingSchemas } = await load("shared/src/settings.ts");
  const manifest = JSON.parse(textOf("package.json"));
  const own = Object.entries(JSON.parse(textOf("package.nls.json")));
  const texts = Object.fromEntries(own.filter(([key]) => !key.startsWith(settingTexts)));
  const properties = {};
  for (const [order, [name, schema]] of Object.entries(
    settingSchemas(await described(all)),
  ).entries()) {
    const keyed = withKeys(schema, settingTexts + name.slice(name.indexOf(".") + 1));
    properties[name] = { order, ...keyed.schema };
    Object.assign(texts, keyed.texts);
  }
  manifest.contributes = {
    ...manifest.contributes,
    configuration: { title: "CORS Lens", properties },
  };
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  return { "package.json": json(manifest), "package.nls.json": json(texts) };
}

/** The README with a fresh table between its markers; unchanged without markers. */
function readme(all) {
  const text = textOf("README.md");
  const rows = all.map(
    ({ id, rule }) =>
      `| [\`${id}\`](${rulesFolder}/${id}.md) | ${rule.severity} | ${rule.summary} |`,
  );
  const table = ["| Rule | Severity | What it finds |", "| --- | --- | --- |", ...rows].join("\n");
  return text?.replace(
    /(<!-- rules:begin[^>]*-->)[\s\S]*?(<!-- rules:end -->)/,
    (_, begin, end) => `${begin}\n\n${table}\n\n${end}`,
  );
}

function put(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function formatted(file, text) {
  const options = await prettier.resolveConfig(path.join(root, file));
  return prettier.format(text, { ...options, filepath: path.join(root, file) });
}

async function main(check) {
  const all = await rules();
  const wanted = {
    [`${rulesFolder}/index.ts`]: await formatted(`${rulesFolder}/index.ts`, ruleIndex(all)),
    "shared/src/version.ts": versionModule(),
    ...(await packageFiles(all)),
    "l10n/bundle.l10n.json": `${JSON.stringify(clientMessages(path.join(root, "client/src")), null, 2)}\n`,
    [schemaFile]: await formatted(schemaFile, await fileSchema(all)),
    "README.md": readme(all),
  };
  const different = Object.entries(wanted).filter(
    ([file, text]) => text !== undefined && text !== textOf(file),
  );
  for (const [file, text] of different) {
    if (check) console.error(`generate: ${file} is out of date; run \`npm run generate\``);
    else put(path.join(root, file), text);
  }
  if (!check)
    console.log(`generate: ${different.map(([file]) => file).join(", ") || "nothing to do"}`);
  return check && different.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.includes("--check"));
