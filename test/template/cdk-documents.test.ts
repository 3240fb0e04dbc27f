import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type { Api } from "../../shared/src/model/model";
import { constantOf } from "../../shared/src/model/value";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";

async function apiOf(text: string): Promise<Api> {
  const { apis } = link(await memoryProject(parseLiteral(text).files));
  const [api] = apis;
  assert.ok(api, "no API was found");
  assert.equal(apis.length, 1);
  return api;
}

const ts = (body: string): string => `
//- /src/orders.ts
export const handler = async () => ({ statusCode: 200, body: "" });
//- /main.ts
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { App, Fn, Stack } from "aws-cdk-lib";
import { ApiDefinition, CfnRestApi, SpecRestApi } from "aws-cdk-lib/aws-apigateway";
import { CfnApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "S");
const fn = new NodejsFunction(stack, "Fn", { entry: "src/orders.ts" });
${body}`;

const py = (body: string): string => `
#- /src/orders.py
def handler(event, context):
    return {"statusCode": 200, "body": ""}
#- /app.py
import json
from aws_cdk import App, Fn, Stack
from aws_cdk import aws_apigateway as apigw, aws_apigatewayv2 as apigwv2, aws_lambda as lambda_, aws_s3_assets as assets
stack = Stack(App(), "S")
fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("src"))
${body}`;

const file = `
#- /api/openapi.yaml
openapi: 3.0.1
paths:
  /orders:
    options:
      x-amazon-apigateway-integration:
        type: mock
        responses:
          default: { statusCode: "200", responseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }
    get:
      security: [{ users: [] }]
      x-amazon-apigateway-integration: { type: http_proxy, uri: "https://a.example" }
components:
  securitySchemes:
    users: { type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authorizer: { type: cognito_user_pools } }
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
`;

function seesFile(api: Api): void {
  const methods = api.routes.map(({ method }) => constantOf(method)).sort();
  assert.deepEqual(methods, ["GET", "OPTIONS"]);
  assert.equal(api.routes[0]?.at.file, "/api/openapi.yaml");
  const get = api.routes.find(({ method }) => constantOf(method) === "GET");
  assert.deepEqual(get?.authorization.kind === "some" && get.authorization.headers, ["x-token"]);
  assert.equal(api.gatewayResponses.length, 1);
  assert.equal(api.routesComplete, true);
}

