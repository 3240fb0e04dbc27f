import assert from "node:assert/strict";
import { judgeFile, type VerdictLine } from "../../server/src/probe/judge-file";

type Fields = Readonly<Record<string, string>>;
const pairs = (headers: Fields) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** An entry as Chrome's DevTools export it, with what nobody needs. */
function chrome(
  type: string,
  method: string,
  url: string,
  sent: Fields,
  answer: { status: number; headers?: Fields; error?: string } = { status: 0 },
) {
  return {
    _initiator: { type: "script", stack: { callFrames: [] } },
    _priority: "High",
    _resourceType: type,
    cache: {},
    connection: "443",
    startedDateTime: "2026-11-27T20:00:00.000Z",
    time: 12.3,
    timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 0, wait: 2, receive: 1 },
    request: {
      method,
      url,
      httpVersion: "http/2.0",
      headers: pairs({ ":authority": "api.test", ":method": method, ...sent }),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: answer.status,
      statusText: "",
      httpVersion: "http/2.0",
      headers: pairs(answer.headers ?? {}),
      cookies: [],
      content: { size: 0, mimeType: "x-unknown", text: "\u0000\ud83d", encoding: "base64" },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      _transferSize: 0,
      _error: answer.error ?? null,
    },
    ...(answer.error === undefined ? {} : { _error: answer.error }),
  };
}

function judged(...entries: object[]): readonly VerdictLine[] {
  const har = {
    log: {
      version: "1.2",
      creator: { name: "WebInspector", version: "537.36" },
      pages: [],
      entries,
    },
  };
  const { output, errors } = judgeFile(JSON.stringify(har), { har: true, format: "jsonl" });
  assert.deepEqual(errors, []);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as VerdictLine);
}

const url = "https://api.test/orders";
const app = "https://app.test";
const cors = { origin: app, referer: `${app}/`, "sec-fetch-mode": "cors", "sec-ch-ua": '"x"' };
const asks = {
  ...cors,
  "access-control-request-method": "PUT",
  "access-control-request-headers": "authorization,content-type",
};
const allowed = {
  "access-control-allow-origin": app,
  "access-control-allow-methods": "PUT",
  "access-control-allow-headers": "authorization,content-type",
};

