import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";

const examples = path.join(__dirname, "../../examples");

/** An example's own sources, as the files of a project whose root is `/`. */
function filesOf(example: string, extension: string): Map<string, string> {
  const root = path.join(examples, example);
  return new Map(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(extension) && !name.startsWith("web"))
      .map((name) => [
        `/${name.replaceAll("\\", "/")}`,
        readFileSync(path.join(root, name), "utf8"),
      ]),
  );
}

/** What the two languages may not differ in: everything but places, file names, and how variables are spelled. */
async function modelOf(example: string, extension: string): Promise<unknown> {
  const model = link(await memoryProject(filesOf(example, extension)));
  const text = JSON.stringify(model, (key, value: unknown) => {
    if (["language", "variable", "file", "resource"].includes(key)) return undefined;
    if (typeof value === "object" && value !== null && "start" in value && "end" in value)
      return undefined;
    return value;
  });
  return JSON.parse(
    text
      .replaceAll(/\/(?:lib|stacks)\/orders[-_]stack\.(?:ts|py)/g, "stack")
      .replaceAll(/\/lambda\/(\w+)\.(?:ts|py)/g, "$1"),
  );
}

describe("parity of the languages", () => {
  for (const state of ["", "-fixed"]) {
    it(`the article's application${state ? ", fixed," : ""} gives the same model in TypeScript and in Python`, async () => {
      const typescript = await modelOf(`acme-orders-ts${state}`, ".ts");
      const python = await modelOf(`acme-orders-py${state}`, ".py");
      assert.deepEqual(python, typescript);
    });
  }

  it("reads all of it", async () => {
    const model = (await modelOf("acme-orders-ts", ".ts")) as {
      apis: unknown[];
      handlers: { responses: unknown[] }[];
    };
    assert.equal(model.apis.length, 3);
    const lengths = model.handlers.map((handler) => handler.responses.length);
    assert.deepEqual(lengths, [3, 4]);
  });
});
