/**
 * The least work that a check can be: list the files, read those that a frontend could read, parse those that pass the
 * prefilter. Run as a program with a folder; prints how many files it parsed.
 */
import { readFileSync } from "node:fs";
import { Door } from "../server/src/files/door";
import { isMinified, languageOf, mayMatter } from "../server/src/workspace/prefilter";
import { slashed } from "../server/src/workspace/paths";
import { walk } from "../server/src/workspace/folder-scan";

async function main(folder: string): Promise<void> {
  const { sources } = await walk({ folder: slashed(folder) }, new Door([slashed(folder)]));
  const kept = sources.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const language = languageOf(file);
    const matters = language && mayMatter(file, text, language) && !isMinified(text);
    return matters ? [{ file, text, language }] : [];
  });
  if (kept.length > 0) {
    const { loadParsers } = await import("./parsers");
    const parsers = await loadParsers(new Set(kept.map(({ language }) => language)));
    for (const { file, text, language } of kept) parsers[language](file, text);
  }
  process.stdout.write(`${kept.length}\n`);
}

void main(process.argv[2] ?? ".");
