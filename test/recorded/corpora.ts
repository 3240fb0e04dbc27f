/** Programs of this repository whose reading is proved elsewhere: by synthesis, by execution, by a browser. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { apis } from "../loop/apis";
import { handlers } from "../loop/handlers";
import { policies } from "../loop/policies";
import { broken } from "../synth/broken";
import { cases } from "../synth/cases";

/** A program: its files by path. */
export interface Program {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

const tests = path.join(__dirname, "..");

/** The corpora by name. */
export const corpora: Readonly<Record<string, () => readonly Program[]>> = {
  "stacks-typescript": () => cases().map(({ name, files }) => ({ name, files: textsOf(files) })),
  "stacks-python": () =>
    cases().flatMap(({ name, twin }) => (twin ? [{ name, files: textsOf(twin) }] : [])),
  "broken-stacks": () =>
    broken.map(({ rule, what, text }) => ({
      name: `${rule}: ${what}`,
      files: new Map([["/stack.ts", text]]),
    })),
  "handlers-node": () => handlersOf("node").map(alone),
  "handlers-python": () => handlersOf("python").map(alone),
  "handlers-frameworks": () => handlersOf("frameworks").map(alone),
  loops: () =>
    [...apis, ...handlers, ...policies].map(({ rule, what, files }) => ({
      name: `${rule}: ${what}`,
      files,
    })),
};

function handlersOf(kind: string): readonly string[] {
  const folder = path.join(tests, "handlers", "cases", kind);
  return readdirSync(folder)
    .filter((name) => /\.(ts|js|mjs|cjs|py)$/.test(name))
    .map((name) => path.join(folder, name))
    .sort();
}

function alone(file: string): Program {
  return {
    name: path.relative(path.join(tests, "handlers", "cases"), file),
    files: textsOf([file]),
  };
}

/** Files of the tests as if they stood at the root. */
function textsOf(files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    files.map((file) => [file.slice(tests.length), readFileSync(file, "utf8")] as const),
  );
}
