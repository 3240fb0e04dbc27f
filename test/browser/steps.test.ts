import assert from "node:assert/strict";
import {
  addressSpace,
  exposedHeaders,
  extractHeaderListValues,
  FAILURE,
  isForbiddenRequestHeader,
  isSafelistedRequestHeader,
  judge,
  normalizeMethod,
  permissionNeeded,
  PROFILES,
  readResponseHead,
  requestHeaders,
  stageOf,
  STEP_IDS,
  STEPS,
  unsafeRequestHeaderNames,
  type Exchange,
  type Header,
  type ScriptRequest,
} from "../../shared/src/browser";

const request: ScriptRequest = {
  origin: "https://app.example.com",
  url: "https://api.example.com/x",
  method: "GET",
  headers: [],
  credentials: "omit",
  mode: "cors",
  redirect: "follow",
  api: "fetch",
  body: null,
};

describe("steps", () => {
  it("have a sentence and a stage each, in the order of the procedure", () => {
    const stages = STEP_IDS.map(stageOf);
    const order = ["gate", "preflight", "response"];
    assert.deepEqual(
      stages,
      [...stages].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    );
    for (const id of STEP_IDS) assert.match(STEPS[id], /^[A-Z].*\.$/, id);
  });
});

describe("CORS-safelisted request-headers", () => {
  const safe: readonly Header[] = [
    ["Accept", "application/json"],
    ["accept", "*/*;q=0.1\t"],
    ["Accept-Language", "en-US,en;q=0.9"],
    ["Content-Type", "text/plain"],
    ["CONTENT-TYPE", "TEXT/Plain;garbage"],
    ["Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"],
    ["Range", "bytes=0-99"],
    ["Range", "bytes=5-"],
    ["Accept", "a".repeat(128)],
  ];
  const unsafe: readonly Header[] = [
    ["Accept", "a(b"],
    ["Accept", "a".repeat(129)],
    ["Accept-Language", "en_US"],
    ["Content-Type", "application/json"],
    ["Content-Type", "text /plain"],
    ["Content-Type", "text/plain, application/json"],
    ["Content-Type", 'text/plain;x="y"'],
    ["Content-Type", ""],
    ["Range", "bytes=-500"],
    ["Range", "bytes=9-0"],
    ["Range", "bytes=0-1,2-3"],
    ["Range", "BYTES=0-9"],
    ["X-Custom", ""],
    ["Last-Event-ID", "1"],
    ["Cache-Control", "no-cache"],
  ];
  for (const [name, value] of safe) {
    it(`needs no preflight: ${name}: ${value.slice(0, 40)}`, () => {
      assert.ok(isSafelistedRequestHeader(name, value, PROFILES.standard));
    });
  }
  for (const [name, value] of unsafe) {
    it(`needs a preflight: ${name}: ${value.slice(0, 40)}`, () => {
      assert.ok(!isSafelistedRequestHeader(name, value, PROFILES.standard));
    });
  }

  it("become unsafe together when their values are longer than 1024 bytes", () => {
    const many = (count: number): Header[] =>
      Array.from({ length: count }, () => ["Accept", "a".repeat(128)]);
    assert.deepEqual(unsafeRequestHeaderNames(many(8), PROFILES.standard), []);
    assert.deepEqual(unsafeRequestHeaderNames(many(9), PROFILES.standard), ["accept"]);
  });

  it("include Chromium's client hints only in Chromium", () => {
    assert.ok(isSafelistedRequestHeader("DPR", "1.5", PROFILES.browsers));
    assert.ok(!isSafelistedRequestHeader("DPR", "x", PROFILES.browsers));
    assert.ok(!isSafelistedRequestHeader("DPR", "1.5", PROFILES.firefox));
  });
});

describe("request headers that script may not set", () => {
  it("are dropped", () => {
    for (const name of ["Cookie", "host", "Sec-Foo", "proxy-x", "DNT"]) {
      assert.ok(isForbiddenRequestHeader(name, "x"), name);
    }
    assert.ok(isForbiddenRequestHeader("X-HTTP-Method-Override", 'PUT, "a,b", track'));
    assert.ok(!isForbiddenRequestHeader("X-HTTP-Method-Override", "PUT"));
  });

  it("leave the Content-Type that the body implies", () => {
    const type = (body: string) => requestHeaders([], body, PROFILES.browsers)[0]?.[1];
    assert.equal(type("string"), "text/plain;charset=UTF-8");
    assert.equal(type("blob:Application/JSON"), "application/json");
    assert.equal(type("blob:"), undefined);
    assert.equal(type("bytes"), undefined);
  });
});

