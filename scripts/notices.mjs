// The licences of what the bundles hold of others, as those licences ask for: dist/THIRD-PARTY-NOTICES.txt.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** ts-morph's package holds TypeScript, whose own package has its licence. */
const insideOthers = { "@ts-morph/common": ["typescript"] };

/**
 * @param files the paths of everything that went into the bundles, relative to the project
 * @returns one notice a package, in order of name; an error for a package without a licence
 */
export function notices(root, files) {
  const names = files.flatMap((file) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    return name ? [name, ...(insideOthers[name] ?? [])] : [];
  });
  const texts = [...new Set(names)].sort().map((name) => notice(root, name));
  const head = "CORS Lens holds parts of these packages, each under its own licence.";
  return `${[head, ...texts].join(`\n\n${"=".repeat(80)}\n\n`)}\n`;
}

function notice(root, name) {
  const folder = path.join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file || !existsSync(path.join(folder, file))) {
    if (!license) throw new Error(`${name} has no licence, so it must not be in a bundle`);
    return `${name} ${version}\n\nLicence: ${license}`;
  }
  return `${name} ${version}\n\n${readFileSync(path.join(folder, file), "utf8").trim()}`;
}
