import { ownText } from "../files/disk";
import path from "node:path";

/** Beside the bundle, and where the program runs from source. */
const folders = [path.join(__dirname, "rules"), path.join(__dirname, "../../../shared/src/rules")];

/** The page of a rule as Markdown, from this installation; `undefined` when it has none. */
export function rulePageText(rule: string): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(rule)) return undefined;
  for (const folder of folders) {
    try {
      return ownText(path.join(folder, `${rule}.md`));
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
