import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { engine } from "../../server/src/engine";
import type { JsonReport } from "../../server/src/report/json";
import { isWithin } from "../../server/src/workspace/paths";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { run } from "./run";

const examples = path.join(__dirname, "../../examples");

const stack = `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com/"] } });
`;

interface Place {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

async function findings(folder: string, paths: readonly string[]): Promise<readonly Place[]> {
  const { out, err } = await run(engine, folder, "check", "--format", "json", ...paths);
  assert.equal(err, "");
  const report = JSON.parse(out) as JsonReport;
  assert.equal(report.root, folder);
  return report.findings.map(({ rule, file, range }) => ({ rule, file, line: range.start.line }));
}

/** Every folder and source below a folder, relative to it. */
function partsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.(ts|js|py|mjs)$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** Any paths of an application lead to the findings of the whole that lie below them. */
async function holdsForParts(folder: string, runs: number): Promise<void> {
  const whole = await findings(folder, ["."]);
  assert.ok(whole.length > 5);
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([...partsOf(folder)], { minLength: 1, maxLength: 4 }),
      async (parts) => {
        const wanted = whole.filter(({ file }) => parts.some((part) => isWithin(part, file)));
        assert.deepEqual(await findings(folder, parts), wanted);
      },
    ),
    { numRuns: runs, seed: 18 },
  );
}

describe("parts of an application", () => {
  afterEach(removeFolders);

  for (const name of ["acme-orders-ts", "acme-orders-py"]) {
    it(`have the findings of the whole that lie below them: ${name}`, async () => {
      await holdsForParts(path.join(examples, name), 8);
    });
  }

  it("are judged with the application beside them", async () => {
    const folder = folderWith({ "package.json": "{}" });
    cpSync(path.join(examples, "acme-orders-ts"), path.join(folder, "infra"), { recursive: true });
    cpSync(path.join(examples, "acme-orders-ts/web"), path.join(folder, "web"), {
      recursive: true,
    });
    put(folder, "tools/a.ts", "export const a = 1;");
    await holdsForParts(folder, 8);
  });

  it("are fixed as the whole is", async () => {
    const [whole, parts] = [folderWith({}), folderWith({})];
    for (const folder of [whole, parts]) {
      cpSync(path.join(examples, "acme-orders-ts"), folder, { recursive: true });
    }
    await run(engine, whole, "check", "--fix", ".");
    await run(engine, parts, "check", "--fix", "lib", "lambda", "web", "bin");
    for (const file of partsOf(whole).filter((part) => /\.\w+$/.test(part))) {
      const text = (folder: string): string => readFileSync(path.join(folder, file), "utf8");
      assert.equal(text(parts), text(whole), file);
    }
  });

  it("are read where the walk around them leaves them out: ignored, hidden, built", async () => {
    const app = { "cdk.json": "{}", "stack.ts": stack };
    for (const part of ["ignored", ".hidden/deep", "dist/app"]) {
      const files = Object.entries(app).map(([name, text]) => [`${part}/${name}`, text]);
      const folder = folderWith({
        ...(Object.fromEntries(files) as Record<string, string>),
        ".git/HEAD": "",
        ".gitignore": "ignored\n",
        "package.json": "{}",
      });
      assert.deepEqual(await findings(folder, ["."]), [], part);
      for (const each of [part, `${part}/stack.ts`]) {
        const rules = (await findings(folder, [each])).map(({ rule }) => rule);
        assert.ok(rules.includes("origin-never-matches"), each);
      }
    }
  });

  it("leave the applications beside them alone", async () => {
    const folder = folderWith({ "package.json": "{}" });
    for (const name of ["one", "two"]) {
      cpSync(path.join(examples, "acme-orders-ts"), path.join(folder, name), { recursive: true });
    }
    const { out } = await run(engine, folder, "check", "--format", "json", "one/lib");
    assert.equal((JSON.parse(out) as JsonReport).stats.apps, 1);
  });
});

describe("titles of fixes", () => {
  for (const name of ["acme-orders-ts", "acme-orders-py"]) {
    it(`are as long as menus show: ${name}`, async () => {
      const { out } = await run(engine, path.join(examples, name), "check", "--format", "json");
      const { findings: all } = JSON.parse(out) as JsonReport;
      const titles = all.flatMap(({ fixes }) => fixes.map(({ title }) => title));
      assert.deepEqual(
        titles.filter((title) => title.length > 60),
        [],
      );
      assert.ok(titles.includes("Allow only 5 origins of OrdersApi"), titles.join("\n"));
    });
  }
});
