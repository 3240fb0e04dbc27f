/** What the applications of the loop are made of, in TypeScript and in Python. */
import { parseLiteral } from "../rules/literal";
import { APP, type Loop } from "./loop";
import type { PageCall } from "./page-call";

export type Runtime = "node" | "python";

const runtimes = {
  node: { ts: "NODEJS_22_X", py: "NODEJS_22_X" },
  python: { ts: "PYTHON_3_13", py: "PYTHON_3_13" },
} as const;

/** `/stack.ts` with the function `orders`, whose handler is `lambda/orders`. */
export function stackTs(body: string, runtime: Runtime = "node"): string {
  return `//- /stack.ts
import { App, Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as path from "path";

export const app = new App();
const stack = new Stack(app, "Shop");
const orders = new lambda.Function(stack, "Orders", {
  runtime: lambda.Runtime.${runtimes[runtime].ts},
  handler: "orders.handler",
  code: lambda.Code.fromAsset(path.join(__dirname, "lambda")),
});
${body.trim()}
`;
}

/** A REST API whose policy answers preflights, and whose gateway responses carry the header. */
export function restApi(runtime: Runtime): string {
  return stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders));`,
    runtime,
  );
}

/** A Function URL without a policy: the handler answers preflights. */
export function functionUrl(runtime: Runtime): string {
  return stackTs(`orders.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`, runtime);
}

/** `/app.py`: the same in Python. */
export function stackPy(body: string, runtime: Runtime = "node"): string {
  return `import os

from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_lambda as lambda_

app = App()
stack = Stack(app, "Shop")
orders = lambda_.Function(
    stack,
    "Orders",
    runtime=lambda_.Runtime.${runtimes[runtime].py},
    handler="orders.handler",
    code=lambda_.Code.from_asset(os.path.join(os.path.dirname(__file__), "lambda")),
)
${body.trim()}
`;
}

/** A handler that answers "orders" with these headers. */
export function handler(runtime: Runtime, headers: Readonly<Record<string, string>>): string {
  const given = JSON.stringify(headers);
  return runtime === "node"
    ? nodeHandler(`  return { statusCode: 200, headers: ${given}, body: "orders" };`)
    : pythonHandler(`    return {"statusCode": 200, "headers": ${given}, "body": "orders"}`);
}

/** `/lambda/orders.js`; `before` stands above the function. */
export function nodeHandler(body: string, before = ""): string {
  return `//- /lambda/orders.js\n${before === "" ? "" : `${before}\n`}exports.handler = async (event) => {\n${body}\n};\n`;
}

/** `/lambda/orders.py`. */
export function pythonHandler(body: string, before = ""): string {
  return `#- /lambda/orders.py\n${before === "" ? "" : `${before}\n\n\n`}def handler(event, context):\n${body}\n`;
}

export const allowApp = { "Access-Control-Allow-Origin": APP };
export const allowAppWithCookies = { ...allowApp, "Access-Control-Allow-Credentials": "true" };

/** A POST of JSON: browsers ask first. */
export const post: PageCall = {
  method: "POST",
  path: "/orders",
  headers: { "content-type": "application/json" },
  body: "{}",
  credentials: "same-origin",
};

export const get: PageCall = {
  method: "GET",
  path: "/orders",
  headers: {},
  credentials: "same-origin",
};

type Given = Pick<Loop, "rule" | "what"> &
  Partial<Omit<Loop, "files" | "byHand">> & {
    readonly text: string;
    /** The files that a person changes. */
    readonly right?: string;
  };

/** A case: the page of the application posts JSON and reads "orders", unless it is said otherwise. */
export function loop({ text, right, ...given }: Given): Loop {
  return {
    kind: "blocked",
    call: post,
    origin: APP,
    reads: { status: 200, body: "orders" },
    ...given,
    files: parseLiteral(text).files,
    ...(right === undefined ? {} : { byHand: parseLiteral(right).files }),
  };
}

/** One case for each language of handlers. */
export function bothRuntimes(make: (runtime: Runtime) => Loop): readonly Loop[] {
  return (["node", "python"] as const).map((runtime) => {
    const made = make(runtime);
    return { ...made, what: `${made.what}, handler in ${runtime === "node" ? "Node" : "Python"}` };
  });
}
