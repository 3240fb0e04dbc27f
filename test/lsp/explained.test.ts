import assert from "node:assert/strict";
import path from "node:path";
import { contractPage, type ContractWords } from "../../client/src/contract/page";
import { engine } from "../../server/src/engine";
import {
  contractRequest,
  type ContractRow,
  type ExplainedError,
  explainErrorRequest,
} from "../../shared/src/protocol";
import { Editor, uri } from "./editor";

const examples = path.join(__dirname, "../../examples");

const words: ContractWords = {
  title: "What pages may call",
  filter: "Filter",
  none: "None",
  refused: "Only refused",
  heads: ["API", "Call", "Page", "Without", "With"],
  verdicts: { allowed: "allowed", blocked: "blocked", depends: "depends", unknown: "unknown" },
};

describe("what the console says and what pages may call, in the editor", () => {
  for (const [name, stack] of [
    ["acme-orders-ts", "lib/orders-stack.ts"],
    ["acme-orders-py", "stacks/orders_stack.py"],
  ] as const) {
    it(`lead to lines of ${name}`, async () => {
      const folder = path.join(examples, name);
      const editor = await Editor.open(engine, { folders: [folder] });
      const text =
        "Access to fetch at 'https://x1.execute-api.eu-west-1.amazonaws.com/orders/42' from origin 'https://qa.acmecorp.com' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.";
      const errors = await editor.request<ExplainedError[]>(explainErrorRequest, { text });
      assert.equal(errors.length, 1);
      assert.equal(errors[0]?.at?.uri, uri(path.join(folder, stack)));
      assert.match(errors[0]?.text ?? "", new RegExp(`line {2}${stack}:`));
      assert.match(errors[0]?.summary ?? "", /may not use PUT and DELETE/);
      assert.deepEqual(await editor.request(explainErrorRequest, { text: "no error" }), []);

      const rows = await editor.request<ContractRow[]>(contractRequest, {});
      const row = rows.find(
        ({ method, origin }) => method === "PUT" && origin === "https://qa.acmecorp.com",
      );
      assert.equal(row?.api, "OrdersApi (HttpApi)");
      assert.equal(row.with.verdict, "blocked");
      assert.equal(row.with.step, "preflight-method-allowed");
      assert.equal(row.route.uri, uri(path.join(folder, stack)));
      await editor.close();
    });
  }

  it("are drawn as a page that loads nothing and takes nothing of the code for markup", () => {
    const place = { uri: "file:///a.ts", line: 1, character: 2 };
    const cell = { verdict: "blocked", step: "<i>", why: '"><script>', at: place } as const;
    const row: ContractRow = {
      api: "<b>Api",
      method: "GET",
      path: "/x'><img src=x>",
      headers: ["x-<a>"],
      origin: "https://a.example",
      route: place,
      without: cell,
      with: { ...cell, verdict: "allowed", step: "" },
    };
    const page = contractPage([row], "abc", words);
    assert.match(page, /default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'/);
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.doesNotMatch(page, /<img|<b>Api|<i>|https?:\/\/(?!(<wbr>)?a\.example)/);
    assert.doesNotMatch(page, / (style|on\w+)=/);
    assert.match(page, /data-row="0"/);
    assert.match(contractPage([], "abc", words), /<p>None<\/p>/);
  });
});
