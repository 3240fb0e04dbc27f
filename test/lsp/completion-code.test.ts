import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver/node";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

const engine = { frontends, link, linkSteps, rules };

const typescript = (entry: string): string => `export const handler = async () => ({
  statusCode: 200,
  headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com", ${entry} },
  body: "",
});
`;
const python = (entry: string): string => `def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com", ${entry}},
        "body": "",
    }
`;
const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: RUNTIME
      Handler: fn.handler
      Events:
        Save: { Type: Api, Properties: { Path: /orders, Method: PUT } }
`;

describe("language server: completions in code", function () {
  this.timeout(20_000);
  const editors: Editor[] = [];
  const ask = async (marked: string, name: string, files: Readonly<Record<string, string>>) => {
    const offset = marked.indexOf("|");
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const folder = folderWith({ [name]: "", ...files });
    const editor = await Editor.open(engine, { folders: [folder] });
    editors.push(editor);
    const file = `${folder}/${name}`;
    await editor.openDocument(file, text);
    const items: readonly CompletionItem[] = await editor.completions(file, offset);
    const accept = (label: string): string => {
      const item = items.find((one) => one.label === label);
      assert.ok(item, `${label} is not among ${items.map((each) => each.label).join(", ")}`);
      return editor.accepted(item, file);
    };
    return { labels: items.map(({ label }) => label), accept };
  };
  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  const languages = [
    ["fn.ts", typescript, "nodejs22.x"],
    ["fn.py", python, "python3.13"],
  ] as const;
  for (const [name, code, runtime] of languages) {
    const files = { "template.yaml": template.replace("RUNTIME", runtime) };

    it(`offer the CORS headers that are not there, in ${name}`, async () => {
      const quoted = await ask(code('"Acc|"'), name, files);
      assert.ok(!quoted.labels.includes("Access-Control-Allow-Origin"));
      assert.equal(
        quoted.accept("Access-Control-Allow-Credentials"),
        code('"Access-Control-Allow-Credentials"'),
      );
      const bare = await ask(code("|"), name, files);
      assert.equal(bare.accept("Vary"), code('"Vary": '));
    });

    it(`offer values for a header, in ${name}`, async () => {
      const methods = await ask(code('"Access-Control-Allow-Methods": "|"'), name, files);
      assert.deepEqual(methods.labels, ["PUT"]);
      const credentials = await ask(code('"Access-Control-Allow-Credentials": |'), name, files);
      assert.equal(credentials.accept("true"), code('"Access-Control-Allow-Credentials": "true"'));
      const origin = await ask(code('"x": "y"').replace("https://app.acmecorp.com", "|"), name, {
        ...files,
        "other.js":
          "exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://qa.acmecorp.com' } });",
      });
      assert.ok(origin.labels.includes("https://qa.acmecorp.com"), origin.labels.join());
      assert.deepEqual((await ask(code('"x-other": "|"'), name, files)).labels, []);
    });
  }

  it("offer nothing where API Gateway drops what the function sends", async () => {
    const http = template
      .replace("RUNTIME", "nodejs22.x")
      .replace("Type: Api", "Type: HttpApi")
      .concat(
        "Globals: { HttpApi: { CorsConfiguration: { AllowOrigins: ['https://app.acmecorp.com'] } } }\n",
      );
    const asked = await ask(typescript('"Acc|"'), "fn.ts", { "template.yaml": http });
    assert.deepEqual(asked.labels, []);
  });

  it("write the whole option of an API, with its imports", async () => {
    const ts = (options: string): string => `import { App, Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
const stack = new Stack(new App(), "Shop");
new HttpApi(stack, "Api", {
  apiName: "shop",
  ${options}
});
`;
    const typed = await ask(ts("cors|"), "stack.ts", { "cdk.json": "{}" });
    const text = typed.accept("corsPreflight (complete)");
    assert.match(text, /apiName: "shop",\n {2}corsPreflight: \{\n {4}allowOrigins: \[/);
    assert.match(text, /\n {2}\},?\n\}\);/);
    assert.match(text, /CorsHttpMethod/);
    const py = (options: string): string => `from aws_cdk import App, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2

stack = Stack(App(), "Shop")
apigwv2.HttpApi(
    stack,
    "Api",
    api_name="shop",
    ${options}
)
`;
    const python3 = await ask(py("cors|"), "app.py", { "cdk.json": "{}" });
    const written = python3.accept("cors_preflight (complete)");
    assert.match(
      written,
      /\n {4}cors_preflight=apigwv2\.CorsPreflightOptions\(\n {8}allow_origins=\[/,
    );
    assert.equal(written.match(/\(/g)?.length, written.match(/\)/g)?.length);
  });

  it("offer no second option", async () => {
    const asked = await ask(
      `import { App, Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(new Stack(new App(), "S"), "Api", { corsPreflight: { allowOrigins: ["https://a.example"] }, cors| });
`,
      "stack.ts",
      { "cdk.json": "{}" },
    );
    assert.deepEqual(asked.labels, []);
  });
});
