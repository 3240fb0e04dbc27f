/** What the interpreter is told of AWS: how libraries are called, what leaves things as they are, what an answer is made of. */
import { languageLibrary } from "../interpreter/builtins/library";
import type { Domain, Library, LibraryNaming, Relevance } from "../interpreter/core/domain";
import type { Span } from "../ir/span";
import {
  isConstruct,
  known,
  type AbstractValue,
  type ExternValue,
  type RequestValue,
} from "../interpreter/core/values";

/**
 * The domain of AWS applications.
 * @param more constants and functions of libraries
 * @param environment the environment variables whose values are known
 */
export function awsDomain(
  more: Partial<Library> = {},
  environment: Readonly<Record<string, { readonly text: string; readonly at: Span }>> = {},
): Domain {
  return {
    library: languageLibrary(more),
    naming: libraryNaming,
    relevance,
    environment: (name) => {
      const found = Object.hasOwn(environment, name) ? environment[name] : undefined;
      return found && known(found.text, found.at);
    },
    isQuiet,
    isPresent,
  };
}

/** Packages that people put beside their handlers for upload; what they do is known here by name, not by running them. */
const published = new Set(
  (
    "boto3 botocore s3transfer urllib3 requests dateutil jmespath six yaml jwt jose pydantic pydantic_core " +
    "aws_lambda_powertools aws_xray_sdk fastapi starlette mangum flask flask_cors werkzeug chalice sqlalchemy " +
    "numpy pandas openai anthropic httpx anyio certifi idna cryptography psycopg2 pymysql redis stripe"
  ).split(" "),
);

export const libraryNaming: LibraryNaming = {
  modulePath,
  isReserved: (specifier, path) =>
    path.startsWith("cdk") || published.has(specifier.split(".")[0] ?? ""),
  memberName,
};

/**
 * One name for a library whatever its language and age: `cdk.aws_apigatewayv2` for `aws-cdk-lib/aws-apigatewayv2`,
 * `@aws-cdk/aws-apigatewayv2-alpha`, and Python's `aws_cdk.aws_apigatewayv2`; `cdk` for CDK's core.
 */
function modulePath(specifier: string): string {
  if (/^(aws-cdk-lib(\/core)?|@aws-cdk\/core|aws_cdk|aws_cdk\.core)$/.test(specifier)) return "cdk";
  const submodule =
    /^(?:aws-cdk-lib\/|@aws-cdk\/)([a-z0-9-]+)/.exec(specifier)?.[1] ??
    /^aws_cdk\.([a-z0-9_]+)/.exec(specifier)?.[1];
  if (submodule !== undefined) return `cdk.${cdkModule(submodule)}`;
  const solution = /^(?:@aws-solutions-constructs\/|aws_solutions_constructs\.)([\w-]+)/.exec(
    specifier,
  )?.[1];
  if (solution !== undefined) return `cdk.solutions.${cdkModule(solution)}`;
  if (/^(sst\/constructs|@serverless-stack\/resources)$/.test(specifier)) return "cdk.sst";
  if (specifier === "@aws-amplify/backend") return "cdk.amplify";
  return specifier === "constructs" ? "constructs" : `npm:${specifier.replace(/^node:/, "")}`;
}

/** `aws-apigatewayv2-alpha` -> `aws_apigatewayv2`. */
function cdkModule(name: string): string {
  return name.replace(/-/g, "_").replace(/_alpha$/, "");
}

/** jsii's Python names in the spelling of TypeScript: `add_routes` -> `addRoutes`; classes and constants stay. */
function memberName(of: ExternValue, name: string): string {
  if (of.path === "cdk" && /^(aws|alexa)_/.test(name)) return cdkModule(name);
  if (of.language !== "python" || !isJsii(of.path)) return name;
  if (/^[A-Z]/.test(name)) return name.replace(/^DEFAULT_([45])_XX$/, "DEFAULT_$1XX");
  // jsii puts an underscore behind Python's keywords: `HttpRouteKey.with_`.
  return camelCase(name.replace(/(?<=[a-z])_$/, ""));
}

function isJsii(path: string): boolean {
  return /^(cdk|constructs)\b/.test(path);
}

/** `allow_origins` -> `allowOrigins`; names without an underscore stay. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What answers are made of, by name. */
const answerName = /^(status_?code|status|headers|multi_?value_?headers|vary|access-control-.*)$/i;

/** Parts of the request whose value says nothing about who asks, and how. */
const plainParts = new Set(
  (
    "body isBase64Encoded queryStringParameters multiValueQueryStringParameters pathParameters stageVariables path " +
    "rawPath rawQueryString resource cookies"
  ).split(" "),
);

function isPlainPart({ path }: RequestValue): boolean {
  const [first = "", ...rest] = path;
  if (first === "requestContext") return rest.length > 0 && !/method|routeKey/i.test(rest.join());
  return plainParts.has(first);
}

const statusName = /^status(_?code)?$/i;

/** `"active"`, the status of an order, is none of an answer. */
function isWord(value: AbstractValue): boolean {
  if (value.t === "oneOf") return value.of.every(isWord);
  return value.t === "const" && typeof value.value === "string" && !/^\d{3}$/.test(value.value);
}

/** An answer of a handler: its status, its headers, and who asks. */
const relevance: Relevance = {
  property: (name, value) =>
    answerName.test(name) && !(value && statusName.test(name) && isWord(value)),
  number: (value) => value >= 100 && value < 600,
  text: (value) => /access-control-/i.test(value),
  request: (part) => !isPlainPart(part),
};

/** Libraries whose calls neither change what they are given nor decide how a handler answers. */
function isQuiet(path: string): boolean {
  return /^(global:(console|Math|Object|Array|String|Number|Date|Error|[A-Z]\w*Error|Exception)|cdk|constructs)\b|logg|\.log|metric|tracer|trace|print/i.test(
    path,
  );
}

/**
 * Surely neither `null` nor false: what a module, a member of one or a construction is, and what CDK's `add…` and `from…`
 * return. What a call returned may have any members (`response.ok`), and `isX` and `hasX` may be false.
 */
function isPresent(value: ExternValue): boolean {
  if (value.made.by === "member") {
    if (/^(is|has)[A-Z_]/.test(value.made.name)) return false;
    return /^cdk\b/.test(value.path) || value.made.of.present === true;
  }
  if (value.made.by !== "call" || isConstruct(value)) return true;
  return /^cdk\b.*\.(add|from)[A-Z]\w*$/.test(value.made.callee.path);
}