describe("methods", () => {
  it("are normalized but for patch", () => {
    assert.deepEqual(["delete", "Get", "patch", "QUERY"].map(normalizeMethod), [
      "DELETE",
      "GET",
      "patch",
      "QUERY",
    ]);
  });
});

describe("extract header list values", () => {
  const list = (...values: string[]) =>
    extractHeaderListValues(
      values.map((value) => ["X", value]),
      "x",
    );
  it("joins fields, trims, ignores empty elements", () => {
    assert.deepEqual(list("a, b,,", "\tc"), ["a", "b", "c"]);
    assert.deepEqual(list(""), []);
    assert.equal(extractHeaderListValues([], "x"), null);
  });
  for (const bad of ["a b", "a;b", '"a"', "a:b", "\xa0a", "a/b"]) {
    it(`fails on ${JSON.stringify(bad)}`, () => assert.equal(list("ok", bad), FAILURE));
  }
});

describe("exposed headers", () => {
  const headers: Header[] = [
    ["X-Total", "1"],
    ["Set-Cookie", "a=b"],
    ["Content-Type", "text/html"],
  ];
  it("are the safelist, the listed ones, and all by * without credentials", () => {
    const expose = (value: string): Header[] => [
      ...headers,
      ["Access-Control-Expose-Headers", value],
    ];
    assert.deepEqual(exposedHeaders(headers, "cors", "omit"), ["content-type"]);
    assert.deepEqual(exposedHeaders(expose("x-total, Set-Cookie"), "cors", "include"), [
      "content-type",
      "x-total",
    ]);
    assert.deepEqual(exposedHeaders(expose("*"), "cors", "include"), ["content-type"]);
    assert.ok(exposedHeaders(expose("*"), "cors", "omit").includes("x-total"));
    assert.deepEqual(exposedHeaders(expose('"x-total"'), "cors", "omit"), ["content-type"]);
  });
});

describe("console sentences of XMLHttpRequest", () => {
  const xhr = (headers: Header[]): Exchange => ({
    request: { ...request, api: "xhr", credentials: "include" },
    preflightResponse: null,
    actualResponse: { status: 200, headers },
  });
  it("name XMLHttpRequest and its credentials attribute", () => {
    assert.equal(
      judge(xhr([["Access-Control-Allow-Origin", "*"]])).console,
      "Access to XMLHttpRequest at 'https://api.example.com/x' from origin 'https://app.example.com' " +
        "has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in " +
        "the response must not be the wildcard '*' when the request's credentials mode is 'include'. " +
        "The credentials mode of requests initiated by the XMLHttpRequest is controlled by the " +
        "withCredentials attribute.",
    );
  });
  it("give no advice about the value", () => {
    assert.match(
      judge(xhr([["Access-Control-Allow-Origin", "null"]])).console ?? "",
      /has a value 'null' that is not equal to the supplied origin\.$/,
    );
  });
});

describe("gates before CORS", () => {
  const step = (change: Partial<ScriptRequest>) => {
    const exchange = { preflightResponse: null, actualResponse: { status: 200, headers: [] } };
    const judged = judge({ ...exchange, request: { ...request, ...change } });
    assert.equal(judged.blockedAt, null);
    return judged.failures[0]?.step;
  };
  it("stop what never becomes a request", () => {
    assert.equal(step({ url: "https://" }), "gate-url");
    assert.equal(step({ url: "ftp://api.example.com/" }), "gate-scheme");
    assert.equal(step({ url: "https://u:p@api.example.com/" }), "gate-userinfo");
    assert.equal(step({ method: "TRACE" }), "gate-method");
    assert.equal(step({ url: "https://api.example.com:6000/" }), "gate-port");
    assert.equal(step({ url: "http://api.example.com/" }), "gate-mixed-content");
    assert.equal(step({ mode: "same-origin" }), "gate-same-origin-mode");
    assert.equal(step({ mode: "no-cors", method: "PUT" }), "gate-no-cors-method");
  });
  it("let an https page ask http://localhost, as Chromium does", () => {
    const exchange: Exchange = {
      request: { ...request, url: "http://localhost:8000/" },
      preflightResponse: null,
      actualResponse: { status: 200, headers: [["Access-Control-Allow-Origin", "*"]] },
    };
    assert.equal(judge(exchange).verdict, "allowed");
    assert.equal(judge(exchange, "webkit").failures[0]?.step, "gate-mixed-content");
  });
});

