#!/usr/bin/env node
// Pictures of a probe in the editor, written to screenshots/: the confirmation, the report, and the exchange drawn.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/probe-screenshot.mjs
//
// The endpoint is a loopback server that deploys what the example's stack says, mistakes included.
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { projectFolder, vsixFile } from "./paths.mjs";
import { quietSettings, writeUserSettings } from "./settings.mjs";
import { themes } from "./themes.mjs";
import { installExtension, npmEditor } from "./vscode.mjs";
import {
  openBrowser,
  remoteUri,
  removeFolder,
  startServer,
  stopServer,
  workbenchAddress,
} from "./workbench.mjs";

const theme = process.env.THEME ?? "dark";
const folder = path.join(projectFolder, "examples", "acme-orders-ts");
const stack = path.join(folder, "lib", "orders-stack.ts");
const pictures = path.join(projectFolder, "screenshots");

const allowed = new Set([
  "https://app.acmecorp.com/",
  "https://qa.acmecorp.com",
  "http://localhost:4200",
]);

/** The orders API: one origin has a slash too many, PUT is missing, and a 404 of the handler has no headers. */
function deployed({ method, headers: { origin } }, response) {
  const headers = { "apigw-requestid": "Jx1f8h2bIAMEJ9g=" };
  if (allowed.has(origin)) {
    headers["access-control-allow-origin"] = origin;
    headers["access-control-allow-credentials"] = "true";
    if (method === "OPTIONS") {
      headers["access-control-allow-methods"] = "GET,POST,OPTIONS";
      headers["access-control-allow-headers"] = "content-type,x-csrf-token,x-request-id";
      headers["access-control-max-age"] = "86400";
    }
  }
  response.writeHead(method === "OPTIONS" ? 204 : 200, headers).end();
}

const settings = {
  ...quietSettings,
  "editor.fontSize": 13,
  "editor.minimap.enabled": false,
  "editor.scrollBeyondLastLine": false,
  "editor.stickyScroll.enabled": false,
  "editor.wordWrap": "on",
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": themes[theme],
  "workbench.layoutControl.enabled": false,
};

async function photograph(page, url) {
  page.setDefaultTimeout(60_000);
  const picture = async (name) => {
    const file = path.join(pictures, `probe-${theme}-${name}.png`);
    await page.screenshot({ path: file, animations: "disabled" });
    console.log(path.relative(projectFolder, file));
  };
  const input = page.locator(".quick-input-widget:visible");
  const row = (text) => input.locator(".monaco-list-row", { hasText: text }).first();
  await page.locator(".part.editor .view-line").first().click();
  await page.keyboard.press("Control+B");
  // The extension is at work when its first problem is underlined.
  await page.locator(".squiggly-error").first().waitFor();
  await page.keyboard.press("F1");
  await page.keyboard.type("Probe Deployed Endpoint");
  await row("Probe Deployed Endpoint").waitFor();
  await page.keyboard.press("Enter");
  await row("OrdersApi").click();
  await input.locator("input[type=text]:visible").fill(url);
  await page.keyboard.press("Enter");
  await row("https://app.acmecorp.com").waitFor();
  await picture("origins");
  await page.keyboard.press("Enter");
  await row("Send at most").waitFor();
  await picture("confirm");
  await page.keyboard.press("Enter");
  await page.locator(".tab", { hasText: ".cors-probe" }).waitFor();
  await page.locator(".part.editor .codelens-decoration", { hasText: "Probe again" }).waitFor();
  await picture("report");
  await page.keyboard.press("F1");
  await page.keyboard.type("Draw the Exchange");
  await row("Draw the Exchange").waitFor();
  await page.keyboard.press("Enter");
  const drawing = page.frameLocator("iframe.webview").frameLocator("iframe").locator("svg");
  await drawing.waitFor();
  await page.keyboard.press("F1");
  await page.keyboard.type("View: Toggle Maximize Editor Group");
  await row("Toggle Maximize Editor Group").waitFor();
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
  await picture("panel");
}

async function main() {
  if (!(theme in themes)) throw new Error(`THEME must be one of ${Object.keys(themes).join(", ")}`);
  if (!existsSync(vsixFile)) throw new Error(`${vsixFile} is missing: npm run package makes it`);
  mkdirSync(pictures, { recursive: true });
  const temporary = mkdtempSync(path.join(os.tmpdir(), "cors-lens-screenshot-"));
  const profile = {
    userDataDir: path.join(temporary, "user"),
    extensionsDir: path.join(temporary, "extensions"),
  };
  const endpoint = createServer(deployed);
  await new Promise((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  let server;
  let browser;
  try {
    writeUserSettings(profile.userDataDir, settings);
    installExtension(npmEditor(), vsixFile, profile);
    server = await startServer(profile);
    const colorScheme = theme.endsWith("light") ? "light" : "dark";
    const opened = await openBrowser({ width: 1280, height: 860, scale: 1, colorScheme });
    browser = opened.browser;
    const payload = [["openFile", remoteUri(server.authority, stack)]];
    await opened.page.goto(workbenchAddress(server.authority, folder, payload));
    try {
      await photograph(opened.page, `http://127.0.0.1:${endpoint.address().port}/`);
    } catch (error) {
      await opened.page.screenshot({ path: path.join(pictures, `probe-${theme}-failed.png`) });
      throw error;
    }
  } finally {
    await browser?.close();
    if (server) await stopServer(server);
    endpoint.close();
    removeFolder(temporary);
  }
}

try {
  await main();
} catch (error) {
  console.error(`screenshot: ${error.message}`);
  process.exitCode = 1;
}
