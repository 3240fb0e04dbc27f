import assert from "node:assert/strict";
import { engine } from "../../server/src/engine";
import { Analysis } from "../../server/src/workspace/analysis";
import { defaultContext } from "../../shared/src/advice/context";
import { folderWith, put, removeFolders } from "./folder";

const settings = () => ({ context: defaultContext, severities: {} });

const handlers = 50;

function stack(extra = ""): string {
  const routes = Array.from(
    { length: handlers },
    (_, i) =>
      `api.addRoutes({ path: "/h${i}", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I${i}", fn("h${i}")) });`,
  );
  return [
    `import { App, Stack } from "aws-cdk-lib";`,
    `import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";`,
    `import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";`,
    `import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";`,
    `const stack = new Stack(new App(), "S");`,
    `const api = new HttpApi(stack, "Api"${extra});`,
    `const fn = (name: string) => new NodejsFunction(stack, name, { entry: "src/" + name + ".ts" });`,
    ...routes,
  ].join("\n");
}

function handler(header: string): string {
  return [
    `import { answer } from "./shared";`,
    `export const handler = async () => answer(200, { "${header}": "*" });`,
  ].join("\n");
}

function application(): Record<string, string> {
  const files: Record<string, string> = {
    "cdk.json": "{}",
    "stack.ts": stack(),
    "src/shared.ts": `export const answer = (statusCode: number, headers: object) => ({ statusCode, headers });`,
    "web/src/page.tsx": `export const load = () => fetch("/h1");`,
  };
  for (let i = 0; i < handlers; i++) files[`src/h${i}.ts`] = handler("Access-Control-Allow-Origin");
  return files;
}

interface Work {
  readonly parsed: number;
  readonly evaluated: number;
}

/** What it took to take one change in, once everything else is known. */
async function workOf(
  analysis: Analysis,
  folder: string,
  name: string,
  text: string,
): Promise<Work> {
  const before = { ...analysis.sources.counters, ...analysis.linked };
  put(folder, name, text);
  analysis.changed(`${folder}/${name}`);
  await analysis.update({ roots: [{ folder }], settings });
  return {
    parsed: analysis.sources.counters.parsed - before.parsed,
    evaluated: analysis.linked.evaluated - before.evaluated,
  };
}

async function scanned(folder: string): Promise<Analysis> {
  const analysis = new Analysis(engine);
  await analysis.update({ roots: [{ folder }], settings });
  return analysis;
}

/** The same findings as of a scan from the beginning. */
async function assertFresh(analysis: Analysis, folder: string): Promise<void> {
  const fresh = await scanned(folder);
  assert.deepEqual(analysis.findings, fresh.findings);
  assert.deepEqual(
    analysis.results.map(({ model }) => model),
    fresh.results.map(({ model }) => model),
  );
}

describe("what a change costs", () => {
  afterEach(removeFolders);

  it("in a handler among fifty: one parse, one evaluation", async () => {
    const folder = folderWith(application());
    const analysis = await scanned(folder);
    const work = await workOf(analysis, folder, "src/h7.ts", handler("Access-Control-Alow-Origin"));
    assert.deepEqual(work, { parsed: 1, evaluated: 1 });
    assert.ok(analysis.findings.some(({ at }) => at.file.endsWith("/src/h7.ts")));
    await assertFresh(analysis, folder);
  });

  it("in a stack: one parse, and the CDK code", async () => {
    const folder = folderWith(application());
    const analysis = await scanned(folder);
    const cors = `, { corsPreflight: { allowOrigins: ["*"] } }`;
    const work = await workOf(analysis, folder, "stack.ts", stack(cors));
    assert.deepEqual(work, { parsed: 1, evaluated: 1 });
    await assertFresh(analysis, folder);
  });

  it("in what all handlers import: each of them once", async () => {
    const folder = folderWith(application());
    const analysis = await scanned(folder);
    const shared = `export const answer = (statusCode: number, headers: object) => ({ statusCode: 201, headers });`;
    const work = await workOf(analysis, folder, "src/shared.ts", shared);
    assert.deepEqual(work, { parsed: 1, evaluated: handlers });
    await assertFresh(analysis, folder);
  });

  it("of white space in an unrelated file: nothing is evaluated", async () => {
    const folder = folderWith({ ...application(), "src/other.ts": "export const cors = 1;" });
    const analysis = await scanned(folder);
    const work = await workOf(analysis, folder, "src/other.ts", "export const cors = 1;\n");
    assert.equal(work.evaluated, 0);
    await assertFresh(analysis, folder);
  });

  it("of a file that comes: imports that led nowhere lead there", async () => {
    const folder = folderWith({
      ...application(),
      "src/h3.ts": `import { headers } from "./late";\nexport const handler = async () => ({ statusCode: 200, headers });`,
    });
    const analysis = await scanned(folder);
    put(folder, "src/late.ts", `export const headers = { "Access-Control-Alow-Origin": "*" };`);
    analysis.changed(`${folder}/src/late.ts`);
    analysis.restructured();
    await analysis.update({ roots: [{ folder }], settings });
    assert.ok(analysis.findings.some(({ at }) => at.file.endsWith("/src/late.ts")));
    await assertFresh(analysis, folder);
  });
});
