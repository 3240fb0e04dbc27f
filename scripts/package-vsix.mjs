#!/usr/bin/env node
// Packs dist/ and the papers into .cache/cors-lens.vsix, and refuses a package that misses a file or grew too large.
// Needs no network. Everything is bundled, so node_modules stays out; .vscodeignore lists what goes in.
import { createVSIX } from "@vscode/vsce";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { marketplacePage } from "./marketplace-page.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const vsix = path.join(root, ".cache", "cors-lens.vsix");
const limit = 2_000_000; // bytes

const contents = [
  "README.md",
  "CHANGELOG.md",
  "docs/images/fixes.png",
  "docs/images/hover.png",
  "LICENSE",
  "package.nls.json",
  "l10n/bundle.l10n.json",
  "dist/extension.js",
  "dist/server.js",
  "dist/protocol.js",
  "dist/session-process.js",
  "dist/engine.js",
  "dist/probe.js",
  "dist/cli.js",
  "dist/worker.js",
  "dist/mcp.js",
  "dist/rules/origin-never-matches.md",
  "dist/THIRD-PARTY-NOTICES.txt",
  "schemas/cors-lens.schema.json",
  "dist/typescript.js",
  "dist/python.js",
  "dist/web-tree-sitter.wasm",
  "dist/tree-sitter-python.wasm",
];

async function main() {
  const missing = contents.filter((file) => !existsSync(path.join(root, file)));
  if (missing.length > 0) {
    console.error(`package: missing ${missing.join(", ")} (npm run build makes dist/)`);
    return 1;
  }
  mkdirSync(path.dirname(vsix), { recursive: true });
  const page = path.join(path.dirname(vsix), "marketplace.md");
  writeFileSync(page, marketplacePage(readFileSync(path.join(root, "README.md"), "utf8")));
  await createVSIX({
    cwd: root,
    packagePath: vsix,
    dependencies: false,
    readmePath: path.relative(root, page),
  });
  const { size } = statSync(vsix);
  const name = path.relative(root, vsix);
  if (size > limit) {
    console.error(`package: ${name} has ${size} bytes, more than the ${limit} allowed`);
    return 1;
  }
  console.log(`package: ${name} ${(size / 1024 / 1024).toFixed(2)} MB`);
  return 0;
}

process.exitCode = await main();
