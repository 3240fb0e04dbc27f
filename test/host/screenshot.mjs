#!/usr/bin/env node
// Pictures of the packed extension at work, written to screenshots/: the squiggle, the hover and the menu of fixes.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/screenshot.mjs [folder [file]]
//
// Every step waits for what it is about to photograph, never for time to pass.
import path from "node:path";
import { exampleToOpen } from "./example.mjs";
import { editorAlone, studio } from "./studio.mjs";

const example = exampleToOpen(process.argv.slice(2));

async function photograph(page, picture, theme) {
  const name = `${path.basename(example.folder)}-${theme}`;
  const panel = page.locator(".part.panel");
  await editorAlone(page);

  // The Problems view tells our findings from TypeScript's own, and its rows lead to the place.
  await page.keyboard.press("Control+Shift+M");
  const row = panel.locator(".monaco-list-row", { hasText: "cors-lens" }).first();
  await row.waitFor();
  await page.locator(".statusbar-item", { hasText: "Analyzing" }).waitFor({ state: "hidden" });
  await picture(`${name}-problems`);
  await row.dblclick();
  await page.locator(".part.editor .monaco-editor.focused").waitFor();
  await page.keyboard.press("Control+J");
  await panel.waitFor({ state: "hidden" });
  await page.keyboard.press("ArrowLeft"); // from the selected word to its first character
  await picture(`${name}-squiggle`);

  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  const hover = page.locator(".monaco-hover:visible", { hasText: "cors-lens" });
  await hover.first().waitFor();
  await picture(`${name}-hover`);
  await page.keyboard.press("Escape");
  await hover.first().waitFor({ state: "hidden" });

  await page
    .locator("[class*=codicon-lightbulb], [class*=codicon-gutter-lightbulb]")
    .first()
    .waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .action").first().waitFor();
  await picture(`${name}-fix-menu`);
}

try {
  const settings = { "problems.showCurrentInStatus": true };
  await studio(({ open }) => open({ ...example, height: 680 }, photograph), { settings });
} catch (error) {
  console.error(`screenshot: ${error.message}`);
  process.exitCode = 1;
}
