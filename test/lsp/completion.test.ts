import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver/node";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, type EditorOptions } from "./editor";

const engine = { frontends, link, linkSteps, rules };

/** A stack with one construct; its code may use the names below. */
const typescript = (code: string): string => `import { App, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Bucket, HttpMethods } from "aws-cdk-lib/aws-s3";

const stack = new Stack(new App(), "Stack");
${code}
`;

const python = (code: string): string => `from aws_cdk import App, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_s3 import Bucket, CorsRule, HttpMethods

stack = Stack(App(), "Stack")
${code}
`;

const http = (options: string): string =>
  typescript(`new apigwv2.HttpApi(stack, "Api", { corsPreflight: { ${options} } });`);
const httpPy = (options: string): string =>
  python(`apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(${options}))`);

describe("language server: completions", function () {
  this.timeout(20_000);
  const editors: Editor[] = [];

  /** Asks at the `|` of a text that is open and not saved. */
  const ask = async (
    marked: string,
    name: string,
    files: Readonly<Record<string, string>> = {},
    options: EditorOptions = {},
  ) => {
    const offset = marked.indexOf("|");
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const folder = folderWith({ "cdk.json": "{}", [name]: "", ...files });
    const editor = await Editor.open(engine, { folders: [folder], ...options });
    editors.push(editor);
    const file = `${folder}/${name}`;
    await editor.openDocument(file, text);
    // Origins are those of all applications, of which the file's own is ready first.
    if (options.settings) await editor.pullWorkspace(undefined);
    const items = await editor.completions(file, offset);
    const accept = (label: string): string => {
      const item = items.find((one) => one.label === label);
      assert.ok(item, `${label} is not among ${labels(items).join(", ")}`);
      return editor.accepted(item, file);
    };
    /** What stands in the place of the marked text's line after accepting. */
    const line = (label: string): string => {
      const number = marked.slice(0, offset).split("\n").length - 1;
      return accept(label).split("\n")[number] ?? "";
    };
    return { items, labels: labels(items), accept, line };
  };
  const labels = (items: readonly CompletionItem[]): string[] =>
    [...items]
      .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
      .map(({ label }) => label);

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  it("replace the word within quotes, in TypeScript and Python", async () => {
    const ts = await ask(http(`allowHeaders: ["con|"]`), "app.ts");
    assert.equal(ts.accept("content-type"), http(`allowHeaders: ["content-type"]`));
    const py = await ask(httpPy(`allow_headers=['con|tent']`), "app.py");
    assert.equal(py.accept("content-type"), httpPy(`allow_headers=['content-type']`));
  });

  it("bring quotes where there are none, as the other elements have them", async () => {
    const ts = await ask(http(`allowHeaders: ["x-one", |]`), "app.ts");
    assert.equal(ts.accept("authorization"), http(`allowHeaders: ["x-one", "authorization"]`));
    const py = await ask(httpPy(`allow_headers=['x-one', auth|]`), "app.py");
    assert.equal(py.accept("authorization"), httpPy(`allow_headers=['x-one', 'authorization']`));
  });

  it("work while the list is half-typed", async () => {
    const ts = await ask(http(`allowHeaders: [|`).replace(" } });", "\n}});"), "app.ts");
    assert.match(ts.line("content-type"), /allowHeaders: \["content-type"$/);
    const py = await ask(httpPy(`allow_headers=[|`).replace("))\n", "\n\nprint(1)\n"), "app.py");
    assert.match(py.line("content-type"), /allow_headers=\["content-type"$/);
    const quote = await ask(http(`allowHeaders: ["a-b", "con|]`), "app.ts");
    assert.match(quote.line("content-type"), /\["a-b", "content-type"\]/);
    const before = await ask(http(`allowHeaders: ["con|, "a-b"]`), "app.ts");
    assert.match(before.line("content-type"), /\["content-type", "a-b"\]/);
    const quotePy = await ask(httpPy(`allow_headers=["con|]`), "app.py");
    assert.match(quotePy.line("content-type"), /allow_headers=\["content-type"\]/);
  });

  it("spell methods as the list's other elements", async () => {
    const member = await ask(http(`allowMethods: [apigwv2.CorsHttpMethod.GET, |]`), "app.ts");
    assert.ok(!member.labels.includes("apigwv2.CorsHttpMethod.GET"));
    assert.match(
      member.line("apigwv2.CorsHttpMethod.PUT"),
      /\[apigwv2\.CorsHttpMethod\.GET, apigwv2\.CorsHttpMethod\.PUT\]/,
    );
    const text = await ask(http(`allowMethods: ["GET", "|"]`), "app.ts");
    assert.match(text.line("PUT"), /\["GET", "PUT"\]/);
    const memberPy = await ask(
      httpPy(`allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.Cors|]`),
      "app.py",
    );
    assert.match(
      memberPy.line("apigwv2.CorsHttpMethod.PUT"),
      /\[apigwv2\.CorsHttpMethod\.GET, apigwv2\.CorsHttpMethod\.PUT\]/,
    );
  });

  it("spell the first method through the file's imports, quotes or not", async () => {
    const bare = await ask(http(`allowMethods: [|]`), "app.ts");
    assert.match(bare.line("apigwv2.CorsHttpMethod.ANY"), /\[apigwv2\.CorsHttpMethod\.ANY\]/);
    const quoted = await ask(httpPy(`allow_methods=["|"]`), "app.py");
    assert.match(quoted.line("apigwv2.CorsHttpMethod.PUT"), /=\[apigwv2\.CorsHttpMethod\.PUT\]/);
    assert.equal(quoted.items.find(({ label }) => /PUT/.test(label))?.filterText, '"PUT');
    const url = `fn.addFunctionUrl({ cors: { allowedMethods: [|] } });`;
    const fn = `const fn = new lambda.Function(stack, "Fn", {});\n`;
    const ofUrl = await ask(typescript(fn + url), "app.ts");
    assert.match(ofUrl.line("lambda.HttpMethod.ALL"), /\[lambda\.HttpMethod\.ALL\]/);
    assert.ok(!ofUrl.labels.includes("lambda.HttpMethod.OPTIONS"));
    const bucket = await ask(
      python(`Bucket(stack, "B", cors=[CorsRule(allowed_origins=[], allowed_methods=[|])])`),
      "app.py",
    );
    assert.deepEqual(
      bucket.labels,
      ["GET", "POST", "PUT", "DELETE", "HEAD"].map((m) => `HttpMethods.${m}`),
    );
  });

  it("import the methods' enumeration where the file does not", async () => {
    const ts = (imports: string, list: string): string => `import { App, Stack } from "aws-cdk-lib";
import { ${imports} } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(new Stack(new App(), "S"), "A", { corsPreflight: { allowMethods: [${list}] } });
`;
    const { accept } = await ask(ts("HttpApi", '"|"'), "app.ts");
    assert.equal(accept("CorsHttpMethod.PUT"), ts("HttpApi, CorsHttpMethod", "CorsHttpMethod.PUT"));
    const py = (imports: string, list: string): string => `from aws_cdk import App, Stack
from aws_cdk.aws_apigatewayv2 import ${imports}

HttpApi(Stack(App(), "S"), "A", cors_preflight=CorsPreflightOptions(allow_methods=[${list}]))
`;
    const inPython = await ask(py("CorsPreflightOptions, HttpApi", "P|"), "app.py");
    assert.equal(
      inPython.accept("CorsHttpMethod.PUT"),
      py("CorsHttpMethod, CorsPreflightOptions, HttpApi", "CorsHttpMethod.PUT"),
    );
  });

  it("know the lists of every form", async () => {
    const forms: readonly [string, string, RegExp][] = [
      ["app.ts", typescript(`new apigateway.RestApi(stack, "R", { defaultCorsPreflightOptions: { allowOrigins: [], allowMethods: ["|"] } });`), /\["PUT"\]/],
      ["app.ts", typescript(`const api = new apigateway.RestApi(stack, "R");\napi.root.addCorsPreflight({ allowOrigins: [], allowMethods: ["|"] });`), /\["PUT"\]/],
      ["app.ts", typescript(`new apigwv2.CfnApi(stack, "C", { corsConfiguration: { allowMethods: ["|"] } });`), /\["PUT"\]/],
      ["app.ts", typescript(`new cloudfront.ResponseHeadersPolicy(stack, "P", { corsBehavior: { accessControlAllowMethods: ["|"], originOverride: true } });`), /\["PUT"\]/],
      ["app.py", python(`apigateway.RestApi(stack, "R", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=[], allow_methods=["|"]))`), /\["PUT"\]/],
      ["app.py", python(`apigateway.RestApi(stack, "R", default_cors_preflight_options={"allow_origins": [], "allow_methods": ["|"]})`), /\["PUT"\]/],
      ["app.py", python(`apigwv2.CfnApi(stack, "C", cors_configuration=apigwv2.CfnApi.CorsProperty(allow_methods=["|"]))`), /\["PUT"\]/],
    ]; // prettier-ignore
    for (const [name, text, expected] of forms) {
      const { line } = await ask(text, name);
      assert.match(line("PUT"), expected, text);
    }
  });

  it("begin with what the workspace evidently needs", async () => {
    const api = `import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const fn = new NodejsFunction(stack, "Fn", { entry: "src/list.ts" });
const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: { allowHeaders: ["|"], allowMethods: [], exposeHeaders: [] },
});
api.addRoutes({
  path: "/orders",
  methods: [apigwv2.HttpMethod.PATCH],
  integration: new HttpLambdaIntegration("I", fn),
});`;
    const handler = `export const handler = async (event) => {
  const tenant = event.headers["x-tenant"];
  return { statusCode: 200, headers: { "x-page": "1", Vary: "Origin" }, body: tenant };
};`;
    const files = { "src/list.ts": handler };
    const headers = await ask(typescript(api), "app.ts", files);
    assert.equal(headers.labels[0], "x-tenant");
    assert.equal(headers.items[0]?.detail, "The handler reads x-tenant");
    const exposed = typescript(
      api.replace("|", "").replace("exposeHeaders: []", `exposeHeaders: ["X-Old", "|"]`),
    );
    assert.equal((await ask(exposed, "app.ts", files)).labels[0], "X-Page");
    const methods = typescript(
      api.replace("|", "").replace("allowMethods: []", "allowMethods: [|]"),
    );
    assert.equal((await ask(methods, "app.ts", files)).labels[0], "apigwv2.CorsHttpMethod.PATCH");
  });

  it("offer the origins of settings, other policies and handlers", async () => {
    const files = {
      "other/cdk.json": "{}",
      "other/app.py": httpPy(`allow_origins=["https://two.acme.com", "https://three.acme.com/"]`),
    };
    const settings = () => ({ origins: ["https://one.acme.com"] });
    const { labels, line } = await ask(http(`allowOrigins: ["https|"]`), "app.ts", files, {
      settings,
    });
    assert.deepEqual(labels, ["https://one.acme.com", "https://two.acme.com"]);
    assert.match(line("https://two.acme.com"), /\["https:\/\/two\.acme\.com"\]/);
  });

  it("leave out what is there, and * where it means nothing", async () => {
    const { labels } = await ask(
      http(`allowHeaders: ["Content-Type", "|", "X-Api-Key"]`),
      "app.ts",
    );
    assert.ok(labels.includes("Authorization"));
    for (const gone of ["Content-Type", "content-type", "X-Api-Key", "*"]) {
      assert.ok(!labels.includes(gone), gone);
    }
    const credentials = `allowCredentials: true, allowMethods: [|]`;
    const methods = (await ask(http(credentials), "app.ts")).labels;
    assert.ok(methods.includes("apigwv2.CorsHttpMethod.PUT"));
    assert.ok(!methods.includes("apigwv2.CorsHttpMethod.ANY"));
    assert.deepEqual((await ask(http(`allowHeaders: ["*", "|"]`), "app.ts")).labels, []);
  });

  it("are made of text that is not saved", async () => {
    const folder = folderWith({ "cdk.json": "{}", "app.ts": http(`allowHeaders: ["x-old"]`) });
    const editor = await Editor.open(engine, { folders: [folder] });
    editors.push(editor);
    const file = `${folder}/app.ts`;
    await editor.openDocument(file, http(`allowHeaders: ["x-old"]`));
    await editor.replace(file, `"x-old"`, `"authorization", ""`);
    const now = http(`allowHeaders: ["authorization", ""]`);
    const found = labels(await editor.completions(file, now.indexOf(`""`) + 1));
    assert.ok(found.includes("content-type"));
    assert.ok(!found.includes("authorization"));
  });

  it("are nothing elsewhere", async () => {
    const places: readonly [string, string][] = [
      ["app.ts", http(`allowHeaders: ["a"], maxAge: "|"`)],
      ["app.ts", http(`allowHeaders: ["a"|]`)],
      ["app.ts", http(`allowHeaders: ["a"]|`)],
      ["app.ts", http(`allowHeaders: [name("|")]`)],
      ["app.ts", http(`allowHeaders: ["x-" + "|"]`)],
      ["app.ts", http(`allowHeaders: ["a" /* "|" */]`)],
      ["app.ts", typescript(`const names = ["|"];`)],
      ["app.ts", typescript(`new Stack(new App(), "|", { tags: ["a"] });`)],
      ["app.py", httpPy(`allow_headers=["a"  # "|"\n]`)],
      ["app.py", httpPy(`allow_headers=[name("|")]`)],
      ["app.py", python(`names = ["|"]`)],
    ];
    for (const [name, text] of places) {
      assert.deepEqual((await ask(text, name)).labels, [], text);
    }
  });

  it("know a list by its constant", async () => {
    const text = typescript(`const HEADERS = ["|"];
new apigwv2.HttpApi(stack, "Api", { corsPreflight: { allowHeaders: HEADERS } });`);
    assert.match((await ask(text, "app.ts")).line("content-type"), /HEADERS = \["content-type"\]/);
  });
});
