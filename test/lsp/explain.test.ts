import assert from "node:assert/strict";
import {
  type CodeLens,
  CodeLensRequest,
  type Hover,
  HoverRequest,
} from "vscode-languageserver/node";
import { link } from "../../shared/src/readers/link";
import { frontends } from "../../server/src/workspace/languages";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, uri } from "./editor";

const stack = `import { App, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
const stack = new Stack(new App(), "Shop");
const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
const api = new HttpApi(stack, "Api", {
  corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowMethods: [CorsHttpMethod.GET], allowHeaders: ["content-type"] },
});
api.addRoutes({ path: "/orders", methods: [HttpMethod.GET, HttpMethod.PUT], integration: new HttpLambdaIntegration("I", fn) });
const bare = new HttpApi(stack, "Bare");
bare.addRoutes({ path: "/bare", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("J", fn) });
`;
const page = `const api = import.meta.env.VITE_API_URL;
export const save = () => fetch(api + "/orders", { method: "PUT" });
export const list = () => fetch(api + "/orders");
export const total = async () => (await fetch(api + "/orders?count")).headers.get("X-Total-Count");
`;

describe("language server: hover and code lens", () => {
  const editors: Editor[] = [];
  const open = async (): Promise<{ editor: Editor; folder: string }> => {
    const files = {
      "cdk.json": "{}",
      "stack.ts": stack,
      "web/api.ts": page,
      "web/Orders.vue": `<template><b /></template>\n<script>\n${page}</script>\n`,
      "lambda/orders.js": "exports.handler = async () => ({ statusCode: 200 });",
    };
    const folder = folderWith(files);
    const editor = await Editor.open({ frontends, link, rules: [] }, { folders: [folder] });
    editors.push(editor);
    await editor.openDocument(`${folder}/stack.ts`, stack);
    await editor.openDocument(`${folder}/web/api.ts`, page);
    return { editor, folder };
  };

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  async function hover(
    editor: Editor,
    file: string,
    text: string,
    word: string,
  ): Promise<string | undefined> {
    const lines = text.slice(0, text.indexOf(word)).split("\n");
    const position = { line: lines.length - 1, character: (lines.at(-1) ?? "").length + 1 };
    const told: Hover | null = await editor.request(HoverRequest.method, {
      textDocument: { uri: uri(file) },
      position,
    });
    return told && typeof told.contents === "object" && "value" in told.contents
      ? told.contents.value
      : undefined;
  }

  it("tell of headers that the page reads in vain", async () => {
    const { editor, folder } = await open();
    const file = `${folder}/web/api.ts`;
    const told = await hover(editor, file, page, 'fetch(api + "/orders?count")');
    assert.match(
      told ?? "",
      /\nThe page reads `x-total-count` and gets null: the answer does not expose it\.\n/,
    );
    assert.doesNotMatch(
      (await hover(editor, file, page, 'fetch(api + "/orders")')) ?? "",
      /gets null/,
    );
  });

  it("tell a policy's options in effect, on its names only", async () => {
    const { editor, folder } = await open();
    const told = await hover(editor, `${folder}/stack.ts`, stack, "corsPreflight");
    assert.match(
      told ?? "",
      /\| credentials \| no \|\n\| methods \| `GET` \|\n\| headers \| `content-type` \|/,
    );
    assert.match(told ?? "", /\| cache \| Chromium 5 s, Firefox 5 s, Safari 5 s \|/);
    assert.equal(await hover(editor, `${folder}/stack.ts`, stack, "https://app"), undefined);
  });

  it("tell the exchange of a page's call, with the console's sentence when it is blocked", async () => {
    const { editor, folder } = await open();
    const blocked = await hover(editor, `${folder}/web/api.ts`, page, "fetch");
    assert.match(blocked ?? "", /gateway {4}--X browser {4}204/);
    assert.match(
      blocked ?? "",
      /Method PUT is not allowed by Access-Control-Allow-Methods in preflight response\./,
    );
    const allowed = await hover(
      editor,
      `${folder}/web/api.ts`,
      page.replace("fetch", "XXXXX"),
      "fetch",
    );
    assert.match(
      allowed ?? "",
      /The browser hands the response to a page from `https:\/\/app\.acmecorp\.com`\./,
    );
    assert.equal(await hover(editor, `${folder}/web/api.ts`, page, "method"), undefined);
  });

  it("tell the same of a call in a component of Vue", async () => {
    const { editor, folder } = await open();
    const component = `<template><b /></template>\n<script>\n${page}</script>\n`;
    await editor.openDocument(`${folder}/web/Orders.vue`, component);
    const told = await hover(editor, `${folder}/web/Orders.vue`, component, "fetch");
    assert.match(told ?? "", /Method PUT is not allowed by Access-Control-Allow-Methods/);
  });

  it("stand above each API in one line", async () => {
    const { editor, folder } = await open();
    const lenses: CodeLens[] | null = await editor.request(CodeLensRequest.method, {
      textDocument: { uri: uri(`${folder}/stack.ts`) },
    });
    assert.deepEqual(
      lenses?.map(({ command }) => command?.title),
      [
        "2 routes · 1 origin · preflight fails on 1 route",
        "1 route · no CORS policy · preflight fails · 1 response path hidden from the page",
      ],
    );
  });

  const handlers = {
    "js/fn.js": `exports.handler = async () => ({
  statusCode: 200,
  headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com/", "x-other": "1" },
});
`,
    "py/fn.py": `def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com/", "x-other": "1"},
    }
`,
  };
  for (const [file, text] of Object.entries(handlers)) {
    const folderOf = file.slice(0, 2);
    const template = (policy: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::HttpApi
${policy}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: ${folderOf === "js" ? "nodejs22.x" : "python3.13"}
      CodeUri: ${folderOf}
      Handler: fn.handler
      Events:
        List: { Type: HttpApi, Properties: { ApiId: !Ref Shop, Path: /orders, Method: GET } }
`;
    const withPolicy = `    Properties: { CorsConfiguration: { AllowOrigins: ["https://app.acmecorp.com"] } }`;
    const opened = async (policy: string): Promise<{ editor: Editor; folder: string }> => {
      const files = { "template.yaml": template(policy), [file]: text };
      const folder = folderWith(files);
      const editor = await Editor.open({ frontends, link, rules: [] }, { folders: [folder] });
      editors.push(editor);
      await editor.openDocument(`${folder}/${file}`, text);
      await editor.openDocument(`${folder}/template.yaml`, template(policy));
      return { editor, folder };
    };

    it(`tells the exchange on a handler's header, and strikes what never matches (${file})`, async () => {
      const { editor, folder } = await opened("");
      const told = await hover(editor, `${folder}/${file}`, text, "Access-Control-Allow-Origin");
      assert.match(told ?? "", /of the answer 200\*\*: ~~`https:\/\/app\.acmecorp\.com\/`~~/);
      assert.match(told ?? "", /The browser blocks this from `https:\/\/app\.acmecorp\.com`/);
      assert.match(told ?? "", /handler {4}--X browser {4}200/);
      assert.equal(await hover(editor, `${folder}/${file}`, text, "x-other"), undefined);
    });

    it(`says of a header that API Gateway drops that it does (${file})`, async () => {
      const { editor, folder } = await opened(withPolicy);
      const told = await hover(editor, `${folder}/${file}`, text, "Access-Control-Allow-Origin");
      assert.match(told ?? "", /API Gateway drops it/);
      assert.match(told ?? "", /The browser hands the response to a page/);
    });

    it(`tells the exchange on a route of a template (${file})`, async () => {
      const { editor, folder } = await opened(withPolicy);
      const yaml = template(withPolicy);
      const told = await hover(editor, `${folder}/template.yaml`, yaml, "List:");
      assert.match(told ?? "", /^\*\*The browser hands the response to a page/);
      assert.match(told ?? "", /gateway {4}--> handler {4}GET \/orders/);
    });
  }

  it("tells the exchange on a route of a stack", async () => {
    const { editor, folder } = await open();
    const told = await hover(editor, `${folder}/stack.ts`, stack, "addRoutes");
    assert.match(told ?? "", /^\*\*The browser hands the response to a page/);
  });
});
