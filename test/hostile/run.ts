/** `node --import tsx test/hostile/run.ts [cli] [part of a name]`: which hostile workspaces hold, for people. */
import path from "node:path";
import { hostileWorkspaces } from "./all";
import { broken } from "./hold";

const [cli = path.resolve("dist/cli.js"), part = ""] = process.argv.slice(2);
const chosen = hostileWorkspaces.filter(({ name }) => name.includes(part));

async function main(): Promise<void> {
  let held = 0;
  for (const workspace of chosen) {
    const faults = await broken(path.resolve(cli), workspace);
    if (faults.length === 0) held++;
    else console.log(`${workspace.name}: ${faults.join("; ").replaceAll("\n", " ")}`);
  }
  console.log(`${String(held)} of ${String(chosen.length)} hold`);
}

void main();
