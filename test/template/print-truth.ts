/** `npm run truth:sam -- DIR`: prints what SAM's own templates say against what is read of them. */
import { compareAll } from "./truth";

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  console.error("truth:sam: name the folder that holds `input` and `output`");
  process.exit(2);
}
const all = compareAll(folder);
for (const { name, contradictions } of all)
  for (const each of contradictions) console.log(`${name}\n  ${each}`);
if (options.includes("--unknown"))
  for (const { name, unknown } of all)
    for (const each of unknown) console.log(`${name}\n  unknown: ${each}`);
const sum = (of: (one: (typeof all)[number]) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
const wrong = sum(({ contradictions }) => contradictions.length);
console.log(
  `${all.length} templates: ${sum(({ equal }) => equal)} equal, ${sum(({ unknown }) => unknown.length)} unknown, ${wrong} contradictions`,
);
process.exitCode = wrong > 0 ? 1 : 0;