describe("OpenAPI documents of CDK", () => {
  it("in files, as assets", async () => {
    seesFile(
      await apiOf(
        ts(
          `new SpecRestApi(stack, "A", { apiDefinition: ApiDefinition.fromAsset(path.join(__dirname, "api/openapi.yaml")) });`,
        ) + file,
      ),
    );
    seesFile(
      await apiOf(
        py(
          `apigw.SpecRestApi(stack, "A", api_definition=apigw.ApiDefinition.from_asset("api/openapi.yaml"))`,
        ) + file,
      ),
    );
  });

  it("in files that a transform includes", async () => {
    seesFile(
      await apiOf(
        ts(`const asset = new Asset(stack, "Doc", { path: "api/openapi.yaml" });
new SpecRestApi(stack, "A", { apiDefinition: ApiDefinition.fromInline(Fn.transform("AWS::Include", { Location: asset.s3ObjectUrl })) });`) +
          file,
      ),
    );
    seesFile(
      await apiOf(
        py(`asset = assets.Asset(stack, "Doc", path="api/openapi.yaml")
apigw.SpecRestApi(stack, "A", api_definition=apigw.ApiDefinition.from_inline(Fn.transform("AWS::Include", {"Location": asset.s3_object_url})))`) +
          file,
      ),
    );
  });

  it("built in code, with the functions that it names", async () => {
    const inTs = await apiOf(
      ts(`const doc: any = { openapi: "3.0.1", paths: {} };
for (const name of ["orders", "items"]) {
  doc.paths[\`/\${name}\`] = { get: { "x-amazon-apigateway-integration": {
    type: "aws_proxy", uri: \`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/\${fn.functionArn}/invocations\` } } };
}
new CfnRestApi(stack, "A", { body: doc });`),
    );
    const inPy = await apiOf(
      py(`doc = {"openapi": "3.0.1", "paths": {}}
for name in ["orders", "items"]:
    doc["paths"]["/" + name] = {"get": {"x-amazon-apigateway-integration": {
        "type": "aws_proxy", "uri": f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{fn.function_arn}/invocations"}}}
apigw.CfnRestApi(stack, "A", body=doc)`),
    );
    for (const [api, handler] of [
      [inTs, "/src/orders.ts#handler"],
      [inPy, "/src/orders.py#handler"],
    ] as const) {
      assert.deepEqual(
        api.routes.map(({ path }) => constantOf(path)),
        ["/orders", "/items"],
      );
      assert.deepEqual(
        api.routes.map(({ handlers }) => handlers),
        [[handler], [handler]],
      );
      assert.equal(api.routesComplete, true);
    }
  });

  it("with the CORS of an HTTP API", async () => {
    const inTs = await apiOf(
      ts(
        `new CfnApi(stack, "A", { body: { openapi: "3.0.1", paths: {}, "x-amazon-apigateway-cors": { allowOrigins: ["https://a.example"], maxAge: 60 } } });`,
      ),
    );
    const inPy = await apiOf(
      py(
        `apigwv2.CfnApi(stack, "A", body={"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-cors": {"allowOrigins": ["https://a.example"], "maxAge": 60}})`,
      ),
    );
    for (const { cors } of [inTs, inPy]) {
      assert.ok(cors.kind === "policy");
      assert.equal(constantOf(cors.of[0]?.maxAge?.value), 60);
    }
  });

  it("are left open where a part is not seen", async () => {
    const shapes = [
      `new CfnRestApi(stack, "A", { body: load() }); declare function load(): any;`,
      `import { extend } from "other";\nconst doc: any = { paths: {} };\nextend(doc);\nnew CfnRestApi(stack, "A", { body: doc });`,
      `const doc = JSON.parse(readFileSync("api/openapi.json", "utf8"));\ndoc["x-amazon-apigateway-cors"] = {};\nnew CfnRestApi(stack, "A", { body: doc });`,
      `import * as yaml from "js-yaml";\nconst doc: any = yaml.load(readFileSync("api/openapi.json", "utf8"));\ndoc.paths["/b"] = {};\nnew CfnRestApi(stack, "A", { body: doc });`,
      `new CfnRestApi(stack, "A", { body: { paths: { "/a": { $ref: "x" } } } });`,
    ];
    for (const shape of shapes) {
      const api = await apiOf(`${ts(shape)}\n#- /api/openapi.json\n{ "paths": {} }\n`);
      assert.equal(api.routesComplete, false);
      assert.equal(api.cors.kind, "unknown");
      assert.equal(api.gatewayResponsesComplete, false);
    }
  });

  it("read from a file by code", async () => {
    const shapes = [
      ts(
        `new CfnRestApi(stack, "A", { body: JSON.parse(readFileSync("api/openapi.json", "utf8")) });`,
      ),
      py(`with open("api/openapi.json") as f:
    doc = json.load(f)
apigw.CfnRestApi(stack, "A", body=doc)`),
      py(`apigw.CfnRestApi(stack, "A", body=json.loads(open("api/openapi.json").read()))`),
    ];
    for (const shape of shapes) {
      const api = await apiOf(
        `${shape}
#- /api/openapi.json
{ "paths": { "/a": { "get": { "x-amazon-apigateway-integration": { "type": "mock" } } } } }
`,
      );
      assert.deepEqual(
        api.routes.map(({ path }) => constantOf(path)),
        ["/a"],
      );
    }
  });
});

describe("documents that name functions by logical ids of their own", () => {
  const yaml = (id: string): string => `
#- /api.yaml
openapi: 3.0.1
paths:
  /orders:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: { "Fn::Sub": "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations" }
`;
  const include = `
const asset = new Asset(stack, "Document", { path: "api.yaml" });
new SpecRestApi(stack, "Api", { apiDefinition: ApiDefinition.fromInline(Fn.transform("AWS::Include", { Location: asset.s3ObjectUrl })) });`;
  const includePy = `
asset = assets.Asset(stack, "Document", path="api.yaml")
apigw.SpecRestApi(stack, "Api", api_definition=apigw.ApiDefinition.from_inline(Fn.transform("AWS::Include", {"Location": asset.s3_object_url})))`;
  const named = `(fn.node.defaultChild as any).overrideLogicalId("ordersFunction");`;
  const namedPy = `fn.node.default_child.override_logical_id("ordersFunction")`;

  for (const [what, text, handlers] of [
    ["the child's", ts(named + include) + yaml("ordersFunction"), ["/src/orders.ts#handler"]],
    [
      "one by way of a variable",
      ts(
        `const child = fn.node.defaultChild as any;\nchild.overrideLogicalId("Orders");${include}`,
      ) + yaml("Orders"),
      ["/src/orders.ts#handler"],
    ],
    ["another", ts(named + include) + yaml("otherFunction"), []],
    [
      "that of two functions",
      ts(
        `${named}\nconst two = new NodejsFunction(stack, "Two", { entry: "src/orders.ts" });\n(two.node.defaultChild as any).overrideLogicalId("ordersFunction");${include}`,
      ) + yaml("ordersFunction"),
      [],
    ],
    [
      "the child's, in Python",
      py(namedPy + includePy) + yaml("ordersFunction"),
      ["/src/orders.py#handler"],
    ],
    ["another, in Python", py(namedPy + includePy) + yaml("otherFunction"), []],
  ] as const) {
    it(`${what}: ${handlers.length === 0 ? "no function" : "the function"}`, async () => {
      const { routes } = await apiOf(text);
      assert.deepEqual(
        routes.flatMap((route) => route.handlers),
        handlers,
      );
    });
  }
});
