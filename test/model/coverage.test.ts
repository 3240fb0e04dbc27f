import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type { CorsModel } from "../../shared/src/model/model";
import { coverageOf } from "../../shared/src/model/query/coverage";
import { memoryProject } from "../rules/memory-project";

type Files = Readonly<Record<string, string>>;

async function modelOf(files: Files): Promise<CorsModel> {
  return link(await memoryProject(new Map(Object.entries(files))));
}

const answer = `export const handler = async () => ({ statusCode: 200, body: "" });`;
const pythonAnswer = `def handler(event, context):
    return {"statusCode": 200, "body": ""}
`;

const typescript = (code: string): string => `
import * as cdk from "aws-cdk-lib";
import { App, Stack, Fn } from "aws-cdk-lib";
import * as apigw from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import * as ssm from "aws-cdk-lib/aws-ssm";
const stack = new Stack(new App(), "Shop");
const runtime = lambda.Runtime.NODEJS_22_X;
${code}
`;

const python = (code: string): string => `
from aws_cdk import App, Stack, aws_apigateway as apigw, aws_apigatewayv2 as apigwv2, aws_lambda as lambda_, aws_ssm as ssm
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
stack = Stack(App(), "Shop")
${code}
`;

const routeTo = `
const api = new HttpApi(stack, "Api");
api.addRoutes({ path: "/x", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`;
const pythonRouteTo = `
api = apigwv2.HttpApi(stack, "Api")
api.add_routes(path="/x", methods=[apigwv2.HttpMethod.GET], integration=HttpLambdaIntegration("I", fn))`;

const linked = ({ apis }: CorsModel): readonly string[] =>
  apis.flatMap((api) => api.routes.flatMap((route) => route.handlers));

describe("what was not followed", () => {
  const lost = {
    "/stack.ts": typescript(`
const fn = new lambda.Function(stack, "F", { runtime, handler: "index.handler", code: lambda.Code.fromAsset("elsewhere") });
${routeTo}
api.addRoutes({ path: "/y", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("J", fn) });`),
  };

  it("is one gap for each cause, at the first route", async () => {
    const { gaps } = await modelOf(lost);
    assert.deepEqual(
      gaps.map(({ because }) => because),
      ["GET /x and 1 other route are not followed: no source for `index.handler` in elsewhere"],
    );
  });

  it("is counted", async () => {
    const { unlinked, ...counts } = coverageOf([await modelOf(lost)]);
    assert.deepEqual(counts, { routes: 2, linked: 0, handlers: 0, responses: 0, known: 0 });
    assert.deepEqual(unlinked, [
      { reason: "no source for `index.handler` in elsewhere", count: 2 },
    ]);
  });

  it("says so where the file has no such function", async () => {
    const { gaps } = await modelOf({
      "/fn/index.ts": `export const other = 1;`,
      "/stack.ts": typescript(`
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts" });${routeTo}`),
    });
    assert.match(gaps[0]?.because ?? "", /no function `handler` was found in index\.ts/);
  });

  it("names languages that are not read", async () => {
    const { gaps } = await modelOf({
      "/stack.ts": typescript(`
const fn = new lambda.Function(stack, "F", { runtime: lambda.Runtime.JAVA_21, handler: "x.Y::z", code: lambda.Code.fromAsset("java") });${routeTo}`),
    });
    assert.match(gaps[0]?.because ?? "", /handlers in Java are not read/);
  });
});

describe("sources of built output", () => {
  const built = (path: string, handler: string): string =>
    typescript(`
const fn = new lambda.Function(stack, "F", { runtime, handler: "${handler}", code: lambda.Code.fromAsset("${path}") });${routeTo}`);

  for (const [path, handler, source] of [
    ["dist/packages/orders", "main.handler", "/packages/orders/src/main.ts"],
    ["dist/orders.zip", "index.handler", "/src/functions/orders.ts"],
    ["services/build", "orders/index.handler", "/services/src/orders/handler.ts"],
    [".esbuild", "src/api/orders.handler", "/src/api/orders.ts"],
    ["function_packages/orders.zip", "index.handler", "/functions/orders/index.ts"],
  ] as const) {
    it(`${path}, ${handler}: ${source}`, async () => {
      const model = await modelOf({ "/stack.ts": built(path, handler), [source]: answer });
      assert.deepEqual(linked(model), [`${source}#handler`]);
    });
  }

  it("in Python", async () => {
    const model = await modelOf({
      "/app.py": python(`
fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_12, handler="main.handler",
                      code=lambda_.Code.from_asset("build/orders"))${pythonRouteTo}`),
      "/services/orders/main.py": pythonAnswer,
    });
    assert.deepEqual(linked(model), ["/services/orders/main.py#handler"]);
  });

  for (const [path, handler, source] of [
    ["lambda_packages/orders.zip", "handler.handler", "/lambdas/orders/handler.py"],
    [".build/lambda", "service.shop.orders.handler", "/service/shop/orders.py"],
    ["build", "service.shop.orders.handler", "/backend/service/shop/orders.py"],
  ] as const) {
    it(`in Python: ${path}, ${handler}: ${source}`, async () => {
      const model = await modelOf({
        "/app.py": python(`
fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_12, handler="${handler}",
                      code=lambda_.Code.from_asset("${path}"))${pythonRouteTo}`),
        [source]: pythonAnswer,
      });
      assert.deepEqual(linked(model), [`${source}#handler`]);
    });
  }

  it("in images, by a name with the dots of Python's modules", async () => {
    for (const [stack, image] of [
      [
        {
          "/stack.ts": typescript(`
const fn = new lambda.DockerImageFunction(stack, "F", { code: lambda.DockerImageCode.fromImageAsset("backend") });${routeTo}`),
        },
        `CMD ["api.orders.handler"]`,
      ],
      [
        {
          "/app.py": python(`
fn = lambda_.DockerImageFunction(stack, "F", code=lambda_.DockerImageCode.from_image_asset("backend"))${pythonRouteTo}`),
        },
        `COPY api/ /var/task/api/\nCMD [ "api.orders.handler" ]`,
      ],
    ] as const) {
      const model = await modelOf({
        ...stack,
        "/backend/Dockerfile": image,
        "/backend/api/orders.py": pythonAnswer,
      });
      assert.deepEqual(linked(model), ["/backend/api/orders.py#handler"]);
    }
  });

  it("of the same last name in another file are not guessed", async () => {
    const model = await modelOf({
      "/stack.ts": built("packages/orders.zip", "index.handler"),
      "/pages/orders/view.ts": answer,
    });
    assert.deepEqual(linked(model), []);
  });

  it("of which several may be meant are not guessed", async () => {
    const model = await modelOf({
      "/stack.ts": built("dist/orders", "index.handler"),
      "/a/orders.ts": answer,
      "/b/orders.ts": answer,
    });
    assert.deepEqual(linked(model), []);
  });
});

