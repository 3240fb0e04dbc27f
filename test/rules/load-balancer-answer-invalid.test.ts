import { check } from "./check";

const rule = "load-balancer-answer-invalid";

const ts = (group: string, headers: string): string => `//- /stack.ts
import { App, Stack } from "aws-cdk-lib";
import { ApplicationTargetGroup, ApplicationListener, ListenerCondition } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { LambdaTarget } from "aws-cdk-lib/aws-elasticloadbalancingv2-targets";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "S");
const fn = new NodejsFunction(stack, "Fn", { entry: "h.ts" });
const listener = ApplicationListener.fromLookup(stack, "L", {});
${group}
//- /h.ts
export const handler = async () => ({ statusCode: 200, ${headers}, body: "" });
`;

const py = (group: string, headers: string): string => `//- /app.py
from aws_cdk import App, Stack
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from aws_cdk import aws_elasticloadbalancingv2_targets as targets
from aws_cdk import aws_lambda as lambda_
stack = Stack(App(), "S")
fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="h.handler", code=lambda_.Code.from_asset("."))
listener = elbv2.ApplicationListener.from_lookup(stack, "L")
${group}
//- /h.py
def handler(event, context):
    return {"statusCode": 200, ${headers}, "body": ""}
`;

const multiTs = `const group = new ApplicationTargetGroup(stack, "G", { multiValueHeadersEnabled: true, targets: [new LambdaTarget(fn)] });`;
const multiPy = `group = elbv2.ApplicationTargetGroup(stack, "G", multi_value_headers_enabled=True, targets=[targets.LambdaTarget(fn)])`;

describe(rule, () => {
  it("is told of a number, behind a rule of the listener", async () => {
    await check(
      rule,
      ts(
        'listener.addTargets("T", { priority: 1, conditions: [ListenerCondition.pathPatterns(["/a/*"])], targets: [new LambdaTarget(fn)] });',
        `headers: { "Access-Control-Max-Age": 600 }`,
      ).replace(
        /(.*Max-Age": 600.*)/,
        (line) => `${line}\n//${" ".repeat(line.indexOf("600") - 2)}^^^ The browser gets 502`,
      ),
    );
    await check(
      rule,
      py(
        'listener.add_targets("T", targets=[targets.LambdaTarget(fn)])',
        `"headers": {"Access-Control-Max-Age": 600}`,
      ).replace(
        /(.*Max-Age": 600.*)/,
        (line) => `${line}\n#${" ".repeat(line.indexOf("600") - 1)}^^^ The browser gets 502`,
      ),
    );
  });

  it("is told of plain headers where lists are wanted", async () => {
    const marked = (text: string, mark: string): string =>
      text.replace(
        /(.*"content-type.*)/,
        (line) =>
          `${line}\n${mark}${" ".repeat(line.indexOf("content-type") - mark.length)}${"^".repeat(12)} [warning] The browser may get 502`,
      );
    await check(rule, marked(ts(multiTs, 'headers: { "content-type": "text/plain" }'), "//"));
    await check(rule, marked(py(multiPy, '"headers": {"content-type": "text/plain"}'), "#"));
  });

  it("is silent about lists there, about texts, and behind API Gateway", async () => {
    await check(rule, ts(multiTs, 'multiValueHeaders: { "content-type": ["text/plain"] }'));
    await check(rule, py(multiPy, '"multiValueHeaders": {"content-type": ["text/plain"]}'));
    await check(
      rule,
      ts(
        `listener.addTargets("T", { targets: [new LambdaTarget(fn)] });`,
        'headers: { "x-a": "1" }',
      ),
    );
    await check(rule, ts("fn.addFunctionUrl();", 'headers: { "x-a": 1 }'));
  });
});
