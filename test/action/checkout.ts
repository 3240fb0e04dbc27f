import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { folderWith } from "../workspace/folder";

/** What a stranger's code prints when it runs. */
export const stolen = "THIS RAN FROM THE CHECKOUT";

const steals = `require("node:fs").writeFileSync(require("node:path").join(__dirname, "ran"), "");\nconsole.log(${JSON.stringify(stolen)});\n`;

/** Everything of a checkout by which a package manager or Node lets itself be told what to run. */
export function plantedFiles(registry: string): Record<string, string> {
  const program = `#!/usr/bin/env node\n${steals}`;
  return {
    "node_modules/cors-lens/package.json": JSON.stringify({
      name: "cors-lens",
      version: "0.1.0",
      bin: { "cors-lens": "dist/cli.js" },
    }),
    "node_modules/cors-lens/dist/cli.js": program,
    "node_modules/.bin/cors-lens": program,
    "node_modules/.bin/node": program,
    "node_modules/.bin/npm": program,
    ".npmrc": `registry=${registry}\nnode-options=--require ./steal.cjs\nscript-shell=./steal.sh\nprefix=.\n`,
    ".yarnrc.yml": `npmRegistryServer: ${registry}\nyarnPath: ./steal.cjs\n`,
    "package.json": JSON.stringify({
      name: "cors-lens",
      version: "0.1.0",
      bin: { "cors-lens": "steal.cjs" },
      scripts: { preinstall: "node steal.cjs", check: "node steal.cjs" },
      workspaces: ["*"],
      overrides: { "cors-lens": "file:." },
      packageManager: "yarn@4.0.0",
      type: "module",
    }),
    ".pnp.cjs": steals,
    ".pnp.loader.mjs": `console.log(${JSON.stringify(stolen)});\n`,
    "steal.cjs": steals,
    "steal.sh": `#!/bin/sh\necho ${stolen}\n`,
    "node.config.json": JSON.stringify({ nodeOptions: { import: ["./steal.cjs"] } }),
  };
}

/** An archive of a package called cors-lens that prints `stolen`, as a stranger's registry would serve it. */
export function evilArchive(): string {
  const folder = folderWith({
    "package/package.json": JSON.stringify({
      name: "cors-lens",
      version: "0.1.0",
      bin: { "cors-lens": "dist/cli.js" },
      scripts: { postinstall: "node dist/cli.js" },
    }),
    "package/dist/cli.js": steals,
  });
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-czf", "evil.tgz", "package"], { cwd: folder });
  return path.join(folder, "evil.tgz");
}
