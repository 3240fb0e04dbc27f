import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import type { engine } from "../../server/src/engine";
import { Analysis } from "../../server/src/workspace/analysis";
import { defaultContext } from "../../shared/src/advice/context";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { built } from "./built";

const stack = `import { App, Stack } from "aws-cdk-lib";
import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "S");
const api = new HttpApi(stack, "Api");
const fn = new NodejsFunction(stack, "F", { entry: "src/handler.ts" });
api.addRoutes({ path: "/", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });
`;

const handler = `export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });\n`;

// The programs keep what was worked out in one bundle, and work it out in another.
describe("a keystroke in the packed programs", function () {
  this.timeout(60_000);
  after(removeFolders);

  it("works out anew what depends on it, and nothing else", async () => {
    const packed = createRequire(__filename)(path.join(built(), "engine.js")) as {
      readonly engine: typeof engine;
    };
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack, "src/handler.ts": handler });
    const analysis = new Analysis(packed.engine);
    const settings = () => ({ context: defaultContext, severities: {} });
    const update = () => analysis.update({ roots: [{ folder }], settings });
    await update();
    const before = analysis.linked.evaluated;
    put(folder, "src/handler.ts", `${handler}const edit = 1;\n`);
    analysis.changed(`${folder}/src/handler.ts`);
    await update();
    assert.equal(analysis.linked.evaluated - before, 1);
  });
});
