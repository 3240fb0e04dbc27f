import assert from "node:assert/strict";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

const engine = { frontends, link, linkSteps, rules };
const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

const typescript = {
  stack: "lib/stack.ts",
  handler: "src/list.ts",
  files: {
    "cdk.json": '{ "app": "npx ts-node lib/stack.ts" }',
    "lib/stack.ts": `import { App, Duration, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";

const stack = new Stack(new App(), "Orders");
const list = new NodejsFunction(stack, "List", { entry: "src/list.ts" });
const api = new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [CorsHttpMethod.GET],
    allowHeaders: ["content-type"],
    maxAge: Duration.days(10),
  },
});
api.addRoutes({
  path: "/orders",
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration("ListIntegration", list),
});
`,
    "src/list.ts": `export async function handler() {
  return { statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "[]" };
}
`,
  },
  bad: "Duration.days(10)",
  good: "Duration.hours(2)",
  policy: "corsPreflight",
};

const python = {
  stack: "app.py",
  handler: "src/list.py",
  files: {
    "cdk.json": '{ "app": "python3 app.py" }',
    "app.py": `from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration

app = App()
stack = Stack(app, "Orders")
list_orders = lambda_.Function(
    stack,
    "List",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="list.handler",
    code=lambda_.Code.from_asset("src"),
)
api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET],
        allow_headers=["content-type"],
        max_age=Duration.days(10),
    ),
)
api.add_routes(
    path="/orders",
    methods=[apigwv2.HttpMethod.GET],
    integration=HttpLambdaIntegration("ListIntegration", list_orders),
)
`,
    "src/list.py": `def handler(event, context):
    return {"statusCode": 200, "headers": {"access-control-allow-origin": "*"}, "body": "[]"}
`,
  },
  bad: "Duration.days(10)",
  good: "Duration.hours(2)",
  policy: "cors_preflight",
};

for (const [name, app] of Object.entries({ typescript, python })) {
  describe(`language server: a real application in ${name}`, () => {
    const editors: Editor[] = [];
    const files: Readonly<Record<string, string>> = app.files;
    const text = files[app.stack] ?? "";
    const open = async (): Promise<{ editor: Editor; folder: string; stack: string }> => {
      const folder = folderWith(files);
      const editor = await Editor.open(engine, { folders: [folder] });
      editors.push(editor);
      const stack = `${folder}/${app.stack}`;
      await editor.openDocument(stack, text);
      return { editor, folder, stack };
    };

    afterEach(async () => {
      for (const editor of editors.splice(0)) await editor.close();
      removeFolders();
    });

    it("underlines the property, fixes it, and is content", async () => {
      const { editor, stack } = await open();
      const found = await editor.diagnostics(stack);
      const [diagnostic] = found;
      assert.deepEqual(
        found.map(({ code }) => code),
        ["max-age-out-of-range"],
      );
      const line = text.split("\n")[diagnostic?.range.start.line ?? 0] ?? "";
      assert.equal(
        line.slice(diagnostic?.range.start.character, diagnostic?.range.end.character),
        app.bad,
      );
      const [fix] = await editor.codeActions(stack, everything, ["source.fixAll.cors-lens"]);
      assert.equal(fix && editor.after(fix, stack), text.replace(app.bad, app.good));
      await editor.replace(stack, app.bad, app.good);
      assert.deepEqual(await editor.diagnostics(stack), []);
    });

    it("judges a handler by the stack that deploys it, as it stands in the editor", async () => {
      const { editor, folder, stack } = await open();
      const handler = `${folder}/${app.handler}`;
      const severities = async () => (await editor.diagnostics(handler)).map((d) => d.severity);
      assert.deepEqual(await severities(), [3]);
      const [diagnostic] = await editor.diagnostics(handler);
      assert.equal(diagnostic?.code, "cors-headers-ignored");
      // Without a policy API Gateway adds nothing, so nobody but the handler could.
      await editor.replace(stack, app.policy, "description");
      assert.notDeepEqual(await severities(), [3]);
    });

    it("reports a mistake again when it comes back", async () => {
      const { editor, stack } = await open();
      const codes = async () => (await editor.diagnostics(stack)).map(({ code }) => code);
      await editor.replace(stack, app.bad, app.good);
      assert.deepEqual(await codes(), []);
      await editor.replace(stack, app.good, app.bad);
      assert.deepEqual(await codes(), ["max-age-out-of-range"]);
    });

    it("stays up while the stack is typed", async () => {
      const { editor, stack } = await open();
      const half = text.slice(0, text.indexOf(app.policy) + app.policy.length + 3);
      await editor.replace(stack, text, half);
      await editor.diagnostics(stack);
      await editor.replace(stack, half, text);
      assert.deepEqual(
        (await editor.diagnostics(stack)).map(({ code }) => code),
        ["max-age-out-of-range"],
      );
    });
  });
}
