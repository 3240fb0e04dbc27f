import assert from "node:assert/strict";
import fc from "fast-check";
import { effectivePort, parseUrl } from "../../shared/src/browser";

/** How many URLs; `URLS=100000` in a proof. */
const runs = Number(process.env["URLS"] ?? 5000);

const host = fc.oneof(
  fc.domain(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    "exa\u00admple.test",
    "ＥＸＡＭＰＬＥ.test",
    "a..b",
    "%41.test",
    "0x7f.1",
    "ß.test",
    "xn--zca.test",
  ),
);
const url = fc
  .tuple(
    fc.constantFrom("http", "https", "HTTP", "ws", "wss", "ftp"),
    fc.constantFrom("://", ":/", ":", ":\\\\", ":///"),
    fc.constantFrom("", "u@", "u:p@", "a@b@", "%40@"),
    host,
    fc.constantFrom("", ":80", ":443", ":8080", ":99999", ":x", ":"),
    fc.constantFrom("", "/", "/a/../b", "?q#f", "\\x", "#@evil.test", "/%2e%2e/"),
  )
  .map((parts) => parts.join(""));

/** Not `URL.canParse`: that of Node 20 refuses URLs which its parser takes. */
function platform(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

describe("URLs", () => {
  it("have the host and the port that the platform asks", () => {
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        const real = platform(text);
        const own = parseUrl(text);
        assert.equal(own === null, real === undefined, text);
        if (!own || !real || own.host === null) return;
        assert.equal(own.host, real.hostname, text);
        const ports: Readonly<Record<string, string>> = {
          "http:": "80",
          "https:": "443",
          "ws:": "80",
          "wss:": "443",
          "ftp:": "21",
        };
        assert.equal(String(effectivePort(own)), real.port || ports[real.protocol], text);
      }),
      { numRuns: runs },
    );
  });
});
