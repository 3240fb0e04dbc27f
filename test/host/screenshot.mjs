#!/usr/bin/env node
// Pictures of the packed extension at work, written to screenshots/: the squiggle, the hover and the menu of fixes.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/screenshot.mjs [folder [file]]
//
// Every step waits for what it is about to photograph, never for time to pass.
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { exampleToOpen } from "./example.mjs";
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
const example = exampleToOpen(process.argv.slice(2));
const pictures = path.join(projectFolder, "screenshots");

const settings = {
  ...quietSettings,
  "breadcrumbs.enabled": false,
  "editor.cursorBlinking": "solid",
  "editor.fontSize": 14,
  "editor.hover.delay": 50,
  "editor.links": false,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "editor.selectionHighlight": false,
  "editor.stickyScroll.enabled": false,
  "problems.showCurrentInStatus": true,
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": themes[theme],
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
};

async function picture(page, name) {
  const file = path.join(pictures, `${path.basename(example.folder)}-${theme}-${name}.png`);
  await page.screenshot({ path: file, animations: "disabled" });
  console.log(path.relative(projectFolder, file));
}

async function photograph(page) {
  page.setDefaultTimeout(60_000);
  const sideBar = page.locator(".part.sidebar");
  const panel = page.locator(".part.panel");
  await page.locator(".part.editor .view-line").first().click();
  await page.mouse.move(600, 20); // beside the tabs, where nothing reacts
  await page.keyboard.press("Control+B");
  await sideBar.waitFor({ state: "hidden" });

  // The Problems view tells our findings from TypeScript's own, and its rows lead to the place.
  await page.keyboard.press("Control+Shift+M");
  const row = panel.locator(".monaco-list-row", { hasText: "cors-lens" }).first();
  await row.waitFor();
  await page.locator(".statusbar-item", { hasText: "Analyzing" }).waitFor({ state: "hidden" });
  await picture(page, "problems");
  await row.dblclick();
  await page.locator(".part.editor .monaco-editor.focused").waitFor();
  await page.keyboard.press("Control+J");
  await panel.waitFor({ state: "hidden" });
  await page.keyboard.press("ArrowLeft"); // from the selected word to its first character
  await picture(page, "squiggle");

  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  const hover = page.locator(".monaco-hover:visible", { hasText: "cors-lens" });
  await hover.first().waitFor();
  await picture(page, "hover");
  await page.keyboard.press("Escape");
  await hover.first().waitFor({ state: "hidden" });

  await page
    .locator("[class*=codicon-lightbulb], [class*=codicon-gutter-lightbulb]")
    .first()
    .waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .action").first().waitFor();
  await picture(page, "fix-menu");
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
  let browser;
  try {
    writeUserSettings(profile.userDataDir, settings);
    installExtension(npmEditor(), vsixFile, profile);
    server = await startServer(profile);
    const colorScheme = theme.endsWith("light") ? "light" : "dark";
    const opened = await openBrowser({ width: 1100, height: 680, scale: 2, colorScheme });
    browser = opened.browser;
    const payload = [["openFile", remoteUri(server.authority, example.file)]];
    await opened.page.goto(workbenchAddress(server.authority, example.folder, payload));
    try {
      await photograph(opened.page);
    } catch (error) {
      await picture(opened.page, "failed");
      throw error;
    }
  } finally {
    await browser?.close();
    if (server) await stopServer(server);
    removeFolder(temporary);
  }
}

try {
  await main();
} catch (error) {
  console.error(`screenshot: ${error.message}`);
  process.exitCode = 1;
}
