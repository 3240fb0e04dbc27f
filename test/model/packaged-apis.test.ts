import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { constantOf } from "../../shared/src/model/value";
import type { Api, CorsModel } from "../../shared/src/model/model";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";

async function modelOf(text: string): Promise<CorsModel> {
  return link(await memoryProject(parseLiteral(text).files));
}

async function apiOf(text: string): Promise<Api> {
  const { apis } = await modelOf(text);
  const [api, ...others] = apis;
  assert.ok(api, "no API was found");
  assert.equal(others.length, 0);
  return api;
}

/** `GET /orders -> handler [authorization]` */
const routesOf = (api: Api): readonly string[] =>
  api.routes.map(
    ({ method, path, handlers, authorization }) =>
      `${constantOf(method)} ${constantOf(path)} -> ${handlers.join()} [${authorization.kind === "some" ? authorization.type : authorization.kind}]`,
  );

const handlerTs = `
//- /src/orders.ts
export const handler = async () => ({ statusCode: 200, body: "" });
`;
const handlerPy = `
#- /src/orders.py
def handler(event, context):
    return {"statusCode": 200, "body": ""}
`;

const ts = (body: string): string => `${handlerTs}
//- /main.ts
import { App, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import { ApiGatewayToLambda } from "@aws-solutions-constructs/aws-apigateway-lambda";
import { CognitoToApiGatewayToLambda } from "@aws-solutions-constructs/aws-cognito-apigateway-lambda";
import { CloudFrontToApiGatewayToLambda } from "@aws-solutions-constructs/aws-cloudfront-apigateway-lambda";
import { ApiGatewayToDynamoDB } from "@aws-solutions-constructs/aws-apigateway-dynamodb";
const stack = new Stack(new App(), "S");
const lambdaFunctionProps = { runtime: lambda.Runtime.NODEJS_22_X, handler: "orders.handler", code: lambda.Code.fromAsset("src") };
${body}`;

const py = (body: string): string => `${handlerPy}
#- /app.py
from aws_cdk import App, Stack, aws_lambda as lambda_, aws_apigateway as apigateway
from aws_solutions_constructs.aws_apigateway_lambda import ApiGatewayToLambda
from aws_solutions_constructs.aws_cognito_apigateway_lambda import CognitoToApiGatewayToLambda
from aws_solutions_constructs.aws_cloudfront_apigateway_lambda import CloudFrontToApiGatewayToLambda
from aws_solutions_constructs.aws_apigateway_dynamodb import ApiGatewayToDynamoDB
stack = Stack(App(), "S")
function_props = lambda_.FunctionProps(runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("src"))
${body}`;

describe("APIs of AWS Solutions Constructs", () => {
  for (const [language, text, handler] of [
    [
      "TypeScript",
      {
        plain: ts(`new ApiGatewayToLambda(stack, "A", { lambdaFunctionProps });`),
        open: ts(`new ApiGatewayToLambda(stack, "A", { lambdaFunctionProps, apiGatewayProps: {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
  defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.NONE } } });`),
        cognito: ts(`new CognitoToApiGatewayToLambda(stack, "A", { lambdaFunctionProps });`),
        distribution: ts(
          `new CloudFrontToApiGatewayToLambda(stack, "A", { lambdaFunctionProps });`,
        ),
        existing:
          ts(`const existingLambdaObj = new lambda.Function(stack, "F", lambdaFunctionProps);
const made = new ApiGatewayToLambda(stack, "A", { existingLambdaObj, apiGatewayProps: { proxy: false } });
made.apiGateway.root.addResource("orders").addMethod("POST");
made.apiGateway.addGatewayResponse("E", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders: { "Access-Control-Allow-Origin": "'*'" } });`),
        unread: ts(`new ApiGatewayToDynamoDB(stack, "A", {});`),
      },
      "/src/orders.ts#handler",
    ],
    [
      "Python",
      {
        plain: py(`ApiGatewayToLambda(stack, "A", lambda_function_props=function_props)`),
        open: py(`ApiGatewayToLambda(stack, "A", lambda_function_props=function_props, api_gateway_props=apigateway.LambdaRestApiProps(
    default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]),
    default_method_options=apigateway.MethodOptions(authorization_type=apigateway.AuthorizationType.NONE)))`),
        cognito: py(
          `CognitoToApiGatewayToLambda(stack, "A", lambda_function_props=function_props)`,
        ),
        distribution: py(
          `CloudFrontToApiGatewayToLambda(stack, "A", lambda_function_props=function_props)`,
        ),
        existing:
          py(`fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("src"))
made = ApiGatewayToLambda(stack, "A", existing_lambda_obj=fn, api_gateway_props=apigateway.LambdaRestApiProps(proxy=False, handler=fn))
made.api_gateway.root.add_resource("orders").add_method("POST")
made.api_gateway.add_gateway_response("E", type=apigateway.ResponseType.DEFAULT_4XX, response_headers={"Access-Control-Allow-Origin": "'*'"})`),
        unread: py(`ApiGatewayToDynamoDB(stack, "A")`),
      },
      "/src/orders.py#handler",
    ],
  ] as const) {
    describe(language, () => {
      it("everything goes to the function, signed unless told otherwise", async () => {
        const api = await apiOf(text.plain);
        assert.deepEqual(routesOf(api), [
          `ANY / -> ${handler} [iam]`,
          `ANY /{proxy+} -> ${handler} [iam]`,
        ]);
        assert.equal(api.cors.kind, "none");
        assert.equal(api.kind, "rest");
      });

      it("options for the API reach it", async () => {
        const api = await apiOf(text.open);
        assert.equal(api.cors.kind, "policy");
        assert.ok(routesOf(api).includes(`ANY / -> ${handler} [none]`));
      });

      it("Cognito's stands before every method", async () => {
        assert.ok(
          routesOf(await apiOf(text.cognito)).every((route) => route.endsWith("[cognito]")),
        );
      });

      it("what a distribution before the API does for CORS is not known", async () => {
        assert.equal((await apiOf(text.distribution)).cors.kind, "unknown");
      });

      it("a function that is given, and what is said to the API within", async () => {
        const api = await apiOf(text.existing);
        assert.deepEqual(routesOf(api), [`POST /orders -> ${handler} [iam]`]);
        assert.equal(api.gatewayResponses.length, 1);
      });

      it("others are gaps", async () => {
        const { apis, gaps } = await modelOf(text.unread);
        assert.equal(apis.length, 0);
        assert.deepEqual(
          gaps.map(({ because }) => because),
          ["the API of `ApiGatewayToDynamoDB` is not read"],
        );
      });
    });
  }
});

