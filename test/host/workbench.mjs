// The npm host in two steps: VS Code's server on a loopback port, and a browser page with its workbench.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { installHost } from "./install.mjs";

/** The server's own switches for a profile, shared by running it and by installing extensions into it. */
export function profileArguments({ userDataDir, extensionsDir }) {
  mkdirSync(path.join(userDataDir, "data", "Machine"), { recursive: true });
  return [
    "--accept-server-license-terms",
    "--telemetry-level=off",
    `--server-data-dir=${userDataDir}`,
    ...(extensionsDir ? [`--extensions-dir=${extensionsDir}`] : []),
  ];
}

/** Starts `server-main.js` with the arguments given. The caller owns the process. */
export function spawnServer(args, options) {
  const { node, server } = installHost();
  // An empty gallery keeps the editor from looking for extensions on the network.
  return spawn(node, [server, ...args], {
    ...options,
    env: { ...process.env, EXTENSIONS_GALLERY: "{}" },
  });
}

/**
 * Starts VS Code's server on 127.0.0.1.
 * @param {{ userDataDir: string, extensionsDir?: string }} profile
 * @param {{ port?: number, extra?: string[] }} options `port` 0 takes any free port
 * @returns {Promise<{ process: import("node:child_process").ChildProcess, authority: string }>}
 */
export async function startServer(profile, { port = 0, extra = [] } = {}) {
  const args = [
    "--host=127.0.0.1",
    `--port=${port}`,
    "--without-connection-token",
    "--enable-smoke-test-driver",
    "--force-disable-user-env",
    ...extra,
    ...profileArguments(profile),
  ];
  const server = spawnServer(args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const listening = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) resolve(match[1]);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("error", reject);
    server.on("exit", (code) =>
      reject(new Error(`VS Code's server exited with ${code}\n${output}`)),
    );
  });
  return { process: server, authority: `127.0.0.1:${listening}` };
}

/** Ends the server and its extension hosts, and resolves when it is gone. */
export async function stopServer({ process: server }) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, "exit");
}

/** Removes a profile; the extension host may write its last log lines a moment after the server is gone. */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** The address that opens a folder or workspace file, with the workbench's own payload (files to open, tests to run). */
export function workbenchAddress(authority, target, payload = []) {
  const query = new URLSearchParams();
  if (target)
    query.set(target.endsWith(".code-workspace") ? "workspace" : "folder", path.resolve(target));
  else query.set("ew", "true");
  const quiet = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  query.set("payload", JSON.stringify([...quiet, ...payload]));
  return `http://${authority}/?${query}`;
}

/** A file of this machine as the workbench of the server at `authority` names it. */
export function remoteUri(authority, file) {
  return `vscode-remote://${authority}${path.resolve(file)}`;
}

/** Opens a browser with one page that can reach loopback addresses only. */
export async function openBrowser({
  width = 1280,
  height = 800,
  scale = 1,
  colorScheme = "dark",
} = {}) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
    ],
  });
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
    colorScheme,
  });
  // Anything outside this machine is refused at once instead of waiting for a timeout.
  await context.route(
    (url) => url.hostname !== "127.0.0.1" && url.hostname !== "localhost",
    (route) => route.abort(),
  );
  return { browser, page: await context.newPage() };
}