describe("HAR files of real browsers", () => {
  it("Chrome: a request that its preflight kept back has provisional headers, without Origin", () => {
    const provisional = {
      Referer: `${app}/`,
      "Content-Type": "application/json",
      "User-Agent": "x",
    };
    const [line, ...more] = judged(
      chrome("fetch", "PUT", url, provisional, { status: 0, error: "net::ERR_FAILED" }),
      chrome("preflight", "OPTIONS", url, asks, { status: 403 }),
    );
    assert.deepEqual(more, []);
    assert.deepEqual([line?.id, line?.corsError], ["entry 0", "PreflightMissingAllowOriginHeader"]);
  });

  it("Chrome: what was sent with cookies is told by its failure where the export left them out", () => {
    const preflight = chrome("preflight", "OPTIONS", url, asks, { status: 204, headers: allowed });
    const request = { ...cors, "content-type": "application/json" };
    const failed = chrome("fetch", "PUT", url, request, { status: 0, error: "net::ERR_FAILED" });
    assert.equal(judged(preflight, failed)[0]?.corsError, "PreflightInvalidAllowCredentials");
    const star = { "access-control-allow-origin": "*" };
    const get = (error?: string) =>
      judged(
        chrome("xhr", "GET", url, cors, {
          status: 200,
          headers: star,
          ...(error ? { error } : {}),
        }),
      )[0];
    assert.equal(get("net::ERR_FAILED")?.corsError, "WildcardOriginNotAllowed");
    assert.equal(get()?.verdict, "allowed", "it succeeded");
    assert.equal(get("net::ERR_ABORTED")?.verdict, "allowed", "the user left");
  });

  it("Chrome: a preflight alone is judged with credentials where only they explain that nothing followed", () => {
    const preflight = chrome("preflight", "OPTIONS", url, asks, { status: 204, headers: allowed });
    assert.equal(judged(preflight)[0]?.corsError, "PreflightInvalidAllowCredentials");
    const { origin, ...anonymous } = cors;
    void origin;
    const answered = chrome("fetch", "PUT", url, anonymous, { status: 200, headers: allowed });
    assert.deepEqual(
      judged(preflight, answered).map(({ verdict }) => verdict),
      ["allowed"],
    );
  });

  it("navigations, forms, beacons, sockets and images ask nothing", () => {
    const entries = [
      chrome("document", "POST", "https://login.test/", { origin: app }, { status: 302 }),
      chrome(
        "other",
        "POST",
        "https://login.test/",
        { origin: app, "upgrade-insecure-requests": "1" },
        { status: 200 },
      ),
      chrome("ping", "POST", "https://stats.test/", { origin: app }, { status: 204 }),
      chrome(
        "fetch",
        "POST",
        "https://stats.test/",
        { origin: app, "sec-fetch-mode": "no-cors" },
        { status: 200 },
      ),
      chrome("websocket", "GET", "wss://live.test/", { origin: app }, { status: 101 }),
      chrome("image", "GET", "https://img.test/a.png", {}, { status: 200 }),
      chrome("script", "GET", "data:text/javascript,1", {}, { status: 200 }),
    ];
    assert.deepEqual(judged(...entries), []);
  });

  it("fonts and module scripts are CORS without a preflight, whatever the browser adds", () => {
    const sent = { ...cors, "x-client-data": "abc", priority: "u=1", "if-none-match": '"1"' };
    const [line] = judged(
      chrome("font", "GET", "https://cdn.test/f.woff2", sent, {
        status: 304,
        headers: { "access-control-allow-origin": "*" },
      }),
    );
    assert.deepEqual([line?.verdict, line?.failedSteps], ["allowed", []]);
  });

  it("Firefox: OPTIONS first, no resource types, a blocked request has no status", () => {
    const firefox = (method: string, sent: Fields, status: number, headers: Fields = {}) => ({
      startedDateTime: "2026-11-27T21:00:00.000+01:00",
      request: {
        bodySize: 0,
        method,
        url,
        httpVersion: "HTTP/2",
        headers: pairs(sent),
        cookies: [],
        queryString: [],
        headersSize: 500,
      },
      response: {
        status,
        statusText: "",
        httpVersion: "",
        headers: pairs(headers),
        cookies: [],
        content: { mimeType: "", size: 0, text: "" },
        redirectURL: "",
        headersSize: -1,
        bodySize: -1,
      },
      cache: {},
      timings: {},
      time: 0,
    });
    const request = {
      Host: "api.test",
      Origin: app,
      Cookie: "a=b",
      Priority: "u=4",
      "Alt-Used": "api.test",
      "Content-Type": "application/json",
    };
    const [line, ...more] = judged(
      firefox(
        "OPTIONS",
        {
          Host: "api.test",
          Origin: app,
          "Access-Control-Request-Method": "PUT",
          "Access-Control-Request-Headers": "content-type",
        },
        200,
        { "access-control-allow-origin": "*" },
      ),
      firefox("PUT", request, 0),
    );
    assert.deepEqual(more, []);
    assert.equal(line?.corsError, "PreflightWildcardOriginNotAllowed");
    assert.ok(
      line.failedSteps.includes("preflight-method-allowed"),
      "all later faults are told as well",
    );
  });

  it("Safari: no preflights, and fields that are missing", () => {
    const entry = {
      request: {
        method: "GET",
        url,
        headers: pairs({ Accept: "*/*", Origin: app }),
        postData: null,
      },
      response: { status: "200", headers: pairs({ "Access-Control-Allow-Origin": `${app}/` }) },
    };
    assert.equal(judged(entry)[0]?.corsError, "AllowOriginMismatch");
    assert.deepEqual(judged({ request: { method: "GET", url } }), []);
  });

  it("two lines that an exporter wrote as one are two", () => {
    const twice = { "Access-Control-Allow-Origin": `${app}\n${app}`, "Set-Cookie": "a=b\nc=d" };
    const [line] = judged(chrome("fetch", "GET", url, cors, { status: 200, headers: twice }));
    assert.equal(line?.corsError, "MultipleAllowOriginValues");
  });

  it("one broken entry hides no other", () => {
    const good = chrome("fetch", "GET", url, cors, { status: 200 });
    const broken = [
      null,
      { request: { url: 7 } },
      { request: { method: "GET", url, headers: [7] } },
    ];
    const har = JSON.stringify({ log: { entries: [...broken, good] } });
    const { output, errors, exitCode } = judgeFile(har, { har: true, format: "jsonl" });
    assert.match(output, /^\{"id":"entry 3","verdict":"blocked"/);
    assert.equal(exitCode, 2);
    assert.deepEqual(
      errors.map((error) => error.split(":")[0]),
      ["entry 0", "entry 1", "entry 2"],
    );
  });

  it("thousands of entries are judged in one go", () => {
    // Every second one is a poll of one address.
    const path = (index: number) => (index % 2 === 0 ? url : `${url}/${String(index)}`);
    const many = Array.from({ length: 3000 }, (_, index) => [
      chrome("preflight", "OPTIONS", path(index), asks, {
        status: 204,
        headers: allowed,
      }),
      chrome(
        "fetch",
        "PUT",
        path(index),
        { ...cors, authorization: "x", "content-type": "application/json" },
        { status: 200, headers: allowed },
      ),
    ]).flat();
    const lines = judged(...many);
    assert.equal(lines.length, 3000);
    assert.ok(lines.every(({ verdict }) => verdict === "allowed"));
  });
});
