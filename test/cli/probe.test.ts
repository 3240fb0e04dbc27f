import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import type { ProbeReport } from "../../server/src/probe";
import { frontends } from "../../server/src/workspace/languages";
import { httpApi, type Wire } from "../probe/http-api";
import type { Loopback } from "../probe/loopback";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import type { Log } from "sarif";
import { sarifProblems } from "../sarif/schema";
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

  const pages = {
    ...app,
    "web/orders.ts": `
const base = import.meta.env.VITE_API_URL;
export async function load(id: string) {
  const response = await fetch(\`\${base}/orders/\${id}\`);
  return [response.headers.get("X-Version"), response.headers.get("X-Cost"), response.headers.get("Set-Cookie")];
}
`,
  };

  it("checks the headers that the page reads, and fixes the policy", async () => {
    const wire = { ...asWritten, sends: { "X-Version": "3", "Set-Cookie": "a=b" } };
    const args = ["URL", "--app", "APP", "--origin", "https://qa.acmecorp.com", "--format", "json"];
    const { out, err } = await probe(wire, args, pages);
    assert.equal(err, "");
    const { findings, notes } = JSON.parse(out) as ProbeReport;
    const [hidden, ...others] = findings.filter(
      ({ rule }) => rule === "response-header-not-exposed",
    );
    assert.equal(others.length, 0);
    assert.deepEqual(
      [hidden?.severity, hidden?.missing, hidden?.file, hidden?.line],
      ["warning", ["x-version"], "stack.ts", lineOf("corsPreflight")],
    );
    assert.match(hidden?.message ?? "", /^The page reads x-version and gets null\.\n/);
    assert.ok(
      notes.some((note) => /^the page reads x-cost of GET \S+, and the answer \(200\)/.test(note)),
      notes.join(),
    );
    const exposing = {
      ...wire,
      sends: { ...wire.sends, "Access-Control-Expose-Headers": "X-Version" },
    };
    const fixed = JSON.parse((await probe(exposing, args, pages)).out) as ProbeReport;
    assert.ok(fixed.findings.every(({ rule }) => rule !== "response-header-not-exposed"));
  });

  it("asks as a page that sends JSON would where no page of a POST is known", async () => {
    const posts = {
      ...app,
      "stack.ts": stack.replace("HttpMethod.GET, HttpMethod.PUT", "HttpMethod.POST"),
    };
    const args = ["URL", "--app", "APP", "--origin", "https://qa.acmecorp.com", "--format", "json"];
    const { out } = await probe({ ...asWritten, methods: ["POST"] }, args, posts);
    const { verdicts } = JSON.parse(out) as ProbeReport;
    assert.deepEqual(
      verdicts.map(({ method, headers, corsError }) => [method, headers, corsError]),
      [
        ["POST", ["content-type"], null],
        ["POST", ["content-type"], "PreflightInvalidAllowCredentials"],
      ],
    );
  });

  describe("--send", () => {
    const put = ["--origin", "https://qa.acmecorp.com", "--method", "GET", "--send", "PUT"];
    const sent = () => (server?.received ?? []).filter(({ method }) => method === "PUT");
    const open = { ...asWritten, methods: ["GET", "PUT"], headers: ["authorization"] };

    it("sends this request once, shown before, and judges it exactly", async () => {
      const args = [...put, "--header", "Authorization: Bearer hunter2", "--format", "json"];
      const { out, err } = await probe(open, ["URL/orders/7", ...args]);
      assert.deepEqual(
        sent().map((request) => [
          request.path,
          request.get("origin"),
          request.get("authorization"),
          request.get("content-length"),
        ]),
        [["/orders/7", "https://qa.acmecorp.com", "Bearer hunter2", "0"]],
      );
      assert.match(
        err,
        /^cors-lens: may change data, sent once:\n {2}PUT \/orders\/7 HTTP\/1\.1\n/,
      );
      assert.match(err, /\n {2}Authorization: \[redacted\]\n/);
      assert.doesNotMatch(out + err, /hunter2/);
      const cell = (JSON.parse(out) as ProbeReport).verdicts.find(
        ({ method, credentials }) => method === "PUT" && credentials === "omit",
      );
      assert.equal(cell?.certainty, "exact");
      const preflight = server?.received.findIndex((request) => {
        return request.get("access-control-request-method") === "PUT";
      });
      assert.ok((preflight ?? -1) >= 0, "the browser asks first");
      assert.ok((preflight ?? 0) < (server?.received.indexOf(sent()[0] as never) ?? -1));
    });

    it("keeps back what no browser would send, and says so", async () => {
      const { out } = await probe(asWritten, ["URL/orders/7", ...put, "--fail-on", "never"]);
      assert.deepEqual(sent(), []);
      assert.match(out, /- PUT \S+\/orders\/7 was not sent: no browser would send it/);
    });

    it("takes the one route that the URL names, of an API with several methods", async () => {
      const args = ["URL/orders/7", "--app", "APP", "--origin", "https://qa.acmecorp.com"];
      await probe({ ...open, headers: ["content-type"] }, [...args, "--send", "put"]);
      assert.equal(sent().length, 1);
    });

    it("is refused where it is not clear what would be sent, or as whom", async () => {
      const two = stack.replace(
        "api.addRoutes({",
        'api.addRoutes({ path: "/b", methods: [HttpMethod.PUT], integration: new HttpLambdaIntegration("B", list) });\napi.addRoutes({',
      );
      const origin = ["--origin", "https://qa.acmecorp.com"];
      const complaints = [
        [["URL", "--send", "PUT"], app],
        [["URL", ...origin, "--send", "TRACE"], app],
        [["URL", ...origin, "--send", "P UT"], app],
        [["URL", "--app", "APP", ...origin, "--send", "PUT"], { ...app, "stack.ts": two }],
      ] as const;
      const errors: string[] = [];
      for (const [args, files] of complaints) {
        const { code, err } = await probe(open, args, files);
        assert.deepEqual([code, server?.received.length], [2, 0]);
        errors.push(err.trim());
      }
      assert.deepEqual(errors, [
        "cors-lens: a request that may change data is sent as a known page would: name its origin",
        "cors-lens: TRACE is no request that a page can send",
        "cors-lens: P UT is no request that a page can send",
        "cors-lens: PUT is sent to one address only: give the URL of a route",
      ]);
    });
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
    assert.deepEqual(sarifProblems(JSON.parse(out)), []);
  });

  it("writes valid SARIF of any URL, without its secrets", async () => {
    const bare = ["--origin", "https://qa.acmecorp.com", "--method", "PATCH", "--format", "sarif"];
    const { out } = await probe(asWritten, ["URL/a b/[x]/{y}?token=hunter2&q=ü|", ...bare]);
    const log = JSON.parse(out) as Log;
    assert.deepEqual(sarifProblems(log), []);
    assert.ok((log.runs[0]?.results ?? []).length > 0);
    assert.doesNotMatch(out, /hunter2/);
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
      ["http://127.0.0.1:1", "--cacert", "a.ts"],
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
      "2 cors-lens: a.ts holds no certificate in PEM",
      "2 cors-lens: there is no API in .",
      "2 cors-lens: --api names an API of a folder: give the folder with --app",
    ]);
  });
});
