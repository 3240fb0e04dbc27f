import assert from "node:assert/strict";
import { judgeFile, type VerdictLine } from "../../server/src/probe/judge-file";
import { recordedCases } from "../browser/recorded";

const lines = (output: string) =>
  output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as VerdictLine);

describe("judge FILE", () => {
  it("judges the recorded data as Chromium did, one line each", () => {
    const text = recordedCases.map((recorded) => JSON.stringify(recorded)).join("\n");
    const { output, exitCode, errors } = judgeFile(text, { har: false, format: "jsonl" });
    assert.deepEqual([exitCode, errors], [0, []]);
    const wanted = recordedCases.map(({ id, verdict, blockedAt, corsError }) => {
      return { id, verdict, blockedAt, corsError };
    });
    const got = lines(output).map(({ id, verdict, blockedAt, corsError }) => {
      return { id, verdict, blockedAt, corsError };
    });
    assert.deepEqual(got, wanted);
  });

  it("prints exactly the documented fields", () => {
    const line = JSON.stringify({ request: { origin: "https://a.test", url: "https://b.test/" } });
    const { output } = judgeFile(line, { har: false, format: "jsonl" });
    assert.deepEqual(lines(output), [
      {
        id: "line 1",
        verdict: "allowed",
        blockedAt: null,
        corsError: null,
        failedSteps: [],
        console: null,
      },
    ]);
  });

  it("judges what it can and names the lines that it cannot read", () => {
    const good = JSON.stringify(recordedCases[0]);
    const bad = ["{", "7", '{"request":{}}', '{"request":{"origin":"x","url":"y","headers":[1]}}'];
    const { output, exitCode, errors } = judgeFile([...bad, good].join("\r\n"), {
      har: false,
      format: "jsonl",
    });
    assert.equal(exitCode, 2);
    assert.deepEqual(
      errors.map((error) => error.slice(0, 7)),
      ["line 1:", "line 2:", "line 3:", "line 4:"],
    );
    assert.equal(lines(output).length, 1);
  });

  it("says in words what fails and what would fail next", () => {
    const exchange = {
      id: "orders",
      request: { origin: "https://a.test", url: "https://b.test/x", method: "PUT" },
      preflightResponse: { status: 404, headers: [["X-\u001b[2J", "y"]] },
    };
    const { output } = judgeFile(JSON.stringify(exchange), { har: false, format: "text" });
    assert.equal(
      output,
      `orders: blocked at the preflight: PUT https://b.test/x from https://a.test
  Access to fetch at 'https://b.test/x' from origin 'https://a.test' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.
  fails: preflight-allow-origin-present
  would fail next: preflight-status-ok, preflight-method-allowed
  not recorded, taken for good: response

1 judged, 1 blocked.
`,
    );
  });
});

describe("judge --har", () => {
  const pairs = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => ({ name, value }));
  const entry = (
    method: string,
    url: string,
    sent: Readonly<Record<string, string>>,
    status: number,
    received: Readonly<Record<string, string>> = {},
  ) => ({
    request: { method, url, headers: pairs(sent) },
    response: { status, headers: pairs(received) },
  });
  const judged = (...entries: object[]) => {
    const result = judgeFile(JSON.stringify({ log: { entries } }), { har: true, format: "jsonl" });
    assert.deepEqual(result.errors, []);
    return result.output === "" ? [] : lines(result.output);
  };
  const page = { Origin: "https://a.test", "User-Agent": "x", ":authority": "b.test" };

  it("joins a request with its preflight, whichever comes first", () => {
    const request = entry(
      "PUT",
      "https://b.test/x",
      { ...page, "Content-Type": "application/json" },
      0,
    );
    const preflight = entry(
      "OPTIONS",
      "https://b.test/x",
      {
        ...page,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
      },
      204,
      { "Access-Control-Allow-Origin": "https://a.test", "Access-Control-Allow-Methods": "PUT" },
    );
    for (const entries of [
      [request, preflight],
      [preflight, request],
    ]) {
      const [line, ...more] = judged(...entries);
      assert.deepEqual(more, []);
      assert.deepEqual(line?.failedSteps, ["preflight-header-allowed"]);
      assert.equal(line.blockedAt, "preflight");
    }
  });

  it("takes a cookie for credentials", () => {
    const [line] = judged(
      entry("GET", "https://b.test/x", { ...page, Cookie: "a=b" }, 200, {
        "Access-Control-Allow-Origin": "*",
      }),
    );
    assert.equal(line?.corsError, "WildcardOriginNotAllowed");
  });

  it("follows redirects through the entries", () => {
    const [line, ...more] = judged(
      entry("GET", "https://b.test/x", page, 302, {
        "Access-Control-Allow-Origin": "*",
        Location: "https://c.test/y",
      }),
      entry("GET", "https://c.test/y", { ...page, Origin: "null" }, 200, {
        "Access-Control-Allow-Origin": "https://a.test",
      }),
    );
    assert.deepEqual(more, []);
    assert.equal(line?.corsError, "AllowOriginMismatch");
  });

  it("judges a preflight whose request was never sent", () => {
    const asked = { ...page, "Access-Control-Request-Method": "DELETE" };
    const [line] = judged(entry("OPTIONS", "https://b.test/x", asked, 403));
    assert.equal(line?.corsError, "PreflightMissingAllowOriginHeader");
  });

  it("skips what asks no CORS question and says so", () => {
    const own = entry("POST", "https://a.test/x", page, 200);
    const document = entry("GET", "https://a.test/", {}, 200);
    const har = JSON.stringify({ log: { entries: [own, document] } });
    assert.match(
      judgeFile(har, { har: true, format: "text" }).output,
      /^0 judged.*2 entries ask no/,
    );
  });

  it("refuses what is no HAR file without falling over", () => {
    for (const text of ["", "[]", "{}", '{"log":{"entries":[{}]}}', '{"log":{"entries":7}}']) {
      const { exitCode, errors } = judgeFile(text, { har: true, format: "jsonl" });
      assert.equal(exitCode, 2);
      assert.match(errors[0] ?? "", /^no HAR file: /);
    }
  });
});
