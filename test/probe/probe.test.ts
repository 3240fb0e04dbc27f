import assert from "node:assert/strict";
import { makePlan, PlanError, type PlanInput, RUN_BUDGET } from "../../server/src/probe/plan";
import { curlOf, probeReportText } from "../../server/src/probe/report-text";
import { judgeFile, type VerdictLine } from "../../server/src/probe/judge-file";
import { probe, probeAndRecord } from "../../server/src/probe/run";
import { layerOf } from "../../server/src/probe/layer";
import { redactUrl } from "../../server/src/probe/redact";
import { response, startLoopback, type Loopback } from "./loopback";

describe("plan of a probe", () => {
  it("asks the routes of the API with the headers of the page", () => {
    const plan = makePlan({
      endpoint: "https://api.example.com/prod/",
      api: {
        origins: ["https://App.example.com:443/", "https://app.example.com"],
        routes: [
          {
            path: "/orders/{id}",
            methods: ["GET", "patch"],
            headers: ["Authorization", "Accept", "Content-Type: text/plain"],
          },
          { path: "logout", methods: ["GET", "ANY"] },
        ],
      },
    });
    assert.deepEqual(plan.origins, ["https://app.example.com"]);
    const [orders, logout] = plan.routes;
    assert.equal(orders?.url, "https://api.example.com/prod/orders/cors-probe");
    assert.deepEqual(orders.methods, ["GET", "patch"]);
    assert.deepEqual(orders.headers, ["authorization"]);
    assert.equal(logout?.reads, null, "a GET of /logout may log somebody out");
    assert.deepEqual(logout.methods, ["GET", "PUT"]);
    assert.deepEqual(plan.hosts, ["https://api.example.com"]);
    assert.deepEqual(plan.sends, ["OPTIONS", "GET"]);
  });

  it("stays within the run's budget and says what it leaves out", () => {
    const routes = Array.from({ length: 40 }, (_, index) => ({
      path: `/r${String(index)}`,
      methods: ["GET"],
    }));
    const plan = makePlan({ endpoint: "https://a.test", api: { origins: [], routes } });
    assert.ok(plan.maxRequests <= RUN_BUDGET);
    assert.equal(plan.routes.length + plan.skipped.length, 40);
  });

  it("leaves the fragment to the page, and the query of a base to nobody", () => {
    const urls = (endpoint: string, routes: PlanInput["api"]) =>
      makePlan({ endpoint, ...(routes ? { api: routes } : {}) }).routes.map(({ url }) => url);
    const api = { origins: [], routes: [{ path: "/x", methods: ["GET"] }] };
    assert.deepEqual(urls("https://a.test/o?b=c#d", undefined), ["https://a.test/o?b=c"]);
    assert.deepEqual(urls("https://a.test/prod/?b=c#d", api), ["https://a.test/prod/x"]);
  });

  it("refuses what is no URL and no origin", () => {
    const bad = ["", "ftp://a.test", "a.test", "https://", "https://u:p@a.test"];
    for (const endpoint of bad) assert.throws(() => makePlan({ endpoint }), PlanError, endpoint);
    assert.throws(() => makePlan({ endpoint: "https://a.test", origins: ["app"] }), PlanError);
    const shells = ["null", "capacitor://localhost"];
    assert.deepEqual(makePlan({ endpoint: "https://a.test", origins: shells }).origins, shells);
  });
});

