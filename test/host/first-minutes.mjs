#!/usr/bin/env node
// Pictures of what newcomers see, written to screenshots/: the walkthrough, the README in the editor's preview, a rule's
// page as a click on the rule's name opens it.
//
//   THEME=dark|light|high-contrast|high-contrast-light node test/host/first-minutes.mjs
//
// Every step waits for what it is about to photograph, never for time to pass.
import { readFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "./paths.mjs";
import { editorAlone, run, studio } from "./studio.mjs";

const folder = path.join(projectFolder, "examples", "acme-orders-ts");
const stack = path.join(folder, "lib", "orders-stack.ts");

/** The document in the webview that was opened last, and not one that is still being loaded into it. */
function documentIn(page) {
  return page.locator("iframe.webview").last().contentFrame().frameLocator("iframe#active-frame");
}

async function walkthrough(page, picture, theme) {
  await editorAlone(page);
  await run(page, "Welcome: Open Walkthrough...", { asks: true });
  const box = page.locator(".quick-input-widget:visible");
  await box.locator("input[type=text]:visible").fill("CORS Lens");
  await box.locator(".monaco-list-row", { hasText: "CORS Lens" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".getting-started-step").first().waitFor();
  for (const [i, name] of ["open", "read", "fix", "probe", "share"].entries()) {
    await page.locator(".getting-started-step").nth(i).click();
    const text = readFileSync(path.join(projectFolder, "client/walkthrough", `${name}.md`), "utf8");
    const title = documentIn(page).locator("h1");
    await title.filter({ hasText: /^# (.*)/.exec(text)[1] }).waitFor();
    await picture(`walkthrough-${theme}-${i + 1}`);
  }
}

async function rulePage(page, picture, theme) {
  await editorAlone(page);
  await page.keyboard.press("Control+Shift+M");
  const row = page.locator(".part.panel .monaco-list-row", { hasText: "cors-lens" }).first();
  await row.locator("a", { hasText: "origin-never-matches" }).click();
  await page.locator(".tab", { hasText: "origin-never-matches.md" }).waitFor();
  await page.keyboard.press("Control+J");
  const title = documentIn(page).locator("h1");
  await title.filter({ hasText: "origin-never-matches" }).waitFor();
  await picture(`rule-page-${theme}`);
}

async function readme(page, picture, theme) {
  await page.locator(".part.editor .view-line").first().click();
  await page.keyboard.press("Control+B");
  await page.keyboard.press("Control+Shift+V");
  const preview = documentIn(page);
  await preview.locator("h1", { hasText: "CORS Lens" }).waitFor();
  await preview
    .locator("img")
    .last()
    .evaluate((image) => image.decode());
  for (const [i, heading] of [
    "CORS Lens",
    "What it finds",
    "Settings",
    "On the command line",
  ].entries()) {
    const at = preview.locator("h1, h2", { hasText: heading }).first();
    await at.evaluate((element) => element.scrollIntoView());
    await picture(`readme-${theme}-${i + 1}`);
  }
}

try {
  await studio(async ({ open }) => {
    const views = { walkthrough, "rule-page": rulePage, readme };
    const only = process.argv.slice(2);
    for (const [name, work] of Object.entries(views)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const view =
        name === "readme"
          ? { folder: projectFolder, file: path.join(projectFolder, "README.md"), height: 900 }
          : { folder, file: stack, height: 760 };
      await open({ ...view, scale: 1 }, work);
    }
  });
} catch (error) {
  console.error(`first-minutes: ${error.message}`);
  process.exitCode = 1;
}
