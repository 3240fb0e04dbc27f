#!/usr/bin/env node
// The pictures in the README, made anew: docs/images/*.png. They are of the example as it stands, in the dark theme.
//
// Every step waits for what it is about to photograph, never for time to pass.
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";
import { editorAlone, goTo, studio } from "./studio.mjs";

const folder = path.join(projectFolder, "examples", "acme-orders-ts");
const stack = path.join(folder, "lib", "orders-stack.ts");
const web = path.join(folder, "web", "api.ts");

/** Sharp where a README is read, and not heavy. */
const scale = 1.5;

/** The menu of fixes without TypeScript's refactorings. */
const keybindings = [
  { key: "ctrl+.", command: "editor.action.codeAction", args: { kind: "quickfix" } },
];

/** Where a text stands in a file, from 1. */
function placeOf(file, text) {
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((each) => each.includes(text));
  if (line < 0) throw new Error(`${file} has no ${text}`);
  return [line + 1, lines[line].indexOf(text) + 1];
}

async function mistakes(page, picture) {
  await editorAlone(page);
  await page.locator(".squiggly-error").first().waitFor();
  // The last to arrive is the line above the API.
  await page.locator(".codelens-decoration", { hasText: "preflight fails" }).first().waitFor();
  await goTo(page, ...placeOf(stack, '"https://app.acmecorp.com/"'));
  // Of the marks in the margin this is the one for a preferred fix: all providers have answered.
  await page
    .locator("[class*=codicon-lightbulb], [class*=codicon-gutter-lightbulb]")
    .first()
    .waitFor();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .action", { hasText: "Suppress" }).first().waitFor();
  await picture("../docs/images/fixes", { of: page.locator(".part.editor") });
}

async function call(page, picture) {
  await editorAlone(page);
  await page.locator("[class*=squiggly]").first().waitFor();
  await goTo(page, ...placeOf(web, "fetch("));
  await page.keyboard.press("Control+K");
  await page.keyboard.press("Control+I");
  await page.locator(".monaco-hover:visible", { hasText: "The browser blocks this" }).waitFor();
  await picture("../docs/images/hover", { of: page.locator(".part.editor") });
}

try {
  const options = { theme: "dark", keybindings };
  await studio(async ({ open }) => {
    await open({ folder, file: stack, width: 900, height: 620, scale }, mistakes);
    await open({ folder, file: web, width: 900, height: 560, scale }, call);
  }, options);
} catch (error) {
  console.error(`readme-images: ${error.message}`);
  process.exitCode = 1;
}
