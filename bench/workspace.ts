/** Workspaces made for the benchmark: the same for the same size, with shares as in real repositories. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { handler, heavyApp } from "./heavy";

/** Files of one application of the workspace: an even one is written in TypeScript, an odd one in Python. */
const perApp = 200;

export interface Workspace {
  readonly folder: string;
  readonly files: number;
  /** A stack of 500 lines, and a handler behind 50 of its routes. */
  readonly stack: string;
  readonly handler: string;
}

/** Writes a workspace of `files` source files into a folder, which is emptied first. */
export function makeWorkspace(folder: string, files: number): Workspace {
  rmSync(folder, { recursive: true, force: true });
  const apps = Math.max(1, Math.round(files / perApp));
  for (let app = 0; app < apps; app++) {
    const texts = app % 2 === 0 ? typescriptApp(app) : pythonApp(app);
    for (const [name, text] of texts) put(path.join(folder, `apps/app${app}`, name), text);
  }
  const first = path.join(folder, "apps/app0");
  return {
    folder,
    files: apps * perApp,
    stack: path.join(first, "lib/stack.ts"),
    handler: path.join(first, "src/handler0.ts"),
  };
}

/** A workspace in which nothing has to do with CORS. */
export function makeIdleWorkspace(folder: string, files: number): Workspace {
  rmSync(folder, { recursive: true, force: true });
  for (let i = 0; i < files; i++) {
    const [name, text] = i % 2 === 0 ? unrelatedTypeScript(i) : unrelatedPython(i);
    put(path.join(folder, `part${Math.floor(i / 100)}`, name), text);
  }
  return { folder, files, stack: "", handler: "" };
}

/** Heavy handlers; `handler` has about 400 lines, `long` about 1,000. */
export function makeHeavyWorkspace(folder: string): Workspace & { readonly long: string } {
  rmSync(folder, { recursive: true, force: true });
  const texts: Files = [...heavyApp(), ["src/long.ts", handler(0, 37)]];
  for (const [name, text] of texts) put(path.join(folder, name), text);
  const [own, long] = ["src/h0.ts", "src/long.ts"].map((name) => path.join(folder, name));
  const stack = path.join(folder, "lib/stack.ts");
  return { folder, files: texts.length, stack, handler: own ?? "", long: long ?? "" };
}

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

export type Files = [name: string, text: string][];

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** 1 stack, 12 handlers (2 shared files among them), 50 files of pages, the rest unrelated. */
function typescriptApp(app: number): Files {
  const handlers = numbers(12);
  return [
    ["cdk.json", `{ "app": "npx ts-node lib/stack.ts" }`],
    ["package.json", `{ "name": "app${app}", "dependencies": { "aws-cdk-lib": "2.150.0" } }`],
    // Without one, CDK does not know where a function's packages are.
    ["package-lock.json", "{}"],
    ["lib/stack.ts", typescriptStack(app === 0 ? 50 : 12, app === 0 ? 500 : 90)],
    ["src/respond.ts", respond],
    ...handlers.map((i): [string, string] => [`src/handler${i}.ts`, typescriptHandler(i)]),
    ...numbers(50).map((i): [string, string] => [`web/page${i}.tsx`, page(i)]),
    ...numbers(perApp - 64).map((i) => unrelatedTypeScript(i)),
  ];
}

function typescriptStack(routes: number, lines: number): string {
  const head = [
    `import { App, Duration, Stack } from "aws-cdk-lib";`,
    `import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";`,
    `import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";`,
    `import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";`,
    `import { Queue } from "aws-cdk-lib/aws-sqs";`,
    `const stack = new Stack(new App(), "Shop");`,
    `const api = new HttpApi(stack, "OrdersApi", {`,
    `  corsPreflight: { allowOrigins: ["https://shop.example.com"], allowMethods: [CorsHttpMethod.GET], maxAge: Duration.hours(1) },`,
    `});`,
    `const fn = (name: string) => new NodejsFunction(stack, name, { entry: "src/" + name + ".ts" });`,
    `const first = fn("handler0");`,
  ];
  const own = numbers(routes).map(
    (i) =>
      `api.addRoutes({ path: "/orders/${i}", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("R${i}", ${routes > 12 || i === 0 ? "first" : `fn("handler${i}")`}) });`,
  );
  const filling = numbers(Math.max(0, Math.floor((lines - head.length - own.length) / 4))).flatMap(
    (i) => [
      `new Queue(stack, "Queue${i}", {`,
      `  visibilityTimeout: Duration.seconds(${30 + i}),`,
      `  queueName: "orders-${i}",`,
      `});`,
    ],
  );
  return [...head, ...own, ...filling, ""].join("\n");
}

