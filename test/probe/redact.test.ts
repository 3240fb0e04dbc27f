import assert from "node:assert/strict";
import fc from "fast-check";
import { redactHeaders, redactText, redactUrl } from "../../server/src/probe/redact";
import type { Header } from "../../shared/src/browser";

const secret = "S3cr3t/Value+with=signs";

const percent = (text: string): string =>
  [...text].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

/** How servers write a value back. */
const echoes: Readonly<Record<string, (value: string) => string>> = {
  "as it is": (value) => value,
  "in lower case": (value) => value.toLowerCase(),
  "in upper case": (value) => value.toUpperCase(),
  "as a component of a URL": encodeURIComponent,
  "with each byte escaped": percent,
  "with some bytes escaped": (value) => value.slice(0, 3) + percent(value.slice(3)),
  "escaped twice": (value) => encodeURIComponent(percent(value)),
  "in base64": (value) => Buffer.from(value).toString("base64"),
  "in base64 for URLs": (value) => Buffer.from(value).toString("base64url"),
  "in base64 after other text": (value) => Buffer.from(`user:${value}`).toString("base64"),
  "in base64 between other text": (value) => Buffer.from(`{"k":"${value}"}`).toString("base64"),
  "in base64, escaped": (value) => encodeURIComponent(Buffer.from(value).toString("base64")),
  "in hexadecimal": (value) => Buffer.from(value).toString("hex"),
};

describe("redaction", () => {
  for (const [how, echo] of Object.entries(echoes)) {
    it(`takes out a secret that is written back ${how}`, () => {
      for (const value of [secret, "abcdefgh", "tok-12", "pa:ss:wd"]) {
        const echoed = echo(value);
        const text = redactText(`you sent "${echoed}" to us`, [["X-Custom", value]]);
        assert.ok(text.includes("[redacted]"), `${echoed}: ${text}`);
        // What is left over of base64 are the bits that the neighbours share.
        assert.ok(text.length < echoed.length + 40);
        assert.ok(!text.includes(echoed) || echoed.length < 3, text);
      }
    });
  }

  it("knows the parts of credentials", () => {
    const basic: Header = [
      "Authorization",
      `Basic ${Buffer.from("ann:hunter2!!").toString("base64")}`,
    ];
    assert.equal(
      redactText("password hunter2!! is wrong", [basic]),
      "password [redacted] is wrong",
    );
    const cookies: Header = ["Cookie", "theme=dark-mode; id=0123456789abcdef"];
    assert.equal(redactText("id 0123456789ABCDEF", [cookies]), "id [redacted]");
    const bearer: Header = ["Authorization", "Bearer abc.def.ghi"];
    assert.equal(redactText("abc.def.ghi", [bearer]), "[redacted]");
  });

  it("takes short secrets for what they are where they stand alone", () => {
    const short: readonly Header[] = [["X-Pin", "4711"]];
    assert.equal(redactText("pin 4711, port 47110", short), "pin [redacted], port 47110");
    assert.equal(redactText("7", [["X-Pin", "7"]]), "[redacted]");
    assert.equal(redactText("7 of 70", [["X-Pin", "7"]]), "7 of 70");
  });

  it("leaves what pages say anyway", () => {
    const plain: readonly Header[] = [["Content-Type", "application/json"]];
    assert.equal(redactText("application/json", plain), "application/json");
  });

  it("hides headers by name, and none of CORS", () => {
    const names = [
      "Set-Cookie",
      "Set-Cookie2",
      "Authentication-Info",
      "Proxy-Authentication-Info",
      "Authorization",
      "X-Amz-Security-Token",
      "x-api-key",
      "X-Auth",
      "X-Session-Id",
      "apikey",
      "X-CSRF-Token",
    ];
    for (const name of names) {
      assert.deepEqual(redactHeaders([[name, "v"]], []), [[name, "[redacted]"]], name);
    }
    for (const name of [
      "Access-Control-Allow-Credentials",
      "Access-Control-Allow-Headers",
      "WWW-Authenticate",
      "X-Author",
      "Vary",
      "Keep-Alive",
    ]) {
      assert.deepEqual(redactHeaders([[name, "v"]], []), [[name, "v"]], name);
    }
    const custom: readonly Header[] = [["X-Mine", "private"]];
    assert.deepEqual(redactHeaders([["x-MINE", "other"]], custom), [["x-MINE", "[redacted]"]]);
  });

  it("hides parameters of URLs by name, however it is written", () => {
    for (const name of [
      "token",
      "access_token",
      "auth",
      "pwd",
      "passwd",
      "password",
      "jwt",
      "session",
      "access-key",
      "AccessKeyId",
      "X-Amz-Signature",
      "sig",
      "code",
      "key",
      "api.key",
      "client_secret",
      "%74oken",
      "SAMLResponse",
    ]) {
      for (const mark of ["?a=1&", "?", "#", "/;"]) {
        assert.equal(
          redactUrl(`https://a.test/${mark}${name}=x1&page=2`),
          `https://a.test/${mark}${name}=[redacted]&page=2`,
        );
      }
    }
    for (const url of ["https://a.test/?page=2&author=ann", "https://a.test/?sort=name#top"]) {
      assert.equal(redactUrl(url), url);
    }
    const nested = `https://a.test/?next=${encodeURIComponent("https://b.test/?token=x")}`;
    assert.equal(redactUrl(nested), "https://a.test/?next=[redacted]");
    assert.equal(redactUrl("https://u:p@ss@a.test/"), "https://[redacted]@a.test/");
  });

  it("leaves no secret of any shape in any of these spellings", () => {
    const value = fc.string({ unit: "binary-ascii", minLength: 8, maxLength: 40 });
    const printable = value.filter((text) => /^[!-~]+$/.test(text) && /[a-z0-9]{3}/i.test(text));
    fc.assert(
      fc.property(printable, fc.constantFrom(...Object.values(echoes)), (text, echo) => {
        const echoed = echo(text);
        const shown = redactText(`<${echoed}>`, [["X-Custom", text]]);
        assert.ok(!shown.includes(echoed), `${echoed}: ${shown}`);
      }),
      { numRuns: 500 },
    );
  });
});
