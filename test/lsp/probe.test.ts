import assert from "node:assert/strict";
import { type CodeLens, CodeLensRequest } from "vscode-languageserver/node";
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
import { LiveFindings } from "../../server/src/lsp/probe-live";
import { frontends } from "../../server/src/workspace/languages";
import { httpApi } from "../probe/http-api";
import type { Loopback } from "../probe/loopback";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, uri } from "./editor";

const stack = `import { App, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "Orders");
const list = new NodejsFunction(stack, "List", { entry: "src/list.ts" });
const api = new HttpApi(stack, "OrdersApi", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/"],
    allowMethods: [CorsHttpMethod.GET],
  },
});
api.addRoutes({
  path: "/orders",
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration("ListIntegration", list),
});
`;

const outputs = {
  Orders: {
    QueueArn: "arn:aws:sqs:eu-west-1:1:q",
    ReportsUrl: "https://r.execute-api.eu-west-1.amazonaws.com/",
    OrdersApiUrl: "https://o.execute-api.eu-west-1.amazonaws.com/",
    FunctionUrl: "https://f.lambda-url.eu-west-1.on.aws/",
  },
};

describe("language server: probe", () => {
  let editor: Editor;
  let server: Loopback;
  let file: string;

  beforeEach(async () => {
    server = await httpApi({
      origins: ["https://app.acmecorp.com/"],
      methods: ["GET"],
      headers: [],
    });
    const folder = folderWith({
      "cdk.json": '{"app":"npx tsx stack.ts"}',
      "cdk-outputs.json": JSON.stringify(outputs),
      "stack.ts": stack,
      "src/list.ts":
        "export async function handler() { return { statusCode: 200, body: '[]' }; }\n",
    });
    file = `${folder}/stack.ts`;
    const initializationOptions: ClientOptions = { commands: Object.values(lensCommands) };
    editor = await Editor.open(
      { frontends, link, linkSteps, rules },
      { folders: [folder], initializationOptions },
    );
    await editor.openDocument(file, stack);
  });
  afterEach(async () => {
    await editor.close();
    await server.close();
    removeFolders();
  });

  const url = () => `http://127.0.0.1:${String(server.port)}/`;
  const target = async (): Promise<ProbeTarget> => {
    const [first] = await editor.request<readonly ProbeTarget[]>(probeRequests.targets, {});
    assert.ok(first);
    return first;
  };
  const probe = async (): Promise<ProbeAnswer> => {
    const { id, origins } = await target();
    return editor.request(probeRequests.run, { url: url(), api: id, origins, typed: true });
  };
  const live = async () =>
    (await editor.diagnostics(file)).filter(({ source }) => source === "cors-lens probe");

  it("knows the APIs of the workspace, their addresses and the origins of their pages", async () => {
    const { name, construct, place, addresses, origins } = await target();
    assert.deepEqual([name, construct, place], ["OrdersApi", "HttpApi", "stack.ts:7"]);
    assert.deepEqual(addresses, [
      {
        url: "https://o.execute-api.eu-west-1.amazonaws.com/",
        from: "cdk-outputs.json: Orders.OrdersApiUrl",
      },
      {
        url: "https://r.execute-api.eu-west-1.amazonaws.com/",
        from: "cdk-outputs.json: Orders.ReportsUrl",
      },
    ]);
    assert.deepEqual(origins, ["https://app.acmecorp.com"]);
  });

  it("says beforehand what would be sent, and sends nothing", async () => {
    const { id, origins } = await target();
    const question = { url: url(), api: id, origins, typed: true };
    const preview = await editor.request<ProbePreview>(probeRequests.plan, question);
    const { hosts, sends, maxRequests } = preview;
    assert.deepEqual([hosts, sends, maxRequests], [[url().slice(0, -1)], ["OPTIONS", "GET"], 8]);
    assert.equal(server.received.length, 0);
  });

  it("puts what the endpoint does wrong on the guilty line, with the rule's own fix", async () => {
    const answer = await probe();
    assert.equal(answer.requests, server.received.length);
    const [first, ...others] = await live();
    assert.ok(first);
    assert.deepEqual([first.code, others.length], ["origin-never-matches", 0]);
    assert.equal(first.range.start.line, 8);
    const actions = await editor.codeActions(file, first.range);
    const [fix, ...more] = actions.filter(
      ({ title }) => title === "Write https://app.acmecorp.com",
    );
    assert.ok(fix);
    assert.equal(more.length, 0, "rule and probe offer the same fix once");
    assert.ok(fix.diagnostics?.some(({ source }) => source === "cors-lens probe"));
    assert.equal(editor.after(fix, file), stack.replace(".com/", ".com"));
  });

  it("draws each cell, and names the line in the report", async () => {
    const { cells, text, root, blocked } = await probe();
    assert.ok(text.includes("source: stack.ts:9"));
    assert.ok(root?.startsWith("file:"));
    const [first] = cells;
    assert.deepEqual(first?.actors, ["page", "browser", "HTTP API", "handler"]);
    assert.equal(first.messages.filter(({ state }) => state === "stopped").length, 1);
    assert.equal(cells.filter(({ verdict }) => verdict === "blocked").length, blocked);
  });

  it("forgets a finding when its line is edited, and keeps it when another is", async () => {
    await probe();
    await editor.replace(file, "import { App", "// orders\nimport { App");
    assert.deepEqual(
      (await live()).map(({ range }) => range.start.line),
      [9],
    );
    await editor.replace(file, "allowOrigins: [", 'allowOrigins: ["https://qa.acmecorp.com", ');
    assert.deepEqual(await live(), []);
  });

  it("clears what it found, by a command that the lens offers then only", async () => {
    const titles = async (): Promise<readonly (string | undefined)[]> => {
      const lenses = await editor.request<CodeLens[]>(CodeLensRequest.method, {
        textDocument: { uri: uri(file) },
      });
      return lenses.map(({ command }) => command?.title);
    };
    const clear = "Clear the probe's problems";
    assert.ok(!(await titles()).includes(clear));
    await probe();
    assert.equal((await live()).length, 1);
    assert.ok((await titles()).includes(clear));
    await editor.request(probeRequests.clear, {});
    assert.deepEqual(await live(), []);
    assert.ok(!(await titles()).includes(clear));
  });

  it("refuses what is no address in a sentence", async () => {
    const question = { url: "ftp://a.test", origins: [], typed: true };
    await assert.rejects(
      editor.request(probeRequests.plan, question),
      /ftp:\/\/a\.test is no http or https URL/,
    );
  });

  it("asks no private host that was not typed", async () => {
    const { id, origins } = await target();
    const question = { url: url(), api: id, origins, typed: false };
    const answer = await editor.request<ProbeAnswer>(probeRequests.run, question);
    assert.equal(server.received.length, 0);
    assert.match(answer.text, /type the host to probe it/);
  });
});

