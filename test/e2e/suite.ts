import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Runs every bundled `*.test.js` beside this file; VS Code calls it in the extension host. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 40_000, color: false });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith(".test.js")) mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  let passes = 0;
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve).on("pass", () => passes++);
  });
  // Not every host prints what its extension host does: the runner reads that something ran at all.
  const result = process.env["E2E_RESULT"];
  if (result !== undefined) writeFileSync(result, String(passes));
  if (failures > 0) throw new Error(`${failures} e2e test(s) failed`);
}
