import assert from "node:assert/strict";
import fc from "fast-check";
import {
  judge,
  originOf,
  parseUrl,
  readResponseHead,
  serializeUrl,
  unsafeRequestHeaderNames,
  PROFILES,
  type Exchange,
  type Header,
} from "../../shared/src/browser";
import { recordedCases } from "./recorded";

const anyCase = fc.constantFrom(...recordedCases);

describe("properties of the verdict", () => {
  it("does not depend on the order of differently named response headers", () => {
    fc.assert(
      fc.property(anyCase, (recorded) => {
        const reversed = withPreflightHeaders(recorded, [...recorded.preflightResponse!.headers]);
        const names = reversed.preflightResponse!.headers.map(([name]) => name.toLowerCase());
        fc.pre(new Set(names).size === names.length);
        const turned = withPreflightHeaders(
          recorded,
          [...recorded.preflightResponse!.headers].reverse(),
        );
        assert.equal(judge(turned).verdict, judge(recorded).verdict);
      }),
    );
  });

  it("is never worsened by allowing one more header", () => {
    fc.assert(
      fc.property(anyCase, fc.stringMatching(/^[a-z-]{1,12}$/), (recorded, name) => {
        fc.pre(judge(recorded).verdict === "allowed");
        const headers: Header[] = [...recorded.preflightResponse!.headers];
        headers.push(["Access-Control-Allow-Headers", name]);
        assert.equal(judge(withPreflightHeaders(recorded, headers)).verdict, "allowed");
      }),
    );
  });

  it("allows without credentials what it allows with them", () => {
    fc.assert(
      fc.property(anyCase, (recorded) => {
        fc.pre(judge(withCredentials(recorded, "include")).verdict === "allowed");
        assert.equal(judge(withCredentials(recorded, "omit")).verdict, "allowed");
      }),
    );
  });

  it("comes for any bytes whatever", () => {
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((n) => String.fromCharCode(n)),
    });
    fc.assert(
      fc.property(anyCase, bytes, bytes, (recorded, name, value) => {
        const headers: Header[] = [
          [name, value],
          ["Access-Control-Allow-Origin", value],
          ["Location", value],
        ];
        const judged = judge({ ...recorded, actualResponse: { status: 302, headers } });
        assert.ok(["allowed", "blocked"].includes(judged.verdict));
        assert.ok(
          readResponseHead(`HTTP/1.1 200 OK\r\n${name}${value}\r\n\r\n`, true).kind !==
            "incomplete",
        );
      }),
    );
  });
});

describe("URLs agree with the platform's", () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.constantFrom("localhost", "BÜCHER.example", "münchen.de", "日本語.jp", "a b.com", "*.x.com"),
    fc.string({ maxLength: 8 }),
  );
  const port = fc.oneof(
    fc.constant(""),
    fc.integer({ min: 0, max: 70000 }).map((n) => `:${String(n)}`),
  );

  it("has the same origin", () => {
    fc.assert(
      fc.property(fc.constantFrom("http", "https"), host, port, (scheme, name, suffix) => {
        fc.pre(!/[/\\?#@%]/.test(name));
        const text = `${scheme}://${name}${suffix}/x`;
        assert.equal(originOf(text), URL.canParse(text) ? new URL(text).origin : null, text);
      }),
      { numRuns: 2000 },
    );
  });

  it("resolves references alike", () => {
    const reference = fc.oneof(
      fc.constantFrom(
        "1",
        "/a/../b",
        "./c?d",
        "?q",
        "#f",
        "",
        "//other.test/x",
        "https:y",
        "..",
        "a/./b/..",
      ),
      fc.webUrl({ withQueryParameters: true }),
    );
    const base = parseUrl("https://app.example.com/a/b?c")!;
    fc.assert(
      fc.property(reference, (text) => {
        const ours = parseUrl(text, base)!;
        const theirs = new URL(text, "https://app.example.com/a/b?c");
        theirs.hash = theirs.username = theirs.password = "";
        assert.equal(serializeUrl(ours), theirs.href, text);
      }),
    );
  });
});

describe("unsafe request-header names", () => {
  it("are lower-case, sorted and each once", () => {
    const headers = fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z-]{1,9}$/), fc.string()));
    fc.assert(
      fc.property(headers, (list) => {
        const names = unsafeRequestHeaderNames(list, PROFILES.browsers);
        assert.deepEqual(names, [...new Set(names.map((name) => name.toLowerCase()))].sort());
      }),
    );
  });
});

function withPreflightHeaders(exchange: Exchange, headers: readonly Header[]): Exchange {
  return { ...exchange, preflightResponse: { ...exchange.preflightResponse!, headers } };
}

function withCredentials(exchange: Exchange, credentials: "omit" | "include"): Exchange {
  return { ...exchange, request: { ...exchange.request, credentials } };
}
