#!/usr/bin/env node
// Bundles the product into dist/. `node scripts/build.mjs` builds everything, `node scripts/build.mjs extension cli`
// only the named bundles.
//
// How the parsers stay out of the way until they are needed: code says `await import("./frontends/typescript/read")`
// and never imports a frontend statically. esbuild can only split ES modules, and VS Code wants CommonJS, so each
// frontend is a bundle of its own (dist/typescript.js, dist/python.js) that exports all that its modules export, and
// the plugin `frontendsAreChunks` turns every dynamic import of a module of that frontend into a `require` of that
// bundle at the time of the call. Run from source (tsx), the same import finds the module itself.
import * as esbuild from "esbuild";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { leanTypeScript } from "./lean-typescript.mjs";
import { notices } from "./notices.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => path.join(root, ...parts);
const dist = at("dist");

const programs = {
  extension: { entry: "client/src/extension.ts", external: ["vscode"] },
  server: { entry: "server/src/main.ts" },
  "session-process": { entry: "server/src/session-process.ts" },
  cli: { entry: "server/src/cli.ts" },
  worker: { entry: "server/src/worker.ts" },
};

/**
 * Parts that are bundles of their own: what programs share (the engine with the pure thought that others tell, and the
 * probe), the MCP server as one command needs it, and the protocol of the
 * language server.
 */
const chunks = {
  protocol: {
    entry: "node_modules/vscode-languageserver/lib/node/main.js",
    of: /^vscode-languageserver\/node$/,
    when: "import-statement",
  },
  engine: {
    entry: "server/src/engine.ts",
    of: /^\.\/engine$|\/shared\/src\/(browser|gateway|explain|editor\/hover|editor\/lens)$/,
    when: "import-statement",
  },
  probe: {
    entry: "server/src/probe/index.ts",
    of: /^\.\.\/probe$/,
    when: "import-statement dynamic-import",
  },
  mcp: { entry: "server/src/mcp/server.ts", of: /\/mcp\/server$/, when: "dynamic-import" },
};

const frontends = {
  typescript: { folder: "server/src/frontends/typescript" },
  python: {
    folder: "server/src/frontends/python",
    assets: [
      "node_modules/web-tree-sitter/web-tree-sitter.wasm",
      "node_modules/tree-sitter-python/tree-sitter-python.wasm",
    ],
  },
  template: { folder: "server/src/frontends/template" },
};

/** The pages of the rules, for readers without a network and for reports that carry them. */
function copyRulePages() {
  const from = at("shared/src/rules");
  mkdirSync(path.join(dist, "rules"), { recursive: true });
  for (const file of readdirSync(from).filter((name) => name.endsWith(".md"))) {
    copyFileSync(path.join(from, file), path.join(dist, "rules", file));
  }
}

const frontendImport = /\bfrontends\/(typescript|python|template)(\/[\w-]+)*$/;

/** Makes `import("…/frontends/<language>/<module>")` load dist/<language>.js, and refuses a static import of it. */
const frontendsAreChunks = {
  name: "frontends-are-chunks",
  setup(build) {
    build.onResolve({ filter: frontendImport }, ({ path: specifier, kind, importer }) => {
      const language = frontendImport.exec(specifier)[1];
      if (kind === "dynamic-import") return { path: `./${language}.js`, external: true };
      const where = path.relative(root, importer);
      return {
        errors: [
          { text: `${where} imports ${specifier} statically: a parser would load at start` },
        ],
      };
    });
  },
};

/** Makes an import of a chunk's entry load dist/<chunk>.js; a chunk holds itself. */
const chunksAreBundles = (own) => ({
  name: "chunks-are-bundles",
  setup(build) {
    for (const [name, { of, when }] of Object.entries(chunks)) {
      build.onResolve({ filter: of }, ({ kind }) =>
        when.split(" ").includes(kind) && name !== own
          ? { path: `./${name}.js`, external: true }
          : undefined,
      );
    }
  },
});

/**
 * The MCP SDK brings three things that this server never comes to: zod's messages in fifty languages, zod 3, and
 * schemas made from zod 3. Together they are a third of the bundle.
 */
const leanZod = {
  name: "lean-zod",
  setup(build) {
    const replace = (filter, contents) => build.onLoad({ filter }, () => ({ contents }));
    replace(
      /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
      `export { default as en } from "./en.js";`,
    );
    replace(
      /[\\/]zod[\\/]v3[\\/]index\.js$/,
      `export const object = () => { throw new Error("schemas of zod 3 are left out of this bundle"); };`,
    );
    replace(
      /[\\/]zod-to-json-schema[\\/]dist[\\/]esm[\\/]index\.js$/,
      `export const zodToJsonSchema = () => { throw new Error("schemas of zod 3 are left out of this bundle"); };`,
    );
  },
};

