/** What stands in place of a wildcard that no service takes. */
import assert from "node:assert/strict";
import { originFault } from "../../shared/src/advice/origin";

describe("a wildcard within an origin", () => {
  it("names what can be done instead, and who can rent a name there", () => {
    const rented = [
      "https://*.vercel.app",
      "https://shop-*-acme.vercel.app",
      "https://*.netlify.app/",
      "https://*.d111abcdef8.amplifyapp.com",
      "http://*.pages.dev:8080",
    ];
    for (const text of rented)
      assert.match(originFault(text, "restDefault")?.instead ?? "", /^Anybody can rent names of /);
    for (const text of ["https://*.acmecorp.com", "https://*.shop.co.uk", "https://*"])
      assert.match(originFault(text, "header")?.instead ?? "", /^Name each origin/);
  });

  it("is none where the service documents it", () => {
    assert.equal(originFault("https://*", "httpApi"), undefined);
    assert.equal(originFault("https://*.acmecorp.com", "bucket"), undefined);
    assert.equal(originFault("https://*.acmecorp.com", "responseHeadersPolicy"), undefined);
  });
});
