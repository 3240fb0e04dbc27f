#!/usr/bin/env node
// Pictures of what the packed extension says about right and wrong code alike, written to screenshots/: the line above
// an API and its findings, the hover on a policy, the hover on a page's call.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/hover-screenshot.mjs
//
// Every step waits for what it is about to photograph, never for time to pass.
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";
import { editorAlone, goTo, studio } from "./studio.mjs";

const folder = path.join(projectFolder, "examples", "acme-orders-ts");
const stack = path.join(folder, "lib", "orders-stack.ts");
const web = path.join(folder, "web", "api.ts");

/** Hovers a word by keyboard, as those who use no mouse do. */
async function hover(page, line, word, expected) {
  await goTo(page, line.number, line.text.indexOf(word) + 2);
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

async function photographStack(page, picture, theme) {
  await editorAlone(page);
  const lens = page.locator(".codelens-decoration a", { hasText: "routes" }).first();
  await lens.waitFor();
  await picture(`explain-${theme}-lens`);
  await lens.click();
  await page.locator(".peekview-widget .ref-tree .monaco-list-row").first().waitFor();
  await picture(`explain-${theme}-lens-findings`);
  await page.keyboard.press("Escape");
  await page.locator(".peekview-widget").waitFor({ state: "hidden" });
  const policy = lineWith(stack, "corsPreflight");
  await hover(page, policy, "corsPreflight", "CORS of");
  await picture(`explain-${theme}-policy`);
}

async function photographCall(page, picture, theme) {
  await editorAlone(page);
  const call = lineWith(web, "fetch(");
  // The page's file is read with the stack's application; its hover is there when the first problem is underlined.
  await page.locator("[class*=squiggly]").first().waitFor();
  await hover(page, call, "fetch", "The browser blocks this");
  await picture(`explain-${theme}-fetch`);
}

try {
  await studio(async ({ open }) => {
    await open({ folder, file: stack, height: 760, scale: 1 }, photographStack);
    await open({ folder, file: web, height: 760, scale: 1 }, photographCall);
  });
} catch (error) {
  console.error(`hover-screenshot: ${error.message}`);
  process.exitCode = 1;
}
