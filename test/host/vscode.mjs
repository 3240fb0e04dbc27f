// Chooses the editor for the tests: desktop VS Code where it can be downloaded and shown, else the npm host.
import { spawnSync } from "node:child_process";
import path from "node:path";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
} from "@vscode/test-electron";
import { installHost } from "./install.mjs";
import { findChromium } from "./chromium.mjs";
import { desktopFolder } from "./paths.mjs";

const updateServer = "https://update.code.visualstudio.com/api/releases/stable";
const downloadCheck = 3_000; // milliseconds

/**
 * The editor to test in.
 * @returns {Promise<{ kind: "desktop" | "npm", reason: string }>} CORS_LENS_EDITOR=desktop or =npm decides by hand
 */
export async function chooseEditor() {
  const wish = process.env.CORS_LENS_EDITOR;
  if (wish === "desktop" || wish === "npm")
    return { kind: wish, reason: `CORS_LENS_EDITOR=${wish}` };
  if (wish) throw new Error(`CORS_LENS_EDITOR must be "desktop" or "npm", not "${wish}".`);
  if (process.platform !== "linux")
    return { kind: "desktop", reason: `the npm host has no ${process.platform} build` };
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { kind: "npm", reason: "there is no display for desktop VS Code" };
  }
  if (await canDownload()) return { kind: "desktop", reason: "desktop VS Code can be downloaded" };
  return { kind: "npm", reason: `${new URL(updateServer).hostname} cannot be reached` };
}

async function canDownload() {
  try {
    return (
      await fetch(updateServer, { method: "HEAD", signal: AbortSignal.timeout(downloadCheck) })
    ).ok;
  } catch {
    return false;
  }
}

/** Installs the chosen editor where it is missing and returns the executable that `runTests` takes. */
export async function prepareEditor({ kind, reason }) {
  console.log(
    `editor: ${kind === "desktop" ? "desktop VS Code" : "VS Code's server from npm"} (${reason})`,
  );
  if (kind === "npm") return npmEditor();
  return downloadAndUnzipVSCode({ version: "stable", cachePath: desktopFolder });
}

/** The executable of the npm host, installed on demand, its browser included. */
export function npmEditor() {
  findChromium();
  installHost();
  return path.join(import.meta.dirname, "vscode-host.mjs");
}

/** Installs a packed extension into a profile of its own; `executable` may also be the command `code`. */
export function installExtension(executable, vsix, { userDataDir, extensionsDir }) {
  const profile = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
  const isCli = executable.endsWith(".mjs") || executable === "code";
  const [command, ...ownArguments] = isCli
    ? [executable]
    : resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const args = [...ownArguments, ...profile, `--install-extension=${vsix}`];
  const result = spawnSync(command, args, {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new Error(
      `could not install ${vsix}\n${result.stdout}${result.stderr}${result.error ?? ""}`,
    );
  }
}