describe("constructs of packages that are not read", () => {
  it("are gaps where they are named after an API and stand in a stack", async () => {
    const text = `//- /app.ts
import { App, Stack } from "aws-cdk-lib";
import { TypeSafeRestApi } from "@aws/pdk/type-safe-api";
import { ApiClient, RapidCache } from "clients";
class Shop extends Stack {
  constructor(app: App) {
    super(app, "Shop");
    new TypeSafeRestApi(this, "Orders", {});
    new RapidCache(this, "Cache");
    new ApiClient("https://api.acmecorp.com");
  }
}
new Shop(new App());
`;
    const { gaps } = await modelOf(text);
    assert.deepEqual(
      gaps.map(({ because }) => because),
      ["the API of `TypeSafeRestApi` is not read"],
    );
    const python = `#- /app.py
from aws_cdk import App, Stack
from acme_constructs import OrdersAPI, Capital
class Shop(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        OrdersAPI(self, "Orders")
        Capital(self, "Cache")
Shop(App(), "Shop")
`;
    const other = await modelOf(python);
    assert.deepEqual(
      other.gaps.map(({ because }) => because),
      ["the API of `OrdersAPI` is not read"],
    );
  });
});

describe("APIs of SST 1 and 2", () => {
  const sst = (from: string, body: string): string => `${handlerTs}
//- /services/src/late.ts
export const main = async () => ({ statusCode: 200, body: "" });
//- /stacks/ApiStack.ts
import { Api, ApiGatewayV1Api, Function } from "${from}";
export function ApiStack({ stack }) {
${body}
}`;

  for (const from of ["sst/constructs", "@serverless-stack/resources"]) {
    it(`routes of ${from} lead to their functions, and CORS is SST's own`, async () => {
      const api = await apiOf(
        sst(
          from,
          `const api = new Api(stack, "Api", {
  defaults: { authorizer: "iam" },
  routes: {
    "GET /a": "src/orders.handler",
    "POST   /b/{id}": { function: "src/orders.handler", authorizer: "none" },
    "PUT /c": { function: { handler: "src/late.main" } },
    "DELETE /d": new Function(stack, "F", { handler: "src/orders.handler" }),
    "GET /e": "src/gone.main",
    $default: "src/orders.handler",
  },
});
api.addRoutes(stack, { "GET /f": "src/orders.handler" });`,
        ),
      );
      assert.deepEqual(routesOf(api), [
        "GET /a -> /src/orders.ts#handler [unknown]",
        "POST /b/{id} -> /src/orders.ts#handler [none]",
        "PUT /c -> /services/src/late.ts#main [unknown]",
        "DELETE /d -> /src/orders.ts#handler [unknown]",
        "GET /e ->  [unknown]",
        "ANY $default -> /src/orders.ts#handler [unknown]",
        "GET /f -> /src/orders.ts#handler [unknown]",
      ]);
      assert.equal(api.cors.kind, "unknown");
      assert.equal(api.routes[4]?.unlinked, "no source for `src/gone.main`");
    });
  }

  it("without CORS where it is switched off", async () => {
    const api = await apiOf(
      sst("sst/constructs", `new Api(stack, "Api", { cors: false, routes: {} });`),
    );
    assert.equal(api.cors.kind, "none");
  });

  it("of stacks that are classes, and of REST APIs", async () => {
    const api = await apiOf(`${handlerTs}
//- /stacks/ApiStack.js
import * as sst from "@serverless-stack/resources";
export default class ApiStack extends sst.Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    this.api = new sst.ApiGatewayV1Api(this, "Api", { routes: { "GET /a": "src/orders.handler" } });
  }
}`);
    assert.equal(api.kind, "rest");
    assert.deepEqual(routesOf(api), ["GET /a -> /src/orders.ts#handler [none]"]);
  });
});