describe("probe", () => {
  let server: Loopback | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const origin = "http://localhost:3000";
  const allow = (asked: string | null) => ({
    ...(asked === origin ? { "Access-Control-Allow-Origin": asked } : {}),
    "Access-Control-Allow-Methods": "GET, PUT",
    "Access-Control-Allow-Headers": "authorization",
    Vary: "Origin",
    "Set-Cookie": "session=hunter2",
  });

  it("gives a verdict for every origin, method and credentials mode", async () => {
    server = await startLoopback((request) => response(200, allow(request.get("origin"))));
    const { verdicts } = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}/x`,
      origins: [origin, "http://localhost:5173"],
      methods: ["GET", "PUT", "DELETE"],
      headers: ["authorization"],
      pace: 0,
    });
    const cell = (from: string, method: string, credentials: string) =>
      verdicts.find((verdict) => {
        const same = verdict.origin === from && verdict.method === method;
        return same && verdict.credentials === credentials;
      });
    assert.equal(verdicts.length, 12);
    // Its own preflight was beyond the budget; another of the same page answered for it.
    assert.equal(cell("http://localhost:5173", "DELETE", "omit")?.certainty, "inferred");
    assert.deepEqual(
      [cell(origin, "GET", "omit")?.verdict, cell(origin, "GET", "omit")?.certainty],
      ["allowed", "exact"],
    );
    assert.deepEqual(
      [cell(origin, "PUT", "omit")?.verdict, cell(origin, "PUT", "omit")?.certainty],
      ["allowed", "inferred"],
    );
    assert.equal(cell(origin, "PUT", "include")?.corsError, "PreflightInvalidAllowCredentials");
    assert.equal(cell(origin, "DELETE", "omit")?.corsError, "MethodDisallowedByPreflightResponse");
    assert.equal(
      cell("http://localhost:5173", "GET", "omit")?.corsError,
      "PreflightMissingAllowOriginHeader",
    );
  });

  it("sends the user's header values to the endpoint alone and shows them nowhere", async () => {
    server = await startLoopback((request) => {
      const location = request.path.startsWith("/x") ? { Location: "/final" } : {};
      const redirects = request.method === "GET" && request.get("origin") === origin;
      return response(redirects && "Location" in location ? 302 : 200, {
        ...allow(request.get("origin")),
        ...location,
      });
    });
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}/x?token=hunter2&a=b`,
      origins: [origin],
      headers: ["Authorization: Bearer hunter2"],
      pace: 0,
    });
    const carrying = server.received.filter((request) => request.get("authorization") !== null);
    assert.deepEqual(
      carrying.map(({ method, path }) => [method, path]),
      [["GET", "/x?token=hunter2&a=b"]],
    );
    assert.doesNotMatch(JSON.stringify(report), /hunter2/);
    assert.doesNotMatch(probeReportText(report), /hunter2/);
  });

  it("hides what the server echoes of a secret, wherever it puts it", async () => {
    server = await startLoopback((request) => {
      const token = request.get("authorization")?.replace("Bearer ", "") ?? "none";
      return response(request.method === "GET" ? 302 : 200, {
        ...allow(request.get("origin")),
        "X-Echo": `you sent ${token}`,
        "Access-Control-Allow-Methods": `GET ${token}`,
        "Content-Type": "application/json",
        Location: `https://user:hunter2hunter2@elsewhere.example/?state=${token}`,
      });
    });
    const { report, recording } = await probeAndRecord({
      endpoint: `http://127.0.0.1:${String(server.port)}/x`,
      origins: [origin],
      headers: ["Authorization: Bearer hunter2hunter2", "Content-Type: application/json"],
      pace: 0,
    });
    for (const text of [JSON.stringify(report), probeReportText(report), recording])
      assert.doesNotMatch(text, /hunter2/);
    assert.match(JSON.stringify(report.exchanges), /you sent \[redacted\]/);
    assert.match(JSON.stringify(report.exchanges), /"Content-Type","application\/json"/);
  });

  it("names drift between the code and the wire, and the layer", async () => {
    server = await startLoopback((request) =>
      response(200, { ...allow(request.get("origin")), "apigw-requestid": "x" }),
    );
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}`,
      api: {
        origins: [origin, "http://localhost:5173"],
        routes: [{ path: "/x", methods: ["PUT"] }],
        declared: {
          allowOrigins: [origin, "http://localhost:5173"],
          allowMethods: ["get", "DELETE"],
          allowHeaders: ["Authorization"],
          allowCredentials: true,
        },
      },
      pace: 0,
    });
    assert.deepEqual(
      report.drift.map(({ field }) => field),
      ["allowMethods", "allowCredentials", "allowOrigins"],
    );
    assert.equal(report.drift[0]?.layer, "an HTTP API of API Gateway");
    assert.match(report.drift[0].message, /allows DELETE, the endpoint's/);
    assert.match(probeReportText(report), /## Drift from the code/);
  });

  it("records what judge can judge again", async () => {
    server = await startLoopback((request) => response(200, allow(request.get("origin"))));
    const { report, recording } = await probeAndRecord({
      endpoint: `http://127.0.0.1:${String(server.port)}/x?token=hunter2`,
      origins: [origin],
      methods: ["GET", "PUT", "DELETE"],
      headers: ["authorization"],
      pace: 0,
    });
    assert.doesNotMatch(recording, /hunter2/);
    const { output, errors } = judgeFile(recording, { har: false, format: "jsonl" });
    assert.deepEqual(errors, []);
    const again = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as VerdictLine);
    assert.deepEqual(
      again.map(({ verdict, corsError }) => [verdict, corsError]),
      report.verdicts.map(({ verdict, corsError }) => [verdict, corsError]),
    );
  });

  it("stops when it is cancelled", async () => {
    const controller = new AbortController();
    server = await startLoopback(() => {
      controller.abort();
      return null;
    });
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}/x`,
      origins: [origin],
      methods: ["PUT"],
      signal: controller.signal,
    });
    assert.equal(report.requests, 1);
    assert.deepEqual(report.findings, []);
    assert.match(report.notes.join(), /cancelled/);
  });

  it("gives up an API of many routes after five answers in a row failed", async () => {
    server = await startLoopback(() => "");
    const routes = Array.from({ length: 12 }, (_, index) => ({
      path: `/${String(index)}`,
      methods: ["GET", "PUT"],
    }));
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}`,
      api: { origins: [origin], routes },
      pace: 0,
    });
    assert.equal(report.requests, 5);
    assert.match(report.notes.join(), /five requests in a row/);
  });

  it("keeps the run's budget over many routes", async () => {
    server = await startLoopback((request) => response(200, allow(request.get("origin"))));
    const routes = Array.from({ length: 15 }, (_, index) => ({
      path: `/${String(index)}/{id}`,
      methods: ["GET", "PUT", "DELETE"],
      headers: ["authorization"],
    }));
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}`,
      api: { origins: [origin], routes },
      pace: 0,
    });
    assert.equal(server.received.length, report.requests);
    assert.ok(report.requests <= RUN_BUDGET);
  });

  it("writes nothing into a request that was read somewhere and is no name", async () => {
    server = await startLoopback(() => response(200));
    const endpoint = `http://127.0.0.1:${String(server.port)}`;
    const evil = "x\r\nEvil: 1";
    const routes = [
      { path: "/x", methods: ["GET", "PUT", `PUT ${evil}`], headers: [evil, "x-good"] },
    ];
    await probe({ endpoint, api: { origins: [origin], routes }, pace: 0 });
    assert.ok(server.received.length > 0);
    for (const request of server.received) assert.equal(request.get("evil"), null);
    for (const headers of [
      [evil],
      [`a: b\r\nEvil: 1`],
      ["Host: evil.example"],
      ["Origin: null"],
      ["Content-Length: 9"],
    ])
      await assert.rejects(probe({ endpoint, origins: [origin], headers, pace: 0 }), PlanError);
    for (const bad of [`https://a.test\r\nEvil: 1`, "https://a.test b"])
      await assert.rejects(probe({ endpoint, origins: [bad], pace: 0 }), PlanError);
  });

  it("sends nothing else to an address that is refused, and counts nothing", async () => {
    const report = await probe({ endpoint: "http://169.254.169.254/latest", origins: [origin] });
    assert.deepEqual([report.requests, report.exchanges.length], [0, 1]);
    assert.match(report.notes.join(), /nothing may be sent there/);
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ["endpoint-unreachable"],
    );
  });

  it("sends a GET that may change something once, where the user asks for it", async () => {
    server = await startLoopback((request) => response(200, allow(request.get("origin"))));
    const endpoint = `http://127.0.0.1:${String(server.port)}/logout`;
    const origins = [origin, "http://localhost:5173"];
    await probe({ endpoint, origins, methods: ["GET", "PUT"], pace: 0 });
    assert.ok(server.received.every(({ method }) => method === "OPTIONS"));
    const { verdicts } = await probe({
      endpoint,
      origins,
      methods: ["GET", "PUT"],
      send: [{ method: "get" }],
      pace: 0,
    });
    assert.deepEqual(
      server.received.filter(({ method }) => method === "GET").map(({ path }) => path),
      ["/logout"],
    );
    const own = verdicts.find((each) => each.method === "GET" && each.origin === origin);
    assert.equal(own?.certainty, "exact");
  });

  it("asks hosts that nobody typed only in public", async () => {
    server = await startLoopback(() => response(200));
    const report = await probe({
      endpoint: `http://127.0.0.1:${String(server.port)}/x`,
      typed: false,
      pace: 0,
    });
    assert.equal(server.received.length, 0);
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ["endpoint-unreachable"],
    );
  });
});

