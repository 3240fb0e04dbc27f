/** Handlers as real ones are: some 400 lines that dispatch to operations, each of which checks, loops, catches and calls helpers. */
import type { Files } from "./workspace";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const operationsOf = (i: number): number => 10 + (i % 8);
const checksOf = (i: number, operation: number): number => 3 + ((i + operation) % 6);

/** An application of 24 such handlers, every other one in Python, behind one HTTP API. */
export function heavyApp(): Files {
  const handlers = numbers(24);
  return [
    ["cdk.json", `{ "app": "npx ts-node lib/stack.ts" }`],
    ["package.json", `{ "name": "heavy", "dependencies": { "aws-cdk-lib": "2.150.0" } }`],
    ["package-lock.json", "{}"],
    ["lib/stack.ts", stack(handlers)],
    ["src/helpers.ts", helpers],
    ["src/helpers.py", pythonHelpers],
    ...handlers.map((i): [string, string] =>
      i % 2 === 0 ? [`src/h${i}.ts`, handler(i)] : [`src/h${i}.py`, pythonHandler(i)],
    ),
  ];
}

/** A handler in TypeScript, of 30 to 40 lines for each operation. */
export function handler(i: number, operations = operationsOf(i)): string {
  const all = numbers(operations);
  const cases = all.map(
    (n) =>
      `    if (method === "${n % 2 === 0 ? "GET" : "POST"}" && path === "/things/${n}") return await operation${n}(event);`,
  );
  return `import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { first, owner, parsed, respond } from "./helpers";

const table = new DynamoDB({});

${all.map((n) => operation(n, checksOf(i, n))).join("\n")}
export const handler = async (event: any) => {
  const method = event.requestContext.http.method;
  const path = event.rawPath;
  if (method === "OPTIONS") return respond(204, {});
  try {
${cases.join("\n")}
    return respond(404, { message: "no such operation" });
  } catch (error) {
    console.error("failed", error);
    return respond(500, { message: "failed" });
  }
};
`;
}

function operation(n: number, checks: number): string {
  const own = numbers(checks).map(
    (k) =>
      `  if (!body.field${k}) return respond(400, { message: "field${k} is missing" });
  if (typeof body.field${k} === "string" && body.field${k}.length > ${10 + k}) body.field${k} = body.field${k}.slice(0, ${10 + k});`,
  );
  return `async function operation${n}(event: any) {
  const body = parsed(event);
  const limit = event.queryStringParameters?.limit ? Number(event.queryStringParameters.limit) : ${20 + n};
${own.join("\n")}
  const items: unknown[] = [];
  for (const item of body.items ?? []) {
    if (!item.id) continue;
    if (items.length >= limit) break;
    items.push(first(item, "name${n}"));
  }
  try {
    const found = await table.getItem({ TableName: "things", Key: { id: owner(event) } });
    if (!found.Item) return respond(404, { message: "no thing" });
    if (found.Item.owner !== owner(event)) return respond(403, { message: "not yours" });
    return respond(${n % 3 === 0 ? 201 : 200}, { items, found: found.Item });
  } catch (error) {
    if (n${n}(error)) return respond(409, { message: "changed meanwhile" });
    throw error;
  }
}
const n${n} = (error: any) => error.name === "Conflict${n}";
`;
}

const helpers = `export const respond = (statusCode: number, body: unknown) => ({
  statusCode,
  headers: { "Content-Type": "application/json", "Access-Control-Allow-Origin": "https://shop.example.com" },
  body: JSON.stringify(body),
});

export function parsed(event: any): any {
  if (!event.body) return {};
  return JSON.parse(event.body);
}

export function owner(event: any): string {
  const claims = event.requestContext.authorizer?.jwt?.claims ?? {};
  return claims.sub || claims.email || "nobody";
}

export function first(item: any, name: string): unknown {
  if (Array.isArray(item[name])) return item[name][0];
  return item[name] ?? null;
}
`;

function pythonHandler(i: number): string {
  const all = numbers(operationsOf(i));
  const cases = all.map(
    (n) =>
      `        if method == "${n % 2 === 0 ? "GET" : "POST"}" and path == "/things/${n}":\n            return operation_${n}(event)`,
  );
  return `import boto3

from helpers import first, owner, parsed, respond

table = boto3.resource("dynamodb").Table("things")


${all.map((n) => pythonOperation(n, checksOf(i, n))).join("\n\n")}

def handler(event, context):
    method = event["requestContext"]["http"]["method"]
    path = event["rawPath"]
    if method == "OPTIONS":
        return respond(204, {})
    try:
${cases.join("\n")}
        return respond(404, {"message": "no such operation"})
    except Exception as error:
        print("failed", error)
        return respond(500, {"message": "failed"})
`;
}

function pythonOperation(n: number, checks: number): string {
  const own = numbers(checks).map(
    (k) =>
      `    if not body.get("field${k}"):
        return respond(400, {"message": "field${k} is missing"})
    if isinstance(body["field${k}"], str) and len(body["field${k}"]) > ${10 + k}:
        body["field${k}"] = body["field${k}"][:${10 + k}]`,
  );
  return `def operation_${n}(event):
    body = parsed(event)
    limit = int((event.get("queryStringParameters") or {}).get("limit", ${20 + n}))
${own.join("\n")}
    items = []
    for item in body.get("items", []):
        if not item.get("id"):
            continue
        if len(items) >= limit:
            break
        items.append(first(item, "name${n}"))
    try:
        found = table.get_item(Key={"id": owner(event)})
        if "Item" not in found:
            return respond(404, {"message": "no thing"})
        if found["Item"]["owner"] != owner(event):
            return respond(403, {"message": "not yours"})
        return respond(${n % 3 === 0 ? 201 : 200}, {"items": items, "found": found["Item"]})
    except ValueError:
        return respond(409, {"message": "changed meanwhile"})
`;
}

const pythonHelpers = `import json


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Access-Control-Allow-Origin": "https://shop.example.com"},
        "body": json.dumps(body),
    }


def parsed(event):
    if not event.get("body"):
        return {}
    return json.loads(event["body"])


def owner(event):
    claims = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return claims.get("sub") or claims.get("email") or "nobody"


def first(item, name):
    if isinstance(item.get(name), list):
        return item[name][0]
    return item.get(name)
`;

function stack(handlers: readonly number[]): string {
  const own = handlers.map((i) => {
    const made =
      i % 2 === 0
        ? `new NodejsFunction(stack, "H${i}", { entry: "src/h${i}.ts" })`
        : `new Function(stack, "H${i}", { runtime: Runtime.PYTHON_3_12, handler: "h${i}.handler", code: Code.fromAsset("src") })`;
    return `api.addRoutes({ path: "/h${i}", methods: [HttpMethod.ANY], integration: new HttpLambdaIntegration("R${i}", ${made}) });`;
  });
  return [
    `import { App, Stack } from "aws-cdk-lib";`,
    `import { HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";`,
    `import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";`,
    `import { Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";`,
    `import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";`,
    `const stack = new Stack(new App(), "Things");`,
    `const api = new HttpApi(stack, "ThingsApi");`,
    ...own,
    "",
  ].join("\n");
}