describe("address spaces", () => {
  it("are told from the address", () => {
    const spaces = ["127.9.9.9", "::1", "10.0.0.1", "172.31.1.1", "100.64.0.1", "fe80::1%eth0"];
    assert.deepEqual(spaces.map(addressSpace), [
      "loopback",
      "loopback",
      "local",
      "local",
      "local",
      "local",
    ]);
    assert.deepEqual(["172.32.0.1", "8.8.8.8", "2606::1"].map(addressSpace), [
      "public",
      "public",
      "public",
    ]);
    assert.equal(addressSpace("::ffff:127.0.0.1"), "loopback");
    assert.equal(addressSpace("example.com"), null);
  });
  it("ask for permission only towards the more private", () => {
    assert.equal(permissionNeeded("https://app.example.com", "127.0.0.1"), "loopback");
    assert.equal(permissionNeeded("https://app.example.com", "192.168.1.2"), "local");
    assert.equal(permissionNeeded("http://localhost:3000", "127.0.0.1"), null);
    assert.equal(permissionNeeded("http://10.0.0.2", "10.0.0.1"), null);
    assert.equal(permissionNeeded("https://app.example.com", "8.8.8.8"), null);
  });
});

describe("response heads as Chromium reads them", () => {
  const read = (...lines: string[]) => readResponseHead(lines.join("\r\n") + "\r\n\r\n", true);
  const origin = (...lines: string[]) => {
    const result = read("HTTP/1.1 200 OK", ...lines);
    assert.equal(result.kind, "head");
    return result.kind === "head" ? result.head.headers : [];
  };
  const allow: Header = ["Access-Control-Allow-Origin", "*"];
  const tolerated: Readonly<Record<string, string[]>> = {
    "a blank before the colon": ["Access-Control-Allow-Origin : *"],
    "a line without a colon": ["garbage", "Access-Control-Allow-Origin: *"],
    "a line without a name": [": x", "Access-Control-Allow-Origin: *"],
    "a first line that starts with a blank": [" x: y", "Access-Control-Allow-Origin: *"],
    "a folded value": ["Access-Control-Allow-Origin:", " *"],
  };
  for (const [what, lines] of Object.entries(tolerated)) {
    it(`tolerates ${what}`, () => {
      const headers = origin(...lines);
      assert.deepEqual(
        headers.map(([name, value]) => [name, value.trim()]),
        [allow],
      );
    });
  }
  it("ignores Access-Control-Allow-Origin as a first line that starts with a blank", () => {
    assert.deepEqual(origin(" Access-Control-Allow-Origin: *"), []);
  });
  it("joins folded lines with one blank", () => {
    assert.deepEqual(origin("X: a", "\t  b"), [["X", "a b"]]);
  });
  it("keeps bytes that are neither SP nor HTAB", () => {
    assert.deepEqual(origin("X: \xa0a\x0b\t"), [["X", "\xa0a\x0b"]]);
  });
  it("accepts bare LF and odd status codes", () => {
    for (const status of [99, 600, 999, 1000]) {
      const result = readResponseHead(`HTTP/1.1 ${String(status)} X\nA: b\n\n`, true);
      assert.equal(result.kind === "head" ? result.head.status : 0, status);
    }
  });
  it("skips heads of status 1xx and what they say", () => {
    const result = read("HTTP/1.1 103 Early Hints", "A: b", "", "HTTP/1.1 204 No Content", "C: d");
    assert.deepEqual(result.kind === "head" ? result.head.headers : [], [["C", "d"]]);
  });
  it("refuses NUL, other protocols, two Locations, an unfinished head", () => {
    const error = (bytes: string) => {
      const result = readResponseHead(bytes, true);
      return result.kind === "invalid" ? result.netError : result.kind;
    };
    assert.equal(error("HTTP/1.1 200 OK\r\nX: a\0\r\n\r\n"), "net::ERR_INVALID_HTTP_RESPONSE");
    assert.equal(error("SSH-2.0-OpenSSH_9.6\r\n"), "net::ERR_INVALID_HTTP_RESPONSE");
    assert.equal(
      error("HTTP/1.1 301 X\r\nLocation: /a\r\nLocation: /b\r\n\r\n"),
      "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
    );
    assert.equal(error("HTTP/1.1 200 OK\r\nX: a\r\n"), "net::ERR_RESPONSE_HEADERS_TRUNCATED");
    assert.equal(error(""), "net::ERR_EMPTY_RESPONSE");
  });
  it("waits for the end of the head", () => {
    assert.equal(readResponseHead("HTTP/1.1 200 OK\r\nX: a\r\n", false).kind, "incomplete");
    assert.equal(readResponseHead("HT", false).kind, "incomplete");
  });
});