describe("report of a probe", () => {
  it("repeats a verdict with curl, quoted for a shell", () => {
    const verdict = {
      url: "https://a.test/x?a=$(id)&b='",
      origin: "https://app.example.com",
      method: "PUT",
      headers: ["authorization", "content-type"],
      credentials: "omit",
      verdict: "blocked",
      blockedAt: "preflight",
      corsError: null,
      certainty: "exact",
      console: null,
      failedSteps: [],
    } as const;
    assert.equal(
      curlOf(verdict),
      "curl -i -X OPTIONS -H 'Access-Control-Request-Method: PUT' " +
        "-H 'Access-Control-Request-Headers: authorization,content-type' " +
        "-H 'Origin: https://app.example.com' 'https://a.test/x?a=$(id)&b='\\'''",
    );
  });

  it("guesses the layer that answered", () => {
    assert.equal(layerOf([["apigw-requestid", "x"]]), "an HTTP API of API Gateway");
    assert.equal(
      layerOf([
        ["X-Cache", "Error from cloudfront"],
        ["Via", "1.1 x.cloudfront.net (CloudFront)"],
      ]),
      "CloudFront itself",
    );
    assert.match(layerOf([["x-amzn-errortype", "ForbiddenException"]]) ?? "", /API Gateway itself/);
    assert.equal(layerOf([]), null);
  });

  it("hides secrets in queries", () => {
    assert.equal(
      redactUrl("https://a.test/?access_token=x&page=2&X-Amz-Signature=y&code=z#f"),
      "https://a.test/?access_token=[redacted]&page=2&X-Amz-Signature=[redacted]&code=[redacted]#f",
    );
  });
});