describe("live findings", () => {
  const file = "/stack.ts";
  const text = "one\ntwo BAD\nthree\n";
  const start = text.indexOf("BAD");
  const at = { file, start, end: start + 3 };
  const fix = {
    title: "Mend",
    safety: "safe",
    edits: [{ kind: "setString", at, text: "GOOD" }],
  } as const;
  const finding = {
    rule: "r",
    severity: "error",
    message: "m",
    at,
    related: [],
    fixes: [fix],
    live: true,
  } as const;

  function after(change: string): string[] {
    const live = new LiveFindings();
    live.replace([finding], () => text);
    live.changed(file, change);
    return live.all.map((each) => {
      const [edit] = each.fixes[0]?.edits ?? [];
      assert.ok(edit?.kind === "setString");
      assert.deepEqual(edit.at, each.at);
      return change.slice(each.at.start, each.at.end);
    });
  }

  it("move with the text around their line", () => {
    const kept = [
      "zero\n" + text,
      "\n" + text,
      "one more\ntwo BAD\nthree\n",
      "one\ntwo BAD\n",
      "one\ntwo BAD\n\nthree\n",
    ];
    for (const change of kept) assert.deepEqual(after(change), ["BAD"], JSON.stringify(change));
  });

  it("go when their line is touched, or the file goes", () => {
    const gone = [
      "one\ntwo GOOD\nthree\n",
      "one\nBAD\nthree\n",
      "one\ntwo BAD;\nthree\n",
      "one\n",
      "",
    ];
    for (const change of gone) assert.deepEqual(after(change), [], JSON.stringify(change));
  });
});
