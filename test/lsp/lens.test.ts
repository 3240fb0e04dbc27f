import assert from "node:assert/strict";
import { type CodeLens, CodeLensRequest } from "vscode-languageserver/node";
import { analyze } from "../../shared/src/analyze";
import { defaultContext } from "../../shared/src/advice/context";
import { hoverPolicy } from "../../shared/src/editor/hover";
import { policiesOf } from "../../shared/src/model/query/platform";
import { lensOf } from "../../shared/src/editor/lens";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { type ClientOptions, lensCommands } from "../../shared/src/protocol";
import { frontends } from "../../server/src/workspace/languages";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";
import { stackPy, stackTs } from "../rules/samples";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, type EditorOptions, uri } from "./editor";

const mapped = `
const allow = { "method.response.header.Access-Control-Allow-Origin": "'https://app.acmecorp.com'", "method.response.header.Access-Control-Allow-Headers": "'content-type'", "method.response.header.Access-Control-Allow-Methods": "'GET,PUT'" };
const declared = { "method.response.header.Access-Control-Allow-Origin": true, "method.response.header.Access-Control-Allow-Headers": true, "method.response.header.Access-Control-Allow-Methods": true };
const api = new apigateway.RestApi(stack, "Api");
const orders = api.root.addResource("orders");
const target = new apigateway.HttpIntegration("https://backend.acmecorp.com");
orders.addMethod("PUT", target);
orders.addMethod("OPTIONS", new apigateway.MockIntegration({ integrationResponses: [{ statusCode: "200", responseParameters: allow }], requestTemplates: { "application/json": "{\\"statusCode\\": 200}" } }), { methodResponses: [{ statusCode: "200", responseParameters: declared }] });
`;
const mappedPy = `
allow = {"method.response.header.Access-Control-Allow-Origin": "'https://app.acmecorp.com'", "method.response.header.Access-Control-Allow-Headers": "'content-type'", "method.response.header.Access-Control-Allow-Methods": "'GET,PUT'"}
declared = {"method.response.header.Access-Control-Allow-Origin": True, "method.response.header.Access-Control-Allow-Headers": True, "method.response.header.Access-Control-Allow-Methods": True}
api = apigateway.RestApi(stack, "Api")
orders = api.root.add_resource("orders")
target = apigateway.HttpIntegration("https://backend.acmecorp.com")
orders.add_method("PUT", target)
orders.add_method("OPTIONS", apigateway.MockIntegration(integration_responses=[apigateway.IntegrationResponse(status_code="200", response_parameters=allow)], request_templates={"application/json": "{\\"statusCode\\": 200}"}), method_responses=[apigateway.MethodResponse(status_code="200", response_parameters=declared)])
`;

describe("the line above an API", () => {
  const line = async (text: string): Promise<string[]> => {
    const model = link(await memoryProject(parseLiteral(text).files));
    return model.apis.map((api) => lensOf(model, api));
  };

  it("names hand-written preflights, and does not count them as routes", async () => {
    const expected = ["1 route · preflight by hand"];
    assert.deepEqual(await line(stackTs(mapped)), expected);
    assert.deepEqual(await line(stackPy(mappedPy)), expected);
  });

  it("tells when they fail on some routes", async () => {
    const more = 'api.root.addResource("reports").addMethod("PUT", target);\n';
    const morePy = 'api.root.add_resource("reports").add_method("PUT", target)\n';
    const expected = ["2 routes · preflight by hand, fails on 1 route"];
    assert.deepEqual(await line(stackTs(mapped + more)), expected);
    assert.deepEqual(await line(stackPy(mappedPy + morePy)), expected);
  });
});

