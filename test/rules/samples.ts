/** What most literals begin with. */

function dedent(text: string): string {
  const lines = text.replace(/^\n+/, "").trimEnd().split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^ */.exec(line)?.[0].length ?? 0);
  return lines.map((line) => line.slice(Math.min(...indents))).join("\n");
}

/** `/stack.ts`: a CDK program with the usual imports and a stack, then `body`; more files may follow in it. */
export function stackTs(body: string): string {
  return `//- /stack.ts
import { App, Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import { CorsHttpMethod, HttpApi, HttpMethod, HttpNoneAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpIamAuthorizer, HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration, HttpUrlIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";

const stack = new Stack(new App(), "Shop");
const backend = new HttpUrlIntegration("Backend", "https://backend.acmecorp.com");
const users = new HttpJwtAuthorizer("Users", "https://login.acmecorp.com", { jwtAudience: ["shop"] });
${dedent(body)}
`;
}

/** `/app.py`: the same in Python. */
export function stackPy(body: string): string {
  return `#- /app.py
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_

stack = Stack(App(), "Shop")
backend = integrations.HttpUrlIntegration("Backend", "https://backend.acmecorp.com")
users = authorizers.HttpJwtAuthorizer("Users", "https://login.acmecorp.com", jwt_audience=["shop"])
${dedent(body)}
`;
}

/** `/orders.ts`: one handler whose statements are `body`, with the header in \`cors\`. */
export function handlerTs(body: string): string {
  return `//- /orders.ts
const cors = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
export const handler = async (event: any) => {
${dedent(body).replace(/^(?=.)/gm, "  ")}
};
`;
}

/** `/orders.py`: the same in Python, with the header in \`CORS\`. */
export function handlerPy(body: string): string {
  return `#- /orders.py
CORS = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}


def handler(event, context):
${dedent(body).replace(/^(?=.)/gm, "    ")}
`;
}
