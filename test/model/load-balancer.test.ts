import assert from "node:assert/strict";
import { readTemplates } from "../../shared/src/readers/template/read";
import { constantOf } from "../../shared/src/model/value";
import type { Api } from "../../shared/src/model/model";
import { check } from "../rules/check";
import { modelFrom } from "../gateway/table";
import { projectOf } from "../template/project";

const stack = (calls: string): string => `//- /stack.ts
import { App, Stack } from "aws-cdk-lib";
import { ApplicationListener, ListenerCondition } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { LambdaTarget } from "aws-cdk-lib/aws-elasticloadbalancingv2-targets";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "S");
const fn = new NodejsFunction(stack, "Fn", { entry: "h.ts" });
const listener = ApplicationListener.fromLookup(stack, "L", {});
${calls}
`;
const handler = (body: string): string => `//- /h.ts
export const handler = async (event) => {
  ${body}
};
`;

const python = (calls: string): string => `//- /app.py
from aws_cdk import App, Stack
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_elasticloadbalancingv2_targets as targets
from aws_cdk import aws_lambda as lambda_
stack = Stack(App(), "S")
fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="h.handler", code=lambda_.Code.from_asset("."))
listener = elbv2.ApplicationListener.from_lookup(stack, "L")
${calls}
//- /h.py
def handler(event, context):
    return {"statusCode": 200}
`;

const template = (rule: string): string => `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: { Runtime: python3.13, Handler: h.handler, Code: . }
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      TargetType: lambda
      Targets: [{ Id: !GetAtt Fn.Arn }]
      TargetGroupAttributes: [{ Key: lambda.multi_value_headers.enabled, Value: "true" }]
  Rule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      Actions: [{ Type: forward, TargetGroupArn: !Ref Group }]
      Conditions: ${rule}
`;

const routesOf = ([api]: readonly Api[]): readonly string[] =>
  (api?.routes ?? []).map(
    ({ method, path, handlers }) =>
      `${constantOf(method) ?? "?"} ${constantOf(path) ?? "?"} ${handlers.length}`,
  );

describe("load balancers", () => {
  it("have a route for each path and method of a rule, in both languages and in templates", async () => {
    const ts = stack(
      'listener.addTargets("T", { priority: 1, conditions: [ListenerCondition.pathPatterns(["/a/*", "/b"]), ListenerCondition.httpRequestMethods(["GET"])], targets: [new LambdaTarget(fn)] });',
    );
    const py = python(
      'listener.add_targets("T", priority=1, conditions=[elbv2.ListenerCondition.path_patterns(["/a/*", "/b"]), elbv2.ListenerCondition.http_request_methods(["GET"])], targets=[targets.LambdaTarget(fn)])',
    );
    const yaml = template(
      '[{ Field: path-pattern, PathPatternConfig: { Values: ["/a/*", "/b"] } }, { Field: http-request-method, HttpRequestMethodConfig: { Values: [GET] } }]',
    );
    const wanted = ["GET /a/{proxy+} 1", "GET /b 1"];
    assert.deepEqual(routesOf((await modelFrom(ts + handler("return {};"))).apis), wanted);
    assert.deepEqual(routesOf((await modelFrom(py)).apis), wanted);
    const files = { "/t.yaml": yaml, "/h.py": "" };
    const { apis } = readTemplates(projectOf(files));
    assert.deepEqual(routesOf(apis), wanted);
    assert.equal(constantOf(apis[0]?.multiValueHeaders), true);
  });

  it("take what no rule tells apart for unknown", async () => {
    const ts = stack(
      'listener.addTargets("T", { priority: 1, conditions: [ListenerCondition.pathPatterns(["*.json"])], targets: [new LambdaTarget(fn)] });',
    );
    assert.deepEqual(routesOf((await modelFrom(ts + handler("return {};"))).apis), ["ANY ? 1"]);
    const { apis } = readTemplates(
      projectOf({ "/t.yaml": template("!Ref Anything"), "/h.py": "" }),
    );
    assert.deepEqual(routesOf(apis), ["? ? 1"]);
  });

  it("leave preflights to the function", async () => {
    await check(
      "preflight-reaches-handler",
      `${stack(`listener.addTargets("T", { targets: [new LambdaTarget(fn)] });
//       ^^^^^^^^^^ The browser's preflight reaches the handler`)}${handler(`
  const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
  if (event.httpMethod !== "GET") return { statusCode: 405, headers, body: "" };
  return { statusCode: 200, headers, body: "[]" };`)}`,
    );
    await check(
      "preflight-reaches-handler",
      `${stack('listener.addTargets("T", { targets: [new LambdaTarget(fn)] });')}${handler(`
  const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
  return { statusCode: 200, headers, body: "[]" };`)}`,
    );
  });

  it("let nobody answer preflights where a rule names the methods", async () => {
    await check(
      "cors-not-configured",
      `${stack(`listener.addTargets("T", { priority: 1, conditions: [ListenerCondition.httpRequestMethods(["GET", "POST"])], targets: [new LambdaTarget(fn)] });
//       ^^^^^^^^^^ [warning] The browser's preflight gets no CORS headers`)}${handler(`
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" }, body: "[]" };`)}`,
    );
  });

  it("add no header to what the function answers", async () => {
    await check(
      "success-response-without-allow-origin",
      `${stack('listener.addTargets("T", { targets: [new LambdaTarget(fn)] });')}${handler(`
  if (event.path === "/a") return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "" };
  return { statusCode: 200, body: "[]" };
//                     ^^^ The browser withholds this response`)}`,
    );
  });
});