describe("the line above an API and the hover beside it", () => {
  const policies = {
    ts: (origins: string) =>
      stackTs(
        `new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: [${origins}], allowHeaders: ["content-type"], allowCredentials: true } }).addRoutes({ path: "/x", methods: [HttpMethod.POST], integration });`,
      ),
    py: (origins: string) =>
      stackPy(
        `api = apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=[${origins}], allow_headers=["content-type"], allow_credentials=True))\napi.add_routes(path="/x", methods=[apigwv2.HttpMethod.POST], integration=integration)`,
      ),
  };
  for (const [language, text] of Object.entries(policies)) {
    const told = async (origins: string) => {
      const model = link(await memoryProject(parseLiteral(text(origins)).files));
      const findings = analyze(model, { rules, context: defaultContext, facts: () => undefined });
      const [api] = model.apis;
      assert.ok(api);
      const [policy] = policiesOf(api);
      assert.ok(policy);
      return { line: lensOf(model, api, findings), model, policy };
    };

    it(`are never greener than the findings: ${language}`, async () => {
      const fine = await told('"https://a.acmecorp.com"');
      assert.match(fine.line, /1 origin · preflight ok/);
      const slash = await told('"https://a.acmecorp.com", "https://b.acmecorp.com/"');
      assert.match(slash.line, /1 origin \(1 more never matches\)/);
      assert.doesNotMatch(slash.line, /ok/);
      assert.match(slash.line, /1 error/);
      const any = await told('"*"');
      assert.match(any.line, /any origin/);
      assert.doesNotMatch(any.line, /ok/);
      assert.match(any.line, /1 error/);
    });

    it(`tell of an option that option alone: ${language}`, async () => {
      const { model, policy } = await told('"https://a.acmecorp.com", "https://b.acmecorp.com/"');
      const all = hoverPolicy(model, policy);
      for (const label of ["origins", "credentials", "methods", "headers", "cache"])
        assert.match(all, new RegExp(`^\\| ${label} \\|`, "m"));
      const origins = hoverPolicy(model, policy, "allowOrigins");
      assert.match(origins, /`https:\/\/a\.acmecorp\.com`, ~~`https:\/\/b\.acmecorp\.com\/`~~/);
      assert.doesNotMatch(origins, /^\| (credentials|methods|headers|cache) \|/m);
    });
  }
});

const stack = `import { App, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
const stack = new Stack(new App(), "Shop");
new HttpApi(stack, "Api", {
  corsPreflight: { allowOrigins: ["https://app.acmecorp.com/"], allowMethods: [CorsHttpMethod.GET] },
});
new HttpApi(stack, "Other", {
  corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowMethods: [CorsHttpMethod.GET] },
});
`;

describe("language server: commands of the line above an API", () => {
  const editors: Editor[] = [];

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  async function lenses(options: EditorOptions) {
    const folder = folderWith({ "cdk.json": "{}", "stack.ts": stack });
    const editor = await Editor.open(
      { frontends, link, linkSteps, rules },
      { folders: [folder], ...options },
    );
    editors.push(editor);
    const file = `${folder}/stack.ts`;
    await editor.openDocument(file, stack);
    const found: CodeLens[] = await editor.request(CodeLensRequest.method, {
      textDocument: { uri: uri(file) },
    });
    return { folder, file, found };
  }

  it("show the findings of that API alone, and probe it", async () => {
    const initializationOptions: ClientOptions = { commands: Object.values(lensCommands) };
    const { folder, file, found } = await lenses({ initializationOptions });
    const commands = found.map(({ command }) => command?.command);
    const { showFindings, probe } = lensCommands;
    assert.deepEqual(commands, [showFindings, probe, showFindings, probe]);
    const start = { line: 4, character: stack.split("\n")[4]?.indexOf('"https') ?? -1 };
    const end = { ...start, character: start.character + '"https://app.acmecorp.com/"'.length };
    assert.deepEqual(found[0]?.command?.arguments, [
      {
        uri: uri(file),
        position: { line: 3, character: 4 },
        places: [{ uri: uri(file), range: { start, end } }],
      },
    ]);
    const [wish] = (found[1]?.command?.arguments ?? []) as { api: string }[];
    assert.ok(wish?.api.startsWith(`${folder} `), "names the target as the probe does");
    const [other] = (found[2]?.command?.arguments ?? []) as { places: unknown[] }[];
    assert.deepEqual(other?.places, []);
  });

  it("are left out for clients without them", async () => {
    const { found } = await lenses({});
    assert.deepEqual(
      found.map(({ command }) => command?.command),
      ["", ""],
    );
  });

  it("are not shown where the setting says so", async () => {
    const { found } = await lenses({ settings: () => ({ codeLens: { enable: false } }) });
    assert.deepEqual(found, []);
  });
});
