#!/usr/bin/env node
// The npm host as a "VS Code executable": takes VS Code's own arguments, so @vscode/test-electron can drive it.
//
//   vscode-host.mjs --user-data-dir=D --extensions-dir=E --install-extension x.vsix
//   vscode-host.mjs FOLDER --user-data-dir=D --extensions-dir=E --extensionDevelopmentPath=P --extensionTestsPath=T
//
// The second form runs the tests in the server's extension host, with the workbench in a headless Chromium, prints
// what they print and exits with their code. HOST_VERBOSE=1 shows the workbench's own messages too, and HOST_SHOT
// names a PNG file for a picture of the window when tests fail.
import { parseArgs, format } from "node:util";
import {
  openBrowser,
  profileArguments,
  remoteUri,
  spawnServer,
  startServer,
  stopServer,
  workbenchAddress,
} from "./workbench.mjs";

const timeout = Number(process.env.HOST_TIMEOUT_MS ?? 600_000);

// Messages of the workbench itself, which say nothing about the tests.
const noise =
  /^(Ignoring fetching additional|Updating additional builtin|\[AccountPolicyGate\]|\[AgentHost|Creating a socket|Resol(ving|ved) connection|\[reconnection-grace-time\]|\[Service Worker\]|No search provider registered|No extension gallery service configured|Timed out waiting for authentication provider|Creation of workbench contribution|Started (local|initializing) )/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false, // VS Code's other switches are accepted and mean nothing here
  options: {
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    "install-extension": { type: "string", multiple: true },
    extensionDevelopmentPath: { type: "string", multiple: true },
    extensionTestsPath: { type: "string" },
    locale: { type: "string" },
    "disable-workspace-trust": { type: "boolean" },
  },
});

const profile = { userDataDir: values["user-data-dir"], extensionsDir: values["extensions-dir"] };

function installExtensions(files) {
  const installs = files.map((file) => `--install-extension=${file}`);
  const server = spawnServer([...profileArguments(profile), ...installs], { stdio: "inherit" });
  return new Promise((resolve) => server.on("exit", (code) => resolve(code ?? 1)));
}

async function runTests() {
  const trust = values["disable-workspace-trust"] ? ["--disable-workspace-trust"] : [];
  const server = await startServer(profile, { extra: trust });
  const kill = () => server.process.kill("SIGKILL");
  process.on("exit", kill); // in case this process is interrupted
  const { browser, page } = await openBrowser();
  try {
    if (values.locale) await page.addInitScript(speak, values.locale);
    const done = exitOf(page);
    const payload = [
      ...(values.extensionDevelopmentPath ?? []).map((folder) => [
        "extensionDevelopmentPath",
        remoteUri(server.authority, folder),
      ]),
      ["extensionTestsPath", remoteUri(server.authority, values.extensionTestsPath)],
    ];
    await page.exposeFunction("codeAutomationLog", relay);
    await page.goto(workbenchAddress(server.authority, positionals[0], payload));
    const code = await done;
    if (code !== 0 && process.env.HOST_SHOT) await page.screenshot({ path: process.env.HOST_SHOT });
    return code;
  } finally {
    await browser.close();
    await stopServer(server);
  }
}

/** In the page: the language that the workbench asks its extensions to speak. Its own texts stay English. */
function speak(locale) {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => locale, set: () => {} });
}

/** Resolves to the tests' exit code, which the workbench reports through a function that it looks for by name. */
async function exitOf(page) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      console.error(`host: the tests did not end within ${timeout} ms`);
      resolve(124);
    }, timeout);
    page.on("close", () => reject(new Error("host: the browser closed before the tests ended")));
    page
      .exposeFunction("codeAutomationExit", (code) => {
        clearTimeout(timer);
        resolve(code);
      })
      .catch(reject);
  });
}

function relay(type, args) {
  const line = format(...args);
  if (!process.env.HOST_VERBOSE && noise.test(line)) return;
  if (type === "error") console.error(line);
  else console.log(line);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => process.exit(141));

try {
  const installs = values["install-extension"];
  process.exitCode = installs ? await installExtensions(installs) : await runTests();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();
