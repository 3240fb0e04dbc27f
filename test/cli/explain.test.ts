import assert from "node:assert/strict";
import path from "node:path";
import { link } from "../../shared/src/readers/link";
import { frontends } from "../../server/src/workspace/languages";
import { run, type Outcome } from "./run";

const examples = path.join(__dirname, "../../examples");
const example = "acme-orders-ts";

function runCli(args: readonly string[]): Promise<Outcome> {
  return run({ frontends, link, rules: [] }, examples, ...args);
}

describe("cors-lens explain", () => {
  it("draws the exchange of a page's call up to where it stops", async () => {
    const { code, out } = await runCli(["explain", "PUT", "/orders/42", "--app", example]);
    assert.equal(code, 1, out);
    assert.match(out, /^ {2}cache {10}Chromium 2 h, Firefox 24 h, Safari 10 min$/m);
    assert.match(out, /^browser {4}--> gateway {4}OPTIONS \/orders\/42$/m);
    assert.match(out, /Access-Control-Request-Headers: authorization,content-type,x-csrf-token/);
    assert.match(out, /^gateway {4}--X browser {4}204$/m);
    assert.match(
      out,
      /Method PUT is not allowed by Access-Control-Allow-Methods in preflight response\./,
    );
  });

  it("takes origin, credentials and headers from the command line", async () => {
    const args = [
      "explain",
      "PUT",
      "/orders/42",
      "--app",
      `${example}-fixed`,
      "--header",
      "content-type: application/json",
    ];
    const allowed = await runCli([
      ...args,
      "--header",
      "authorization: x",
      "--origin",
      "https://qa.acmecorp.com",
    ]);
    assert.match(
      allowed.out,
      /The browser hands the response to a page from https:\/\/qa\.acmecorp\.com\./,
    );
    const stranger = await runCli([
      ...args,
      "--header",
      "authorization: x",
      "--origin",
      "https://evil.example",
    ]);
    assert.equal(stranger.code, 1);
    assert.match(
      stranger.out,
      /from origin 'https:\/\/evil\.example' has been blocked by CORS policy/,
    );
  });

  it("says that a path is unknown, and which there are", async () => {
    for (const app of [example, "acme-orders-py"]) {
      const { code, out, err } = await runCli(["explain", "GET", "/ordesr", "--app", app]);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, /^cors-lens: no route takes \/ordesr\. The routes are$/m);
      assert.match(err, /^OrdersApi:$/m);
      assert.match(err, /^ {2}PUT \/orders\/\{id\}$/m);
    }
  });

  it("explains a method that a known path lacks", async () => {
    const args = ["explain", "DELETE", "/orders/7", "--api", "OrdersApi", "--app", example];
    assert.match((await runCli(args)).out, /Method DELETE is not allowed/);
  });

  it("asks which API is meant, and says what is wrong with a header", async () => {
    const several = await runCli(["explain", "GET", "/orders", "--app", example]);
    assert.equal(several.code, 2);
    assert.match(
      several.err,
      /several APIs may be meant: OrdersApi, PartnersApi; choose one with --api/,
    );
    const header = await runCli([
      "explain",
      "GET",
      "/orders",
      "--app",
      example,
      "--api",
      "OrdersApi",
      "--header",
      "nonsense",
    ]);
    assert.equal(header.code, 2);
    assert.match(header.err, /--header wants "name: value", not "nonsense"/);
  });
});
