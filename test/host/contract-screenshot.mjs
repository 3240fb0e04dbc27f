#!/usr/bin/env node
// Pictures of the contract with pages, written to screenshots/.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/contract-screenshot.mjs [folder [file]]
import path from "node:path";
import { exampleToOpen } from "./example.mjs";
import { editorAlone, studio } from "./studio.mjs";

const example = exampleToOpen(process.argv.slice(2));

async function photograph(page, picture, theme) {
  await editorAlone(page);
  await page.keyboard.press("F1");
  await page.keyboard.type("CORS Lens: Show the Contract");
  await page.keyboard.press("Enter");
  const frame = page.frameLocator("iframe.webview").frameLocator("iframe");
  await frame.locator("table tbody tr").first().waitFor();
  await picture(`${path.basename(example.folder)}-${theme}-contract`);
}

try {
  await studio(({ open }) => open({ ...example, height: 680 }, photograph));
} catch (error) {
  console.error(`screenshot: ${error.message}`);
  process.exitCode = 1;
}
