import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { link } from "../../shared/src/model/link";
import { rules } from "../../shared/src/rules";
import type { ProbeReport } from "../../server/src/probe";
import { frontends } from "../../server/src/workspace/languages";
import { httpApi, type Wire } from "../probe/http-api";
import type { Loopback } from "../probe/loopback";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { run } from "./run";

const engine = { frontends, link, rules };

const stack = `
import { App, Duration, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
const stack = new Stack(new App(), "Orders");
const list = new NodejsFunction(stack, "List", { entry: "src/list.ts" });
const api = new HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com/", "https://qa.acmecorp.com"],
    allowMethods: [CorsHttpMethod.GET],
    allowHeaders: ["content-type"],
  },
});
api.addRoutes({
  path: "/orders/{id}",
  methods: [HttpMethod.GET, HttpMethod.PUT],
  integration: new HttpLambdaIntegration("ListIntegration", list),
});
`;

const app = {
  "cdk.json": '{"app":"npx tsx stack.ts"}',
  "stack.ts": stack,
  "src/list.ts": "export async function handler() { return { statusCode: 200, body: '[]' }; }\n",
};

const asWritten: Wire = {
  origins: ["https://app.acmecorp.com/", "https://qa.acmecorp.com"],
  methods: ["GET"],
  headers: ["content-type"],
};

function lineOf(text: string): number {
  return stack.split("\n").findIndex((line) => line.includes(text)) + 1;
}

