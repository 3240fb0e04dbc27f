/**
 * Hostile workspaces: a small CDK stack with one planted mistake beside one bomb. Whatever the bomb is, the check ends in
 * time and in memory, says no "internal error", and still tells of the mistake.
 */

export type HostileLanguage = "typescript" | "python";

export const languages: readonly HostileLanguage[] = ["typescript", "python"];

/** A finding that has to be reported in spite of the bomb. */
export interface Planted {
  readonly rule: string;
  /** Relative to the workspace. */
  readonly file: string;
  /** There may be more to do before it than is done for one program: then a gap has to name the file. */
  readonly orGap?: true;
}

export interface HostileWorkspace {
  /** Unique; `<kind>/<bomb>/<place>/<language>`. */
  readonly name: string;
  /** Texts or bytes by path relative to the workspace; paths may begin with `../` and then lie beside it. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Makes what is no plain file: links, pipes. Gets the workspace's folder. */
  readonly prepare?: (folder: string) => void;
  readonly planted: readonly Planted[];
  /** A file of which the user has to be told that it was not understood, or not wholly. */
  readonly gap?: string;
  /** A text that may stand nowhere in the output. */
  readonly secret?: string;
}

/** Code in both languages that does harm when it is evaluated; statements, one an entry. */
export interface CodeBomb {
  readonly name: string;
  readonly typescript: readonly string[];
  readonly python: readonly string[];
}

/** Where the code of a bomb stands. */
export type BombPlace = "module" | "constructor" | "handler";

export const bombPlaces: readonly BombPlace[] = ["module", "constructor", "handler"];

/** The file names of the planted stack and its handler. */
export function filesOf(language: HostileLanguage): { stack: string; handler: string } {
  return language === "typescript"
    ? { stack: "stack.ts", handler: "lambda/handler.ts" }
    : { stack: "stack.py", handler: "lambda/handler.py" };
}

/** What the planted stack may be given: statements of the module and of the constructor, entries of the policy. */
export interface StackParts {
  readonly module?: readonly string[];
  readonly inside?: readonly string[];
  readonly after?: readonly string[];
}

/** A stack whose policy allows an origin that no browser sends, with a function URL for `lambda/handler`. */
export function stack(language: HostileLanguage, parts: StackParts = {}): string {
  return language === "typescript" ? typescriptStack(parts) : pythonStack(parts);
}

/** A handler behind a function URL that answers with an origin that no browser sends. */
export function handler(language: HostileLanguage, statements: readonly string[] = []): string {
  return language === "typescript"
    ? `export const handler = async (event: any) => {
${indented(statements, 2)}  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://app.example.com/" }, body: "{}" };
};
`
    : `import json, re


def handler(event, context):
${indented(statements, 4)}    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.example.com/"}, "body": "{}"}
`;
}

/** Both planted mistakes. */
export function plantedIn(language: HostileLanguage): readonly Planted[] {
  const { stack, handler } = filesOf(language);
  return [
    { rule: "origin-never-matches", file: stack },
    { rule: "origin-never-matches", file: handler },
  ];
}

/** The planted application with the statements of a bomb in one of its places. */
export function planted(
  language: HostileLanguage,
  place?: BombPlace,
  statements: readonly string[] = [],
): Record<string, string> {
  const files = filesOf(language);
  return {
    "cdk.json": `{ "app": "app" }\n`,
    [files.stack]: stack(language, {
      ...(place === "module" ? { module: statements } : {}),
      ...(place === "constructor" ? { inside: statements } : {}),
    }),
    [files.handler]: handler(language, place === "handler" ? statements : []),
  };
}

/** A bomb in each place and each language. */
export function everywhere(kind: string, bombs: readonly CodeBomb[]): HostileWorkspace[] {
  return bombs.flatMap((bomb) =>
    languages.flatMap((language) =>
      bombPlaces.map((place) => ({
        name: `${kind}/${bomb.name}/${place}/${language}`,
        files: planted(language, place, bomb[language]),
        planted: plantedIn(language),
      })),
    ),
  );
}

export function indented(statements: readonly string[], by: number): string {
  const blank = " ".repeat(by);
  return statements.map((line) => `${blank}${line}\n`).join("");
}

/** The same line many times. */
export function times(count: number, line: string): readonly string[] {
  return Array<string>(count).fill(line);
}

function typescriptStack({ module = [], inside = [], after = [] }: StackParts): string {
  return `import * as cdk from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as lambda from "aws-cdk-lib/aws-lambda";
${indented(module, 0)}
export class Planted extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
${indented(inside, 4)}    new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: ["https://app.example.com/"],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
      },
    });
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "handler.handler",
      code: lambda.Code.fromAsset("lambda"),
    });
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
${indented(after, 4)}  }
}
new Planted(new cdk.App(), "Planted");
`;
}

function pythonStack({ module = [], inside = [], after = [] }: StackParts): string {
  return `import json, re
import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
${indented(module, 0)}

class Planted(cdk.Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
${indented(inside, 8)}        apigwv2.HttpApi(
            self,
            "Api",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=["https://app.example.com/"],
                allow_methods=[apigwv2.CorsHttpMethod.GET],
            ),
        )
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="handler.handler",
            code=lambda_.Code.from_asset("lambda"),
        )
        fn.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE)
${indented(after, 8)}

Planted(cdk.App(), "Planted")
`;
}
