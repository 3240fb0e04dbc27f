import assert from "node:assert/strict";
import { type CodeAction } from "vscode-languageserver/node";
import { link, linkSteps } from "../../shared/src/readers/link";
import {
  type ClientOptions,
  lensCommands,
  type ProbeAnswer,
  type ProbePreview,
  probeRequests,
  type ProbeTarget,
} from "../../shared/src/protocol";
import { rules } from "../../shared/src/rules";
import { frontends } from "../../server/src/workspace/languages";
import { httpApi } from "../probe/http-api";
import type { Loopback } from "../probe/loopback";
import { stackPy, stackTs } from "../rules/samples";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor } from "./editor";

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

const typescript = {
  "cdk.json": '{"app":"npx tsx stack.ts"}',
  "stack.ts": stackTs(`
const list = new lambda.Function(stack, "Fn", { handler: "list.handler", code: lambda.Code.fromAsset("src") });
const orders = new HttpApi(stack, "OrdersApi", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com/"] } });
orders.addRoutes({ path: "/orders", methods: [HttpMethod.GET, HttpMethod.PUT], integration: new HttpLambdaIntegration("L", list) });
const other = new HttpApi(stack, "ReportsApi", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
`).replace(/^\/\/- .*\n/, ""),
  "src/list.js":
    'exports.handler = async (event) => ({ statusCode: 200, headers: { "Access-Control-Allow-Origins": "*" }, body: "[]" });\n',
};

const python = {
  "cdk.json": '{"app":"python stack.py"}',
  "stack.py": stackPy(`
list_orders = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_12, handler="list.handler", code=lambda_.Code.from_asset("src"))
orders = apigwv2.HttpApi(stack, "OrdersApi", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com/"]))
orders.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("L", list_orders))
other = apigwv2.HttpApi(stack, "ReportsApi", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"]))
`).replace(/^#- .*\n/, ""),
  "src/list.py":
    'def handler(event, context):\n    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origins": "*"}, "body": "[]"}\n',
};

describe("language server: probe from a finding", () => {
  let editor: Editor | undefined;
  afterEach(async () => {
    await editor?.close();
    removeFolders();
  });

  async function open(files: Readonly<Record<string, string>>, commands: readonly string[]) {
    const folder = folderWith(files);
    const initializationOptions: ClientOptions = { commands };
    editor = await Editor.open(
      { frontends, link, linkSteps, rules },
      { folders: [folder], initializationOptions },
    );
    return { folder, editor };
  }

  const probes = (actions: readonly CodeAction[]) =>
    actions.filter(({ command }) => command?.command === lensCommands.probe);

  for (const [language, files, stack, handler] of [
    ["TypeScript", typescript, "stack.ts", "src/list.js"],
    ["Python", python, "stack.py", "src/list.py"],
  ] as const) {
    it(`probes the API that the finding is about, in ${language}`, async () => {
      const { folder, editor: opened } = await open(files, [lensCommands.probe]);
      const targets = await opened.request<readonly ProbeTarget[]>(probeRequests.targets, {});
      const orders = targets.find(({ name }) => name === "OrdersApi");
      for (const name of [stack, handler]) {
        const file = `${folder}/${name}`;
        await opened.openDocument(
          file,
          Object.entries(files).find(([key]) => key === name)?.[1] ?? "",
        );
        const found = probes(await opened.codeActions(file, everything));
        assert.deepEqual(
          found.map(({ title, command }) => [title, command?.arguments]),
          [["Probe the deployed OrdersApi…", [{ api: orders?.id }]]],
          name,
        );
        assert.ok((found[0]?.diagnostics?.length ?? 0) > 0, "it belongs to the problem");
        assert.ok(found.every(({ edit, isPreferred }) => edit === undefined && !isPreferred));
      }
    });
  }

  it("is not offered where nothing is wrong, or to editors that cannot probe", async () => {
    const { folder, editor: opened } = await open(typescript, []);
    const file = `${folder}/stack.ts`;
    await opened.openDocument(file, typescript["stack.ts"]);
    const actions = await opened.codeActions(file, everything);
    assert.ok(actions.length > 0);
    assert.deepEqual(probes(actions), []);
    await opened.close();
    const again = await open(typescript, [lensCommands.probe]);
    const first = `${again.folder}/stack.ts`;
    await again.editor.openDocument(first, typescript["stack.ts"]);
    const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(probes(await again.editor.codeActions(first, top)), []);
  });
});

describe("language server: requests that may change data", () => {
  let editor: Editor;
  let server: Loopback;
  beforeEach(async () => {
    server = await httpApi({
      origins: ["https://app.acmecorp.com"],
      methods: ["GET", "PUT"],
      headers: [],
    });
    const folder = folderWith(typescript);
    editor = await Editor.open({ frontends, link, linkSteps, rules }, { folders: [folder] });
  });
  afterEach(async () => {
    await editor.close();
    await server.close();
    removeFolders();
  });

  const question = async () => {
    const targets = await editor.request<readonly ProbeTarget[]>(probeRequests.targets, {});
    const orders = targets.find(({ name }) => name === "OrdersApi");
    assert.ok(orders);
    const url = `http://127.0.0.1:${String(server.port)}/`;
    return { url, api: orders.id, origins: orders.origins, typed: true };
  };
  const preview = async () => {
    return editor.request<ProbePreview>(probeRequests.plan, await question());
  };
  const methods = () => new Set(server.received.map(({ method }) => method));

  it("are shown with their bytes, and stay unsent", async () => {
    const { sends, withheld } = await preview();
    assert.deepEqual(sends, ["OPTIONS", "GET"]);
    const [put, ...others] = withheld;
    assert.equal(others.length, 0);
    assert.equal(put?.method, "PUT");
    assert.match(put.bytes, /^ {2}PUT \/orders HTTP\/1\.1\n {2}Host: 127\.0\.0\.1:\d+\n/);
    assert.match(
      put.bytes,
      /\n {2}Content-Length: 0\n(.*\n)* {2}Origin: https:\/\/app\.acmecorp\.com\n/,
    );
    await editor.request<ProbeAnswer>(probeRequests.run, await question());
    assert.deepEqual(methods(), new Set(["OPTIONS", "GET"]));
  });

  it("are sent once when they are picked, and named in the preview", async () => {
    const send = (await preview()).withheld.map(({ method, url }) => ({ method, url }));
    const picked = { ...(await question()), send };
    const { sends, withheld } = await editor.request<ProbePreview>(probeRequests.plan, picked);
    assert.deepEqual([sends, withheld], [["OPTIONS", "GET", "PUT"], []]);
    const { text } = await editor.request<ProbeAnswer>(probeRequests.run, picked);
    assert.equal(server.received.filter(({ method }) => method === "PUT").length, 1);
    assert.match(text, /### PUT http:\S+\/orders -> 200/);
  });
});