/** Of markup only the tags are asked for: what `&eacute;` stands for, a fifth of the tokenizer's weight, never matters. */
const withoutEntities = {
  name: "without-entities",
  setup(build) {
    build.onLoad({ filter: /[\\/]entities[\\/]dist[\\/]decode\.js$/ }, () => ({
      contents: `export const DecodingMode = { Legacy: 0, Strict: 1, Attribute: 2 };
export class HtmlEntityDecoder { startEntity() {} write() { return 0; } end() { return 0; } }`,
    }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  // An uncaught error prints the line it stands on: keep that line short.
  lineLimit: 200,
  legalComments: "none",
  logLevel: "silent",
  // `import()` becomes a deferred `require`, which finds the chunk beside the bundle in every host.
  supported: { "dynamic-import": false },
  // The ES build of web-tree-sitter looks for `import.meta.url`, which a CommonJS bundle does not have.
  alias: {
    "web-tree-sitter": at("node_modules/web-tree-sitter/web-tree-sitter.cjs"),
    // Its other build hides its modules from the bundler.
    "jsonc-parser": at("node_modules/jsonc-parser/lib/esm/main.js"),
  },
  metafile: true,
};

/** Options for one of the three programs; the hashbang is added unless the source already begins with one. */
function programOptions(name) {
  const { entry, external = [] } = programs[name];
  const hashbang = name === "cli" && !readFileSync(at(entry), "utf8").startsWith("#!");
  return {
    ...common,
    entryPoints: [entry],
    outfile: path.join(dist, `${name}.js`),
    external,
    plugins: [frontendsAreChunks, chunksAreBundles()],
    ...(hashbang ? { banner: { js: "#!/usr/bin/env node" } } : {}),
  };
}

function chunkOptions(name) {
  return {
    ...common,
    entryPoints: [chunks[name].entry],
    outfile: path.join(dist, `${name}.js`),
    plugins: [frontendsAreChunks, chunksAreBundles(name), leanZod],
  };
}

/** Options for the bundle of one frontend: `index.ts` where it exists, else everything `read.ts` and `write.ts` export. */
function frontendOptions(name) {
  const modules = frontendModules(name);
  return {
    ...common,
    stdin: {
      contents: modules.map((module) => `export * from "./${module}";`).join("\n"),
      resolveDir: at(frontends[name].folder),
      sourcefile: `${name}.ts`,
      loader: "ts",
    },
    outfile: path.join(dist, `${name}.js`),
    plugins: [leanTypeScript, withoutEntities],
  };
}

function frontendModules(name) {
  const exists = (file) => existsSync(at(frontends[name].folder, file));
  const has = (module) => exists(`${module}.ts`) || exists(`${module}/index.ts`);
  return has("index") ? ["index"] : ["read", "write"].filter(has);
}

/** The sentences that say which of the wanted bundles have no source, empty when all have. */
function missing(names) {
  return names.flatMap((name) => {
    if (name in programs || name in chunks) {
      const { entry } = programs[name] ?? chunks[name];
      return existsSync(at(entry))
        ? []
        : [`${entry} does not exist (entry point of dist/${name}.js)`];
    }
    if (name in frontends) {
      return frontendModules(name).length > 0
        ? []
        : [`${frontends[name].folder}/read.ts does not exist (entry point of dist/${name}.js)`];
    }
    return [`there is no bundle called "${name}"`];
  });
}

/** Parsers may be found in their own chunks only. */
function assertParserIsLazy(name, metafile) {
  const heavy = Object.keys(metafile.inputs).find((file) =>
    /node_modules\/(@ts-morph|ts-morph|typescript|web-tree-sitter)\//.test(file),
  );
  if (heavy && !(name in frontends)) throw new Error(`dist/${name}.js must not contain ${heavy}`);
}

function optionsOf(name) {
  if (name in programs) return programOptions(name);
  return name in chunks ? chunkOptions(name) : frontendOptions(name);
}

async function bundle(name) {
  const options = optionsOf(name);
  const { metafile } = await esbuild.build(options);
  assertParserIsLazy(name, metafile);
  for (const asset of frontends[name]?.assets ?? []) {
    copyFileSync(at(asset), path.join(dist, path.basename(asset)));
  }
  const { inputs } = Object.values(metafile.outputs)[0];
  const held = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
  return [...held, ...(frontends[name]?.assets ?? [])];
}

async function main(wanted) {
  const names = wanted.length > 0 ? wanted : [programs, chunks, frontends].flatMap(Object.keys);
  const problems = missing(names);
  if (problems.length > 0) {
    console.error(`build: cannot build\n${problems.map((p) => `  - ${p}`).join("\n")}`);
    return 1;
  }
  mkdirSync(dist, { recursive: true });
  copyRulePages();
  const held = [];
  for (const name of names) {
    try {
      held.push(...(await bundle(name)));
    } catch (error) {
      const messages = error.errors
        ? await esbuild.formatMessages(error.errors, { kind: "error", color: process.stderr.isTTY })
        : [error.message];
      console.error(`build: dist/${name}.js failed\n${messages.join("")}`);
      return 1;
    }
  }
  // Of some bundles alone it would be half a list.
  if (wanted.length === 0) {
    writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES.txt"), notices(root, held));
  }
  const sizes = readdirSync(dist)
    .filter((file) => /\.(js|wasm)$/.test(file))
    .map((file) => `${file} ${Math.round(statSync(path.join(dist, file)).size / 1024)} kB`);
  console.log(`build: dist/ ${sizes.join(" · ")}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
