// A place for pictures: the packed extension in a real editor with nothing on the screen that draws the eye away.
//
//   THEME=dark|light|high-contrast|high-contrast-light chooses the colours
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
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

const plainSettings = {
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
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
};

/**
 * Starts the editor, hands `work` a way to open windows of it, and takes everything down again.
 * @param work gets `open({ folder, file, width, height, scale }, photograph)`; `photograph` gets the page,
 *   `picture(name, { of })`, which writes screenshots/<name>.png, and the theme's name
 */
export async function studio(
  work,
  { theme = process.env.THEME ?? "dark", settings = {}, keybindings = [] } = {},
) {
  if (!(theme in themes)) throw new Error(`THEME must be one of ${Object.keys(themes).join(", ")}`);
  if (!existsSync(vsixFile)) throw new Error(`${vsixFile} is missing: npm run package makes it`);
  const temporary = mkdtempSync(path.join(os.tmpdir(), "cors-lens-screenshot-"));
  const profile = {
    userDataDir: path.join(temporary, "user"),
    extensionsDir: path.join(temporary, "extensions"),
  };
  const all = { ...plainSettings, "workbench.colorTheme": themes[theme], ...settings };
  writeUserSettings(profile.userDataDir, all);
  const keys = path.join(profile.userDataDir, "data", "User", "keybindings.json");
  writeFileSync(keys, JSON.stringify(keybindings));
  installExtension(npmEditor(), vsixFile, profile);
  const server = await startServer(profile);
  try {
    await work({ theme, open: (view, photograph) => openWindow(server, theme, view, photograph) });
  } finally {
    await stopServer(server);
    removeFolder(temporary);
  }
}

async function openWindow({ authority }, theme, view, photograph) {
  const { folder, file, width = 1100, height = 700, scale = 2 } = view;
  const colorScheme = theme.endsWith("light") ? "light" : "dark";
  const { browser, page } = await openBrowser({ width, height, scale, colorScheme });
  page.setDefaultTimeout(90_000);
  try {
    const payload = file ? [["openFile", remoteUri(authority, file)]] : [];
    await page.goto(workbenchAddress(authority, folder, payload));
    await photograph(page, (name, options) => picture(page, name, options), theme);
  } catch (error) {
    await picture(page, "failed");
    throw error;
  } finally {
    await browser.close();
  }
}

async function picture(page, name, { of = page } = {}) {
  const file = path.resolve(projectFolder, "screenshots", `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await of.screenshot({ path: file, animations: "disabled" });
  console.log(path.relative(projectFolder, file));
}

/** Runs a command by its label, waiting until it is the one that Enter runs; it may ask something. */
export async function run(page, label, { asks = false } = {}) {
  const box = page.locator(".quick-input-widget:visible");
  await page.keyboard.press("F1");
  await box.locator("input[type=text]:visible").fill(`>${label}`);
  await box.locator(".monaco-list-row.focused", { hasText: label }).first().waitFor();
  await page.keyboard.press("Enter");
  if (!asks) await box.waitFor({ state: "hidden" });
}

/** Puts the cursor somewhere; line and column count from 1. */
export async function goTo(page, line, column) {
  await page.keyboard.press("Control+G");
  const input = page.locator(".quick-input-widget:visible input[type=text]");
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await input.waitFor({ state: "hidden" });
  await page.locator(".part.editor .monaco-editor.focused").waitFor();
}

/** Shows the editor alone, with the mouse where nothing reacts. */
export async function editorAlone(page) {
  await page.locator(".part.editor .view-line").first().click();
  await page.mouse.move(600, 20);
  await page.keyboard.press("Control+B");
  await page.locator(".part.sidebar").waitFor({ state: "hidden" });
}
