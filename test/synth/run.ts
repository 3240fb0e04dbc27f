/** `npm run truth:stacks [-- name …] [-- --unknown]`: agreement counts, and every contradiction. */
import { count, knownShare, truth } from "./truth";

const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const verbose = process.argv.includes("--unknown");

void truth(names.length > 0 ? (name) => names.includes(name) : undefined).then(
  ({ stacks, entries, twins, unequal }) => {
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    const shown = entries.filter(
      ({ outcome }) => outcome === "contradictory" || (verbose && outcome === "unknown"),
    );
    for (const { stack, field, detail, outcome } of shown)
      print(`${outcome}: ${stack} · ${field}: ${detail}`);
    for (const difference of unequal) print(difference);
    print(`${stacks} stacks, ${entries.length} fields compared with their templates`);
    print(`known and equal   ${count(entries, "equal")}`);
    print(`one of several    ${count(entries, "oneOf")}`);
    print(`unknown           ${count(entries, "unknown")}`);
    print(`contradictory     ${count(entries, "contradictory")}`);
    print(`policy fields known: ${(100 * knownShare(entries)).toFixed(1)} %`);
    print(`${twins} Python twins, ${twins - unequal.length} with the same model`);
    const failed =
      count(entries, "contradictory") > 0 || unequal.length > 0 || knownShare(entries) < 0.95;
    process.exitCode = failed ? 1 : 0;
  },
);
