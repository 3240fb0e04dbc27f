import assert from "node:assert/strict";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { PROBE_ONLY_IDS, SOURCE_IDS } from "../../server/src/probe/finding";
import { ROUTE_BUDGET, RUN_BUDGET } from "../../server/src/probe/plan";
import { wasSent } from "../../server/src/probe/wire";
import { probeReportText } from "../../server/src/probe/report-text";
import { probe, type ProbeReport } from "../../server/src/probe/run";
import { makeCertificates } from "../browser/certificate";
import { response, startLoopback, type Loopback, type Received, type Respond } from "./loopback";
import { zoo } from "./zoo";
import { isPreflight, PAGE, type Exhibit } from "./zoo-server";

const trusted = makeCertificates(["api.example.com"]);
const untrusted = makeCertificates(["api.example.com"]);

describe("probe of the loopback zoo", () => {
  it("has enough exhibits and every id", () => {
    assert.ok(zoo.length >= 40);
    const shown = new Set(zoo.flatMap(({ finds }) => finds));
    assert.deepEqual(
      [...PROBE_ONLY_IDS, ...SOURCE_IDS].filter((id) => !shown.has(id)),
      [],
    );
  });

  for (const exhibit of zoo) {
    it(`${exhibit.name}: ${exhibit.finds.join(", ") || "nothing to say"}`, async () => {
      const { report, received } = await visit(exhibit);
      assert.deepEqual(
        ids(report),
        [...exhibit.finds].sort(),
        JSON.stringify(report.findings, null, 1),
      );
      if (exhibit.note !== undefined) assert.match(report.notes.join("\n"), exhibit.note);
      assertPolite(report, received);
      assertReadable(report);
    });
  }
});

/** The lines of a report below a heading. */
function section(report: ProbeReport, name: string): readonly string[] {
  const lines = probeReportText(report).split("\n");
  const start = lines.indexOf(`## ${name}`);
  const end = lines.findIndex((line, i) => i > start && line.startsWith("## "));
  return start < 0 ? [] : lines.slice(start + 1, end < 0 ? lines.length : end);
}

describe("report of a probe: one story", () => {
  const refuses: Respond = (request) =>
    isPreflight(request)
      ? response(500)
      : response(200, { "Access-Control-Allow-Origin": PAGE, Vary: "Origin" });

  it("says what a fetch meets at the target of a redirect, which is not asked", async () => {
    const to =
      (location: string): Respond =>
      (request) =>
        isPreflight(request)
          ? response(204, { "Access-Control-Allow-Origin": PAGE })
          : response(302, { "Access-Control-Allow-Origin": PAGE, Location: location });
    const told = async (location: string): Promise<string> => {
      const { report } = await visit({ name: "", respond: to(location), finds: [] });
      return probeReportText(report);
    };
    assert.match(
      await told("https://login.example.org/"),
      /redirected to https:\/\/login\.example\.org\/, which was not asked: a fetch asks it as null/,
    );
    assert.match(await told("http://api.example.com/x"), /^error mixed-content/m);
  });

  it("does not block a GET that asks for no permission", async () => {
    const { report } = await visit({
      name: "",
      respond: refuses,
      finds: [],
      options: { methods: ["GET"] },
    });
    assert.match(section(report, "Verdicts").join("\n"), /GET +allowed/);
    assert.deepEqual(
      report.findings.filter(({ severity }) => severity === "error"),
      [],
    );
    assert.doesNotMatch(probeReportText(report), /block GET/);
  });

  it("names the methods that are blocked, and no others", async () => {
    const { report } = await visit({
      name: "",
      respond: refuses,
      finds: [],
      options: { methods: ["GET", "PUT"] },
    });
    const [found] = report.findings;
    assert.match(found?.message ?? "", /so browsers block PUT\.\n/);
  });

  it("gives the fix of the step that fails, and tells each cause once", async () => {
    const respond: Respond = (request) =>
      isPreflight(request)
        ? response(204, {
            "Access-Control-Allow-Origin": PAGE,
            "Access-Control-Allow-Credentials": "True",
            "Access-Control-Allow-Methods": "GET",
            Vary: "Origin",
          })
        : response(200, { "Access-Control-Allow-Origin": PAGE, Vary: "Origin" });
    const options = { methods: ["PUT", "DELETE", "PATCH"], credentials: true };
    const { report } = await visit({ name: "", respond, finds: [], options });
    const lines = section(report, "Blocked");
    for (const [i, line] of lines.entries()) {
      if (!line.startsWith("fix: ")) continue;
      const step = lines.slice(0, i).findLast((each) => each.startsWith("fails: "));
      const rule = step?.includes("credentials")
        ? "credentials-value-invalid"
        : "allow-methods-missing";
      assert.ok(line.endsWith(`(${rule})`), `${step ?? ""} ${line}`);
    }
    const heads = lines.filter((line) => line.startsWith("### "));
    assert.equal(heads.length, 2, lines.join("\n"));
    assert.equal(lines.filter((line) => line.startsWith("also: ")).length, 4);
  });

  it("tells another page's cached answer from a list that lacks the page", async () => {
    const other = "https://other.example.com";
    const cached =
      (hit: string): Respond =>
      () =>
        response(200, {
          "Access-Control-Allow-Origin": other,
          "Access-Control-Allow-Headers": "content-type",
          Vary: "Origin",
          "X-Cache": hit,
        });
    const options = { origins: [PAGE, other], methods: ["GET"] };
    const hit = await visit({
      name: "",
      respond: cached("Hit from cloudfront"),
      finds: [],
      options,
    });
    assert.ok(ids(hit.report).includes("cdn-caches-one-origin"));
    const miss = await visit({
      name: "",
      respond: cached("Miss from cloudfront"),
      finds: [],
      options,
    });
    assert.ok(!ids(miss.report).includes("cdn-caches-one-origin"));
  });
});

