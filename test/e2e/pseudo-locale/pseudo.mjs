// A language that nobody speaks: every text in brackets and with accents, so that one that was left English stands out.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export const pseudoLocale = "qps-ploc";

/** What must stay as it is: places for values, icons, links and code. */
const kept = /(\{\d+\}|\$\([\w-]+\)|\]\([^)]*\)|`[^`]*`)/;
const accents = { a: "á", e: "é", i: "í", o: "ó", u: "ú", A: "Á", E: "É", I: "Í", O: "Ó", U: "Ú" };

export function pseudo(text) {
  const accented = text
    .split(kept)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[aeiou]/gi, (vowel) => accents[vowel])));
  return `⟦${accented.join("")}⟧`;
}

/** Adds that language's files to an installed extension, as a translator would. */
export function addPseudoLocale(extensionsDir) {
  const name = readdirSync(extensionsDir).find((folder) =>
    folder.startsWith("cors-lens.cors-lens"),
  );
  if (!name) throw new Error(`no extension of ours is installed in ${extensionsDir}`);
  for (const file of ["package.nls.json", "l10n/bundle.l10n.json"]) {
    const original = path.join(extensionsDir, name, file);
    if (!existsSync(original)) throw new Error(`the package lacks ${file}`);
    const texts = Object.entries(JSON.parse(readFileSync(original, "utf8")));
    const translated = texts.map(([key, text]) => [key, pseudo(text)]);
    const target = original.replace(/json$/, `${pseudoLocale}.json`);
    writeFileSync(target, JSON.stringify(Object.fromEntries(translated)));
  }
}