const respond = `export const respond = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "https://shop.example.com" },
  body: JSON.stringify(body),
});
`;

function typescriptHandler(i: number): string {
  return `import { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { respond } from "./respond";

const table = new DynamoDB({});

export const handler = async (event: APIGatewayProxyEventV2) => {
  if (event.requestContext.http.method === "OPTIONS") return respond(204, {});
  if (!event.body) return respond(400, { message: "no body" });
  try {
    const order = JSON.parse(event.body);
    const found = await table.getItem({ TableName: "orders${i}", Key: { id: order.id } });
    if (!found.Item) return { statusCode: 404, body: "not found" };
    return respond(200, found.Item);
  } catch (error) {
    console.error(error);
    return respond(500, { message: "failed" });
  }
};
`;
}

function page(i: number): string {
  const call =
    i % 3 === 0 ? `fetch(\`\${base}/orders/${i}\`, { credentials: "include" })` : `load(${i})`;
  return `import { useEffect, useState } from "react";
import { load } from "./load${i}";

const base = import.meta.env.VITE_ORDERS_API_URL;

export function Page${i}({ title }: { title: string }) {
  const [order, setOrder] = useState<unknown>();
  useEffect(() => {
    void ${call}.then((response: Response) => response.json()).then(setOrder);
  }, []);
  return <main><h1>{title}</h1><pre>{JSON.stringify(order)}</pre></main>;
}
`;
}

function unrelatedTypeScript(i: number): [string, string] {
  const functions = numbers(8).map(
    (j) => `export function price${j}(amounts: readonly number[], rate = 0.${j + 1}): number {
  let sum = 0;
  for (const amount of amounts) if (amount > ${j}) sum += amount * (1 + rate);
  return Math.round(sum * 100) / 100;
}
`,
  );
  return [`domain/prices${i}.ts`, functions.join("\n")];
}

/** As `typescriptApp`, with pages in TypeScript, as Python has none. */
function pythonApp(app: number): Files {
  const handlers = numbers(12);
  return [
    ["cdk.json", `{ "app": "python3 app.py" }`],
    ["requirements.txt", `aws-cdk-lib==2.150.0\n`],
    ["app.py", pythonStack(app)],
    ["src/respond.py", pythonRespond],
    ...handlers.map((i): [string, string] => [`src/handler${i}.py`, pythonHandler(i)]),
    ...numbers(50).map((i): [string, string] => [`web/page${i}.tsx`, page(i)]),
    ...numbers(perApp - 64).map((i) => unrelatedPython(i)),
  ];
}

function pythonStack(app: number): string {
  const routes = numbers(12).flatMap((i) => [
    `orders.add_resource("r${i}").add_method("GET", apigateway.LambdaIntegration(function(stack, "handler${i}")))`,
  ]);
  return [
    `import aws_cdk as cdk`,
    `from aws_cdk import aws_apigateway as apigateway, aws_lambda as lambda_`,
    ``,
    `app = cdk.App()`,
    `stack = cdk.Stack(app, "Shop${app}")`,
    `api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://shop.example.com"]))`,
    ``,
    `def function(scope, name):`,
    `    return lambda_.Function(scope, name, runtime=lambda_.Runtime.PYTHON_3_12, handler=name + ".handler", code=lambda_.Code.from_asset("src"))`,
    ``,
    `orders = api.root.add_resource("orders")`,
    ...routes,
    ``,
  ].join("\n");
}

const pythonRespond = `import json


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://shop.example.com"},
        "body": json.dumps(body),
    }
`;

function pythonHandler(i: number): string {
  return `import json

import boto3

from respond import respond

table = boto3.resource("dynamodb").Table("orders${i}")


def handler(event, context):
    if not event.get("body"):
        return respond(400, {"message": "no body"})
    try:
        order = json.loads(event["body"])
        found = table.get_item(Key={"id": order["id"]})
        if "Item" not in found:
            return {"statusCode": 404, "body": "not found"}
        return respond(200, found["Item"])
    except Exception as error:
        print(error)
        return respond(500, {"message": "failed"})
`;
}

function unrelatedPython(i: number): [string, string] {
  const functions = numbers(8).map(
    (j) => `def price_${j}(amounts, rate=0.${j + 1}):
    total = 0
    for amount in amounts:
        if amount > ${j}:
            total += amount * (1 + rate)
    return round(total, 2)
`,
  );
  return [`domain/prices${i}.py`, functions.join("\n\n")];
}
