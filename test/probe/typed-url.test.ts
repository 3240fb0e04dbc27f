import assert from "node:assert/strict";
import { typedUrl } from "../../shared/src/base/typed-url";

describe("a URL that somebody typed", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["https://api.acmecorp.com/orders", "https://api.acmecorp.com/orders"],
    [" api.acmecorp.com/orders?x=1 ", "https://api.acmecorp.com/orders?x=1"],
    ["x1.execute-api.eu-west-1.amazonaws.com", "https://x1.execute-api.eu-west-1.amazonaws.com"],
    ["bücher.example:8443/x", "https://bücher.example:8443/x"],
    ["localhost:3000/orders", "http://localhost:3000/orders"],
    ["127.0.0.1", "http://127.0.0.1"],
    ["ftp://a.example", "ftp://a.example"],
    ["orders", "orders"],
    ["a b.c", "a b.c"],
    ["file:/etc/passwd", "file:/etc/passwd"],
    ["", ""],
  ];
  for (const [text, url] of cases) {
    it(`${JSON.stringify(text)} is ${url || "none"}`, () => {
      assert.equal(typedUrl(text), url);
    });
  }
});
