/** `twins(typescript, python, expected)`: both stacks give one model, and it reads as expected. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type {
  Api,
  Authorization,
  CorsModel,
  CorsPolicy,
  Field,
  MappedResponse,
  Route,
  Strings,
  Value,
} from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";

/** Statements of a stack's constructor; `fn` is a function whose code is `/lambda/orders.py`. */
export interface Twins {
  readonly typescript: string;
  readonly python: string;
  /** Lines of `shown`. */
  readonly expected: string;
  /** The version of aws-cdk-lib. */
  readonly version?: string;
}

export async function twins({ typescript, python, expected, version }: Twins): Promise<void> {
  const first = await modelOf("/lib/stack.ts", typescriptStack(typescript), version);
  const second = await modelOf("/lib/stack.py", pythonStack(python), version);
  assert.equal(shown(first), trimmed(expected), "TypeScript");
  assert.equal(shown(second), trimmed(expected), "Python");
  assert.deepEqual(comparable(second), comparable(first), "the twins differ");
}

/** The model of one stack beside the function's code. */
export async function modelOf(path: string, text: string, version?: string): Promise<CorsModel> {
  const manifest = version === undefined ? {} : { dependencies: { "aws-cdk-lib": version } };
  const files = new Map([
    [path, text],
    ["/lambda/orders.py", "def handler(event, context):\n    return {'statusCode': 200}\n"],
    ["/package.json", JSON.stringify(manifest)],
  ]);
  return link(await memoryProject(files));
}

export function typescriptStack(body: string): string {
  return `
import * as cdk from "aws-cdk-lib";
import { Stack, Duration } from "aws-cdk-lib";
import * as apigw from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as path from "path";
export class OrdersStack extends Stack {
  constructor(scope: any, id: string, props?: any) {
    super(scope, id, props);
    const fn = new lambda.Function(this, "Orders", {
      handler: "orders.handler",
      code: lambda.Code.fromAsset(path.join(__dirname, "../lambda")),
    });
${body}
  }
}
`;
}

export function pythonStack(body: string): string {
  const lines = trimmed(body).split("\n");
  return `
import os
from aws_cdk import Stack, Duration, aws_apigateway as apigw, aws_lambda as lambda_

class OrdersStack(Stack):
    def __init__(self, scope, construct_id, props=None, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        fn = lambda_.Function(
            self, "Orders",
            handler="orders.handler",
            code=lambda_.Code.from_asset(os.path.join(os.path.dirname(__file__), "..", "lambda")),
        )
${lines.map((line) => `        ${line}`).join("\n")}
`;
}

/** Without common indentation and blank lines at the ends. */
function trimmed(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, "").split("\n");
  const widths = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...widths))).join("\n");
}

const places = new Set([
  "at",
  "written",
  "call",
  "statement",
  "methods",
  "name",
  "entry",
  "block",
  "props",
]);
const wordings = new Set([
  "language",
  "id",
  "api",
  "variable",
  "resource",
  "option",
  "because",
  "file",
  "unlinked",
]);

/** The model without what a language decides: places, spellings of variables, reasons. */
function comparable(model: CorsModel): unknown {
  return JSON.parse(
    JSON.stringify(model.apis, (key, value: unknown) => {
      const isPlace = places.has(key) && typeof value === "object";
      return isPlace || wordings.has(key) || key === "ignoredResponses" ? undefined : value;
    }),
  );
}

/** A model in a few words, a line for each API, route and gateway response. */
export function shown(model: CorsModel): string {
  return model.apis.flatMap(apiLines).join("\n");
}

function apiLines(api: Api): string[] {
  return [
    words(
      api.construct,
      api.name,
      `cors:${corsText(api)}`,
      api.authType && `auth:${text(api.authType)}`,
      !api.routesComplete && "+routes?",
      api.kind === "rest" && !api.gatewayResponsesComplete && "+responses?",
      api.binaryMediaTypes && `binary:${list(api.binaryMediaTypes)}`,
      api.notForBrowsers !== undefined && "no-browsers",
      api.stepFunctions && "step-functions",
    ),
    ...api.routes.map(routeLine),
    ...api.gatewayResponses.map((each) => `  response ${text(each.type)}${headers(each)}`),
    ...api.ignoredOptions.map((each) => `  ignored on ${each.on}`),
  ];
}

function corsText({ cors }: Api): string {
  return cors.kind === "policy" ? cors.of.map(policyText).join("|") : cors.kind;
}

export function policyText(policy: CorsPolicy): string {
  return `${policy.form}(${words(
    list(policy.allowOrigins),
    policy.allowMethods && `methods:${list(policy.allowMethods)}`,
    policy.allowHeaders && `headers:${list(policy.allowHeaders)}`,
    policy.exposeHeaders && `expose:${list(policy.exposeHeaders)}`,
    policy.allowCredentials && `credentials:${text(policy.allowCredentials.value)}`,
    policy.maxAge && `age:${text(policy.maxAge.value)}`,
    policy.disableCache && `uncached:${text(policy.disableCache.value)}`,
    policy.statusCode && `status:${text(policy.statusCode.value)}`,
    ...policy.ignored.map((each) => `ignored:${each.name}->${each.shouldBe ?? ""}`),
    !policy.complete && "...",
    policy.conditional && "maybe",
  )})`;
}

function routeLine(route: Route): string {
  const { integration } = route;
  return `  ${words(
    text(route.method),
    text(route.path),
    guard(route.authorization),
    route.apiKeyRequired && `key:${text(route.apiKeyRequired)}`,
    route.generated ? "generated" : integration.kind,
    ...route.handlers.map((id) => id.replace("/lambda/", "")),
    integration.ignoredResponses && "ignores-responses",
    ...(integration.responses ?? []).map(mapped),
    integration.responsesComplete === false && "+mappings?",
    route.preflight && `<${route.preflight.form === "restResource" ? "own" : "default"}>`,
    route.conditional && "maybe",
  )}`;
}

function guard(authorization: Authorization): string {
  if (authorization.kind === "none") return "-";
  if (authorization.kind === "unknown") return "?";
  return authorization.type + (authorization.inherited ? "^" : "");
}

function mapped(response: MappedResponse): string {
  return `${response.of === "method" ? "declares" : "maps"} ${response.statusCode}${headers(response)};`;
}

function headers(of: Pick<MappedResponse, "headers" | "complete">): string {
  return (
    of.headers.map(({ name, value }) => ` ${name}=${text(value)}`).join("") +
    (of.complete ? "" : " ...")
  );
}

function list(field: Field<Strings> | undefined): string {
  if (!field) return "-";
  return listText(field.value);
}

function listText(value: Strings): string {
  if (value.kind === "oneOf") return value.of.map(listText).join("|");
  return value.kind === "known" ? value.value.map(text).join(",") : "?";
}

function text(value: Value<string | number | boolean>): string {
  if (value.kind === "oneOf") return value.of.map(text).join("|");
  return value.kind === "known" ? String(value.value) : "?";
}

function words(...parts: readonly (string | false | true | undefined)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
}
