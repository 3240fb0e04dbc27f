#!/usr/bin/env node
// Opens the example in a real editor with the packed extension installed in a profile of its own:
// desktop VS Code where `code` is on the PATH and there is a display, else VS Code's server in the browser.
//
//   node test/host/start.mjs [folder [file]]      PORT=<number> chooses the port (default: a free one)
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { exampleToOpen } from "./example.mjs";
import { cacheFolder, vsixFile } from "./paths.mjs";
import { quietSettings, writeUserSettings } from "./settings.mjs";
import { installExtension, npmEditor } from "./vscode.mjs";
import { remoteUri, startServer, workbenchAddress } from "./workbench.mjs";

const profile = {
  userDataDir: path.join(cacheFolder, "start", "user"),
  extensionsDir: path.join(cacheFolder, "start", "extensions"),
};
const { folder, file } = exampleToOpen(process.argv.slice(2));

function hasDesktop() {
  const shown = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!shown) return false;
  return spawnSync("code", ["--version"], { shell: process.platform === "win32" }).status === 0;
}

function openDesktop() {
  installExtension("code", vsixFile, profile);
  const ownProfile = [
    `--user-data-dir=${profile.userDataDir}`,
    `--extensions-dir=${profile.extensionsDir}`,
  ];
  spawnSync("code", [...ownProfile, folder, file], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  console.log(`Opened ${folder} in desktop VS Code.`);
}

async function serve() {
  installExtension(npmEditor(), vsixFile, profile);
  const server = await startServer(profile, { port: Number(process.env.PORT ?? 0) });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      server.process.kill();
      process.exit(0);
    });
  }
  server.process.on("exit", (code) => process.exit(code ?? 1));
  const open = [["openFile", remoteUri(server.authority, file)]];
  console.log(`Open this address in a browser (Ctrl+C ends the editor):

  ${workbenchAddress(server.authority, folder, open)}
`);
}

if (!existsSync(vsixFile)) throw new Error(`${vsixFile} is missing: npm run package makes it`);
rmSync(profile.extensionsDir, { recursive: true, force: true });
mkdirSync(profile.userDataDir, { recursive: true });
writeUserSettings(profile.userDataDir, quietSettings);
if (hasDesktop()) openDesktop();
else await serve();
