import assert from "node:assert/strict";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

const engine = { frontends, link, linkSteps, rules };
const off = "Turn preflight caching off while debugging";
const on = "Turn preflight caching on again";

const typescript = (code: string): string => `import { App, Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";

const stack = new Stack(new App(), "Stack");
${code}
`;

const python = (code: string): string => `from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigateway as apigateway

stack = Stack(App(), "Stack")
${code}
`;

const http = (maxAge: string): string =>
  typescript(`new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    ${maxAge}
  },
});`);

const rest = (age: string): string =>
  typescript(`new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: {
    allowOrigins: ["https://app.acmecorp.com"],
    ${age}
  },
});`);

const httpPy = (maxAge: string): string =>
  python(`apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        ${maxAge}
    ),
)`);

const restPy = (age: string): string =>
  python(`apigateway.RestApi(
    stack,
    "Api",
    default_cors_preflight_options=apigateway.CorsOptions(
        allow_origins=["https://app.acmecorp.com"],
        ${age}
    ),
)`);

describe("language server: actions on policies", function () {
  this.timeout(20_000);
  const editors: Editor[] = [];
  const open = async (name: string, text: string) => {
    const folder = folderWith({ "cdk.json": "{}", [name]: text });
    const editor = await Editor.open(engine, { folders: [folder] });
    editors.push(editor);
    const file = `${folder}/${name}`;
    await editor.openDocument(file, text);
    /** The actions at a word of the text. */
    const at = (word: string, only?: string[]) => {
      const before = text.slice(0, text.indexOf(word)).split("\n");
      const place = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      return editor.codeActions(file, { start: place, end: place }, only);
    };
    return { editor, file, at };
  };

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  const pairs: readonly (readonly [name: string, cached: string, uncached: string])[] = [
    ["app.ts", http("maxAge: Duration.hours(2),"), http("maxAge: Duration.seconds(0),")],
    ["app.ts", rest("maxAge: Duration.hours(2),"), rest("disableCache: true,")],
    ["app.py", httpPy("max_age=Duration.hours(2),"), httpPy("max_age=Duration.seconds(0),")],
    ["app.py", restPy("max_age=Duration.hours(2),"), restPy("disable_cache=True,")],
  ];
  for (const [name, cached, uncached] of pairs) {
    const kind = /HttpApi/.test(cached) ? "HTTP API" : "REST API";
    it(`turn the preflight cache of a ${kind} in ${name} off and on again`, async () => {
      const steps = [
        [cached, off, uncached],
        [uncached, on, cached],
      ] as const;
      for (const [before, title, after] of steps) {
        const { editor, file, at } = await open(name, before);
        const [action, ...others] = await at("acmecorp", ["refactor"]);
        assert.deepEqual([action?.title, action?.kind], [title, "refactor.rewrite"]);
        assert.equal(action?.diagnostics, undefined);
        assert.deepEqual(others, []);
        assert.equal(action && editor.after(action, file), after);
      }
    });
  }

  it("set the age where there was none", async () => {
    const { editor, file, at } = await open("app.ts", http("allowCredentials: true,"));
    const [action] = await at("corsPreflight", ["refactor.rewrite"]);
    const after = http("allowCredentials: true,\n    maxAge: Duration.seconds(0),");
    assert.equal(action && editor.after(action, file), after);
  });

  it("come after the fixes and before the suppressions", async () => {
    const { at } = await open("app.ts", http("maxAge: Duration.days(1),"));
    const actions = await at("Duration.days(1)");
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        "Keep preflight answers for two hours",
        off,
        "Suppress max-age-beyond-browsers for this line",
        "Suppress max-age-beyond-browsers in this file",
      ],
    );
  });

  it("are offered at policies that answer preflights, and there only", async () => {
    const api = await open("app.ts", http("maxAge: Duration.hours(2),"));
    assert.deepEqual(await api.at("new Stack", ["refactor"]), []);
    assert.deepEqual(await api.at("corsPreflight", ["quickfix"]), []);
    const cdn = `new cloudfront.ResponseHeadersPolicy(stack, "P", {
  corsBehavior: { accessControlAllowOrigins: ["https://app.acmecorp.com"], originOverride: true },
});`;
    const policy = await open("app.ts", typescript(cdn));
    assert.deepEqual(await policy.at("acmecorp", ["refactor"]), []);
  });
});