describe("cors-lens probe", () => {
  let server: Loopback | undefined;
  const servers: Loopback[] = [];
  afterEach(async () => {
    removeFolders();
    for (const each of servers.splice(0)) await each.close();
  });

  async function probe(wire: Wire, args: readonly string[], files: Record<string, string> = app) {
    server = await httpApi(wire);
    servers.push(server);
    const folder = folderWith(files);
    const url = `http://127.0.0.1:${String(server.port)}`;
    const given = args.map((arg) => arg.replace("APP", folder));
    const outcome = await run(engine, folder, "probe", ...given.map((a) => a.replace("URL", url)));
    return { ...outcome, folder };
  }

  async function report(wire: Wire, ...args: string[]): Promise<ProbeReport> {
    const { out, err } = await probe(wire, ["URL", "--format", "json", ...args]);
    assert.equal(err, "");
    return JSON.parse(out) as ProbeReport;
  }

  it("plans from the code and leads each failure to its line", async () => {
    const { findings, verdicts, requests } = await report(asWritten, "--app", "APP");
    const placed = findings.filter(({ file }) => file !== undefined);
    assert.deepEqual(
      placed.map(({ rule, origin, file, line }) => [rule, origin, file, line]),
      [
        ["allow-methods-missing", "https://qa.acmecorp.com", "stack.ts", lineOf("allowMethods")],
        ["origin-never-matches", "https://app.acmecorp.com", "stack.ts", lineOf("allowOrigins")],
      ],
    );
    const cells = verdicts.map(({ origin, method, credentials, verdict, blockedAt }) =>
      [origin.slice(8, 10), method, credentials, verdict, blockedAt].join(" "),
    );
    assert.deepEqual(cells, [
      "ap GET omit blocked response",
      "ap GET include blocked response",
      "ap PUT omit blocked preflight",
      "ap PUT include blocked preflight",
      "qa GET omit conditional ", // loopback: Chrome asks for permission
      "qa GET include blocked response",
      "qa PUT omit blocked preflight",
      "qa PUT include blocked preflight",
    ]);
    assert.ok(requests <= 8, `${String(requests)} requests`);
    assert.deepEqual(
      new Set(server?.received.map(({ method }) => method)),
      new Set(["OPTIONS", "GET"]),
    );
  });

  it("names drift where the code allows what the endpoint refuses", async () => {
    const wire = { ...asWritten, origins: ["https://app.acmecorp.com"] };
    const { findings, drift } = await report(
      wire,
      "--app",
      "APP",
      "--origin",
      "https://qa.acmecorp.com",
    );
    const [refused] = findings;
    assert.equal(refused?.line, lineOf("allowOrigins"));
    assert.match(refused.message, /\nDrift: the code allows https:\/\/qa\.acmecorp\.com, /);
    assert.deepEqual(
      drift.map(({ field, file, line, layer }) => [field, file, line, layer]),
      [["allowOrigins", "stack.ts", lineOf("allowOrigins"), "an HTTP API of API Gateway"]],
    );
  });

  it("asks only the route that a longer URL names", async () => {
    const { endpoint, verdicts } = await report(
      asWritten,
      ...["--app", "APP", "--origin", "https://qa.acmecorp.com"],
    );
    assert.ok(verdicts.every(({ url }) => url === `${endpoint}/orders/cors-probe`));
    const { out } = await probe(asWritten, ["URL/orders/7", "--app", "APP", "--format", "json"]);
    const named = JSON.parse(out) as ProbeReport;
    assert.ok(named.verdicts.length > 0);
    assert.ok(named.verdicts.every(({ url }) => url.endsWith("/orders/7")));
  });

  it("probes a bare URL with what it is told", async () => {
    const { verdicts } = await report(
      asWritten,
      ...["--origin", "https://qa.acmecorp.com", "--method", "PUT", "--header", "Content-Type"],
    );
    assert.deepEqual(
      verdicts.map(({ method, headers, corsError }) => [method, headers, corsError]),
      [
        ["PUT", ["content-type"], "MethodDisallowedByPreflightResponse"],
        ["PUT", ["content-type"], "PreflightInvalidAllowCredentials"],
      ],
    );
  });

  it("ends with 1 at --fail-on, and with 0 below it", async () => {
    const args = ["URL", "--origin", "https://qa.acmecorp.com", "--method", "PUT"];
    assert.equal((await probe(asWritten, args)).code, 1);
    assert.equal((await probe(asWritten, [...args, "--fail-on", "never"])).code, 0);
    const get = ["URL", "--origin", "https://qa.acmecorp.com", "--method", "GET"];
    assert.equal((await probe(asWritten, get)).code, 0);
  });

  it("writes a report for people that leads to the line", async () => {
    const { out } = await probe(asWritten, ["URL", "--app", "APP"]);
    assert.match(out, /^# CORS probe of http:/);
    assert.ok(out.includes(`stack.ts:${String(lineOf("allowMethods"))}`));
    assert.ok(out.indexOf("## Verdicts") < out.indexOf("## Blocked"));
  });

  it("writes SARIF", async () => {
    const { out } = await probe(asWritten, ["URL", "--app", "APP", "--format", "sarif"]);
    const { runs } = JSON.parse(out) as {
      runs: { results: { ruleId: string; locations: unknown[] }[] }[];
    };
    const results = runs.flatMap((each) => each.results);
    assert.deepEqual(
      results.map(({ ruleId }) => ruleId),
      ["allow-methods-missing", "origin-never-matches", "local-network-permission"],
    );
    assert.ok(JSON.stringify(results).includes(`"startLine":${String(lineOf("allowMethods"))}`));
  });

  it("records exchanges that judge reads", async () => {
    const { folder } = await probe(asWritten, ["URL", "--app", "APP", "--record", "seen.jsonl"]);
    assert.ok(readFileSync(path.join(folder, "seen.jsonl"), "utf8").length > 0);
    const judged = await run(engine, folder, "judge", "seen.jsonl", "--format", "jsonl");
    const blocked = judged.out.split("\n").filter((line) => line.includes('"blocked"'));
    assert.deepEqual([judged.code, blocked.length], [0, 7]);
  });

  it("says in a sentence what it cannot do", async () => {
    const folder = folderWith({ "a.ts": "export const a = 1;\n" });
    const complaints = [
      ["ftp://a.test"],
      ["http://127.0.0.1:1", "--origin", "app"],
      ["http://127.0.0.1:1", "--resolve", "nonsense"],
      ["http://127.0.0.1:1", "--cacert", "nowhere.pem"],
      ["http://127.0.0.1:1", "--app", "."],
      ["http://127.0.0.1:1", "--api", "Orders"],
    ];
    const outcomes: string[] = [];
    for (const args of complaints) {
      const { code, out, err } = await run(fakeEngine(), folder, "probe", ...args);
      outcomes.push(`${String(code)}${out} ${err.split("\n")[0] ?? ""}`);
    }
    assert.deepEqual(outcomes, [
      "2 cors-lens: ftp://a.test is no http or https URL",
      "2 cors-lens: app is no origin; write scheme://host[:port]",
      "2 error: option '--resolve <host:port:addr>' argument 'nonsense' is invalid. Write HOST:PORT:ADDR.",
      "2 cors-lens: cannot read nowhere.pem: no such file or folder",
      "2 cors-lens: there is no API in .",
      "2 cors-lens: --api names an API of a folder: give the folder with --app",
    ]);
  });
});
