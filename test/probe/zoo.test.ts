import assert from "node:assert/strict";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { PROBE_ONLY_IDS, SOURCE_IDS } from "../../server/src/probe/finding";
import { ROUTE_BUDGET, RUN_BUDGET } from "../../server/src/probe/plan";
import { wasSent } from "../../server/src/probe/wire";
import { probeReportText } from "../../server/src/probe/report-text";
import { probe, type ProbeReport } from "../../server/src/probe/run";
import { makeCertificates } from "../browser/certificate";
import { startLoopback, type Loopback, type Received, type Respond } from "./loopback";
import { zoo } from "./zoo";
import { PAGE, type Exhibit } from "./zoo-server";

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
