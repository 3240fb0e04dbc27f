#!/usr/bin/env node
// Runs the e2e suite against the packed extension: installs .cache/cors-lens.vsix into a fresh profile of a real editor,
// opens copies of projects/ and of the examples as one workspace, and runs mocha in the extension host; then once more in
// another language. An empty stub stands in as the development extension that VS Code wants for a test run.
import { runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { projectFolder, vsixFile } from "../host/paths.mjs";
import { writeUserSettings } from "../host/settings.mjs";
import { chooseEditor, installExtension, prepareEditor } from "../host/vscode.mjs";
import { removeFolder } from "../host/workbench.mjs";
import { addPseudoLocale, pseudoLocale } from "./pseudo-locale/pseudo.mjs";

const projects = path.join(import.meta.dirname, "projects");
const examples = path.join(projectFolder, "examples");
const suiteFolder = path.join(projectFolder, "out", "e2e");

const only = process.argv.slice(2); // `node test/e2e/run.mjs probe`: this file alone

/** The test files of a folder, or those that were asked for. */
function testsIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => only.length === 0 || only.includes(file.slice(0, -".test.ts".length)))
    .map((file) => path.join(folder, file));
}

async function bundleSuite(tests) {
  rmSync(suiteFolder, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, "suite.ts"), ...tests],
    outdir: suiteFolder,
    entryNames: "[name]",
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
  });
}

/** Copies projects and examples into a folder of their own and returns a workspace file that opens each as a folder. */
function makeWorkspace(folder) {
  for (const source of [projects, examples]) cpSync(source, folder, { recursive: true });
  const folders = readdirSync(folder).map((name) => ({ path: name }));
  const file = path.join(folder, "e2e.code-workspace");
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}

/** One run of an editor with a profile of its own. */
async function runSuite(executable, tests, { prepare = () => {}, switches = [] } = {}) {
  if (tests.length === 0) return;
  await bundleSuite(tests);
  const temporary = mkdtempSync(path.join(realpathSync(os.tmpdir()), "cors-lens-e2e-"));
  try {
    const profile = {
      userDataDir: path.join(temporary, "user"),
      extensionsDir: path.join(temporary, "extensions"),
    };
    writeUserSettings(profile.userDataDir);
    installExtension(executable, vsixFile, profile);
    prepare(profile);
    const workspace = makeWorkspace(path.join(temporary, "work"));
    const result = path.join(temporary, "passes");
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: path.join(import.meta.dirname, "stub-extension"),
      extensionTestsPath: path.join(suiteFolder, "suite.js"),
      launchArgs: [
        workspace,
        `--user-data-dir=${profile.userDataDir}`,
        `--extensions-dir=${profile.extensionsDir}`,
        ...switches,
      ],
      extensionTestsEnv: { E2E_EXTENSIONS: profile.extensionsDir, E2E_RESULT: result },
    });
    const passes = Number(existsSync(result) ? readFileSync(result, "utf8") : 0);
    if (passes === 0) throw new Error("no test ran in the editor");
    console.log(`e2e: ${passes} passed in the editor`);
  } finally {
    removeFolder(temporary);
  }
}

async function main() {
  if (!existsSync(vsixFile)) throw new Error(`${vsixFile} is missing: npm run package makes it`);
  const executable = await prepareEditor(await chooseEditor());
  await runSuite(executable, testsIn(import.meta.dirname));
  await runSuite(executable, testsIn(path.join(import.meta.dirname, "pseudo-locale")), {
    prepare: ({ extensionsDir }) => addPseudoLocale(extensionsDir),
    switches: [`--locale=${pseudoLocale}`],
  });
}

try {
  await main();
} catch (error) {
  console.error(`e2e: ${error.message}`);
  process.exitCode = 1;
}
