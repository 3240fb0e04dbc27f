#!/usr/bin/env node
// Pictures of what the packed extension says about right and wrong code alike, written to screenshots/: the line above
// an API and its findings, the hover on a policy, the hover on a page's call.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/hover-screenshot.mjs
//
// Every step waits for what it is about to photograph, never for time to pass.
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
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
const web = path.join(folder, "web", "api.ts");
const pictures = path.join(projectFolder, "screenshots");

const settings = {
  ...quietSettings,
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.fontSize": 14,
  "editor.links": false,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "editor.selectionHighlight": false,
  "editor.stickyScroll.enabled": false,
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": themes[theme],
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
};

const picture = async (page, name) => {
  const file = path.join(pictures, `explain-${theme}-${name}.png`);
  await page.screenshot({ path: file, animations: "disabled" });
  console.log(path.relative(projectFolder, file));
};

/** Leaves the mouse where nothing reacts, and shows the editor alone. */
async function settle(page) {
  await page.locator(".part.editor .view-line").first().click();
  await page.mouse.move(600, 20);
  await page.keyboard.press("Control+B");
  await page.locator(".part.sidebar").waitFor({ state: "hidden" });
}

/** Hovers a word by keyboard, as those who use no mouse do. */
async function hover(page, line, word, expected) {
  await page.keyboard.press("Control+G");
  const input = page.locator(".quick-input-widget:visible input[type=text]");
  await input.fill(`:${line.number}:${line.text.indexOf(word) + 2}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
  await page.locator(".part.editor .monaco-editor.focused").waitFor();
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  await page.locator(".monaco-hover:visible", { hasText: expected }).first().waitFor();
}

/** The first line of a file that holds a text, counted from 1. */
function lineWith(file, text) {
  const lines = readFileSync(file, "utf8").split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no ${text}`);
  return { number: index + 1, text: lines[index] };
}

async function photographStack(page) {
  await settle(page);
  const lens = page.locator(".codelens-decoration a", { hasText: "routes" }).first();
  await lens.waitFor();
  await picture(page, "lens");
  await lens.click();
  await page.locator(".peekview-widget .ref-tree .monaco-list-row").first().waitFor();
  await picture(page, "lens-findings");
  await page.keyboard.press("Escape");
  await page.locator(".peekview-widget").waitFor({ state: "hidden" });
  const policy = lineWith(stack, "corsPreflight");
  await hover(page, policy, "corsPreflight", "CORS of");
  await picture(page, "policy");
}

async function photographCall(page) {
  await settle(page);
  const call = lineWith(web, "fetch(");
  // The page's file is read with the stack's application; its hover is there when the first problem is underlined.
  await page.locator("[class*=squiggly]").first().waitFor();
  await hover(page, call, "fetch", "The browser blocks this");
  await picture(page, "fetch");
}

async function withPage(browser, authority, file, work) {
  const payload = [["openFile", remoteUri(authority, file)]];
  const { page } = browser;
  page.setDefaultTimeout(60_000);
  await page.goto(workbenchAddress(authority, folder, payload));
  try {
    await work(page);
  } catch (error) {
    await picture(page, "failed");
    throw error;
  }
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
  let server;
  const opened = [];
  try {
    writeUserSettings(profile.userDataDir, settings);
    installExtension(npmEditor(), vsixFile, profile);
    server = await startServer(profile);
    const colorScheme = theme.endsWith("light") ? "light" : "dark";
    const views = [
      [stack, photographStack],
      [web, photographCall],
    ];
    for (const [file, work] of views) {
      const browser = await openBrowser({ width: 1100, height: 760, colorScheme });
      opened.push(browser.browser);
      await withPage(browser, server.authority, file, work);
      await browser.browser.close();
    }
  } finally {
    for (const browser of opened) await browser.close();
    if (server) await stopServer(server);
    removeFolder(temporary);
  }
}

try {
  await main();
} catch (error) {
  console.error(`hover-screenshot: ${error.message}`);
  process.exitCode = 1;
}