describe("functions of Amplify Gen 2", () => {
  const backend = (definition: string, file = "handler.ts"): string => `
//- /amplify/functions/orders/${file}
export const handler = async () => ({ statusCode: 200, body: "" });
//- /amplify/functions/orders/resource.ts
import { defineFunction } from "@aws-amplify/backend";
export const orders = ${definition};
//- /amplify/backend.ts
import { defineBackend } from "@aws-amplify/backend";
import { LambdaIntegration, RestApi } from "aws-cdk-lib/aws-apigateway";
import { orders } from "./functions/orders/resource";
const backend = defineBackend({ orders });
const api = new RestApi(backend.createStack("api"), "Api");
api.root.addResource("orders").addMethod("GET", new LambdaIntegration(backend.orders.resources.lambda));`;

  for (const [definition, file] of [
    ["defineFunction()", "handler.ts"],
    [`defineFunction({ name: "orders", entry: "./handler.ts" })`, "handler.ts"],
    [`defineFunction({ entry: "./get.ts" })`, "get.ts"],
  ] as const) {
    it(`${definition}: ${file}`, async () => {
      assert.deepEqual(routesOf(await apiOf(backend(definition, file))), [
        `GET /orders -> /amplify/functions/orders/${file}#handler [none]`,
      ]);
    });
  }

  for (const [definition, because] of [
    [`defineFunction({ entry: "./gone.ts" })`, "there is no ./gone.ts"],
    ["defineFunction((scope) => makeFunction(scope))", "the entry is not known"],
    ["defineFunction(settings)", "the entry is not known"],
    ["somethingElse()", "the definition of the function cannot be seen"],
  ] as const) {
    it(`${definition}: ${because}`, async () => {
      const api = await apiOf(backend(definition));
      assert.deepEqual(
        api.routes.map(({ unlinked }) => unlinked),
        [because],
      );
    });
  }

  it("have Function URLs", async () => {
    const { apis } = await modelOf(`${backend("defineFunction()")}
backend.orders.resources.lambda.addFunctionUrl();`);
    const url = apis.find(({ kind }) => kind === "functionUrl");
    assert.deepEqual(url?.routes[0]?.handlers, ["/amplify/functions/orders/handler.ts#handler"]);
  });
});

describe("components of SST 3", () => {
  const made = (options = ""): string => `
const api = new sst.aws.ApiGatewayV2("Api"${options});
api.route("GET /orders", "src/orders.handler");
api.route("POST /orders", { handler: "src/orders.handler" }, { auth: { iam: true } });
api.route("$default", "src/gone.handler");`;
  const config = (body: string): string => `${handlerTs}
//- /sst.config.ts
export default $config({
  app() { return { name: "shop", home: "aws" }; },
  async run() {${body}
  },
});`;
  const routes = [
    "GET /orders -> /src/orders.ts#handler [none]",
    "POST /orders -> /src/orders.ts#handler [unknown]",
    "ANY $default ->  [none]",
  ];

  for (const [where, text] of [
    ["in the configuration", config(made())],
    [
      "in a module",
      `${handlerTs}\n//- /infra/api.ts\n${made().replace("const api", "export const api")}`,
    ],
  ] as const) {
    it(`have their routes ${where}`, async () => {
      const api = await apiOf(text);
      assert.deepEqual(routesOf(api), routes);
      assert.deepEqual([api.kind, api.name, api.cors.kind], ["http", "Api", "unknown"]);
    });
  }

  it("have no CORS where it is switched off", async () => {
    assert.equal((await apiOf(config(made(", { cors: false }")))).cors.kind, "none");
  });

  it("are functions with a URL, where they are told to have one", async () => {
    const url = await apiOf(
      config(`
new sst.aws.Function("Open", { handler: "src/orders.handler", url: true });
new sst.aws.Function("Shut", { handler: "src/orders.handler" });`),
    );
    assert.deepEqual([url.kind, url.name, url.cors.kind], ["functionUrl", "Open", "unknown"]);
    assert.deepEqual(url.routes[0]?.handlers, ["/src/orders.ts#handler"]);
    const closed = await apiOf(
      config(
        `new sst.aws.Function("Own", { handler: "src/orders.handler", url: { cors: false } });`,
      ),
    );
    assert.equal(closed.cors.kind, "none");
  });
});