const ids = (report: ProbeReport) => [...new Set(report.findings.map(({ rule }) => rule))].sort();

async function visit(
  exhibit: Exhibit,
): Promise<{ report: ProbeReport; received: readonly Received[] }> {
  const { at } = exhibit;
  const certificate = at === "untrusted" ? untrusted.leaf : trusted.leaf;
  const server =
    at === "h2"
      ? await startHttp2(exhibit.respond)
      : await startLoopback(
          exhibit.respond,
          at === "http" || at === "http-loopback" ? undefined : certificate,
        );
  if (at === "closed") await server.close();
  const port = String(server.port);
  const host = at === "http-loopback" ? "127.0.0.1" : "api.example.com";
  const scheme = at === "http" || at === "http-loopback" ? "http" : "https";
  const override = { host, port: server.port, address: "127.0.0.1" };
  try {
    const report = await probe({
      endpoint: `${scheme}://${host}:${port}${exhibit.options?.api === undefined ? "/orders" : ""}`,
      origins: [PAGE],
      resolve: at === "http-loopback" ? [] : [override],
      ca: trusted.ca,
      pace: 0,
      ...exhibit.options,
    });
    return { report, received: server.received };
  } finally {
    await server.close();
  }
}

/** HTTP/2 alone, answering what the HTTP/1.1 text says. */
async function startHttp2(respond: Respond): Promise<Loopback> {
  const received: Received[] = [];
  const server = createSecureServer({ ...trusted.leaf, allowHTTP1: false });
  server.on("stream", (stream, headers) => {
    const get = (name: string) => {
      const value = headers[name];
      return typeof value === "string" ? value : null;
    };
    const request = { method: get(":method") ?? "", path: get(":path") ?? "", headers: [], get };
    received.push(request);
    const [statusLine = "", ...lines] = (respond(request, stream as never) ?? "")
      .trim()
      .split("\r\n");
    const fields = lines.map((line) => line.split(": ") as [string, string]);
    stream.respond({ ":status": Number(statusLine.split(" ")[1]), ...Object.fromEntries(fields) });
    stream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Safety: budgets, methods, no secrets in preflights, foreign origins only on fresh queries. */
function assertPolite(report: ProbeReport, received: readonly Received[]): void {
  assert.ok(received.length <= report.requests, "more arrived than was counted");
  assert.ok(report.requests <= RUN_BUDGET && report.requests <= ROUTE_BUDGET);
  assert.equal(report.exchanges.filter(wasSent).length, report.requests);
  for (const request of received) {
    assert.ok(["OPTIONS", "GET", "HEAD"].includes(request.method), request.method);
    assert.equal(request.get("cookie"), null);
    if (request.method === "OPTIONS") assert.equal(request.get("authorization"), null);
    const origin = request.get("origin");
    const pages = [PAGE, "http://localhost:3000"];
    if (origin !== null && !pages.includes(origin)) assert.match(request.path, /__cors_probe=/);
  }
}

function assertReadable(report: ProbeReport): void {
  const text = probeReportText(report);
  assert.doesNotMatch(text, /[\0-\x08\x0b-\x1f\x7f]|undefined|\[object/);
  for (const { rule } of report.findings) assert.ok(text.includes(rule));
  for (const { message } of report.findings) {
    const [first = "", second = ""] = message.split("\n");
    assert.ok(first !== "" && second !== "", message);
  }
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
}