describe("what the stack gives to a function", () => {
  it("is known in the handler: variables, in TypeScript", async () => {
    const { handlers } = await modelOf({
      "/fn/index.ts": `export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": process.env.PAGE }, body: "" });`,
      "/stack.ts": typescript(`
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts" });
fn.addEnvironment("PAGE", "https://a.example.com");${routeTo}`),
    });
    const value = handlers[0]?.responses[0]?.headers[0]?.value;
    assert.equal(value?.kind === "known" && value.value, "https://a.example.com");
  });

  it("is known in the handler: variables, in Python", async () => {
    const { handlers } = await modelOf({
      "/fn/main.py": `import os
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": os.environ["PAGE"]}}
`,
      "/app.py": python(`
fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_12, handler="main.handler",
                      code=lambda_.Code.from_asset("fn"), environment={"PAGE": "https://a.example.com"})${pythonRouteTo}`),
    });
    const value = handlers[0]?.responses[0]?.headers[0]?.value;
    assert.equal(value?.kind === "known" && value.value, "https://a.example.com");
  });

  it("is not known where two functions say different things", async () => {
    const { handlers } = await modelOf({
      "/fn/index.ts": `export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": process.env.PAGE }, body: "" });`,
      "/stack.ts": typescript(`
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts", environment: { PAGE: "https://a.example.com" } });
const other = new NodejsFunction(stack, "G", { entry: "fn/index.ts", environment: { PAGE: "https://b.example.com" } });${routeTo}
api.addRoutes({ path: "/y", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("J", other) });`),
    });
    assert.equal(handlers[0]?.responses[0]?.headers[0]?.value.kind, "unknown");
  });

  it("is what its code imports: layers, in TypeScript", async () => {
    const { handlers } = await modelOf({
      "/layers/common/http.ts": `export const ok = () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "" });`,
      "/fn/index.ts": `import { ok } from "/opt/nodejs/http";
export const handler = async () => ok();`,
      "/stack.ts": typescript(`
const common = new lambda.LayerVersion(stack, "L", { code: lambda.Code.fromAsset("layers/common") });
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts", layers: [common] });${routeTo}`),
    });
    assert.equal(handlers[0]?.responses[0]?.headers.length, 1);
  });
});

describe("APIs that are imported by the id of one's own", () => {
  const routes = ({ apis }: CorsModel): readonly (readonly [number, boolean])[] =>
    apis.map((api) => [
      api.routes.filter(({ generated }) => !generated).length,
      api.routesComplete,
    ]);

  it("are one: HTTP API, through a parameter of SSM", async () => {
    const model = await modelOf({
      "/fn/index.ts": answer,
      "/stack.ts": typescript(`
const api = new HttpApi(stack, "Api");
new ssm.StringParameter(stack, "P", { parameterName: "/api/id", stringValue: api.apiId });
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts" });
const same = HttpApi.fromHttpApiAttributes(stack, "Same", { httpApiId: ssm.StringParameter.valueForStringParameter(stack, "/api/id") });
new HttpRoute(stack, "R", { httpApi: same, routeKey: HttpRouteKey.with("/x", HttpMethod.GET), integration: new HttpLambdaIntegration("I", fn) });`),
    });
    assert.deepEqual(routes(model), [[1, true]]);
  });

  it("are one: REST API in Python", async () => {
    const model = await modelOf({
      "/fn/main.py": pythonAnswer,
      "/app.py": python(`
api = apigw.RestApi(stack, "Api")
fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_12, handler="main.handler", code=lambda_.Code.from_asset("fn"))
same = apigw.RestApi.from_rest_api_attributes(stack, "Same", rest_api_id=api.rest_api_id, root_resource_id=api.rest_api_root_resource_id)
same.root.add_resource("x").add_method("GET", apigw.LambdaIntegration(fn))`),
    });
    assert.deepEqual(routes(model), [[1, true]]);
    assert.deepEqual(linked(model), ["/fn/main.py#handler"]);
  });

  it("are others where the id is of another application", async () => {
    const model = await modelOf({
      "/fn/index.ts": answer,
      "/stack.ts": typescript(`
const fn = new NodejsFunction(stack, "F", { entry: "fn/index.ts" });
const other = HttpApi.fromHttpApiAttributes(stack, "Other", { httpApiId: Fn.importValue("ApiId") });
other.addRoutes({ path: "/x", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`),
    });
    assert.deepEqual(routes(model), [[1, false]]);
    assert.equal(model.apis[0]?.cors.kind, "unknown");
  });
});
