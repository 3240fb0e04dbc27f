import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { engine } from "../../server/src/engine";
import type { Contract } from "../../server/src/report/contract";
import { folderWith, put, removeFolders } from "../workspace/folder";
import { run } from "./run";

const examples = path.join(__dirname, "../../examples");

async function contractIn(folder: string): Promise<string> {
  const { code, out } = await run(engine, folder, "contract", "--format", "json");
  assert.equal(code, 0);
  return out;
}

describe("cors-lens contract", () => {
  afterEach(removeFolders);

  it("is the same in both languages, and each time", async () => {
    const [ts, py] = [
      await contractIn(path.join(examples, "acme-orders-ts")),
      await contractIn(path.join(examples, "acme-orders-py")),
    ];
    assert.equal(py, ts);
    assert.equal(await contractIn(path.join(examples, "acme-orders-ts")), ts);
    assert.doesNotMatch(ts, /"(line|start|file)"/);
  });

  it("tells of each call what the browser does", async () => {
    const { apps } = JSON.parse(
      await contractIn(path.join(examples, "acme-orders-ts-fixed")),
    ) as Contract;
    const calls = (apps[0]?.calls ?? []).filter(
      ({ api, method, path: own }) => `${api} ${method} ${own}` === "OrdersApi PUT /orders/{id}",
    );
    const verdictOf = (origin: string, credentials: string): string | undefined =>
      calls.find((call) => call.origin === origin && call.credentials === credentials)?.verdict;
    assert.equal(verdictOf("https://qa.acmecorp.com", "with"), "allowed");
    assert.equal(verdictOf("any other origin", "without"), "blocked");
    assert.deepEqual(calls[0]?.headers, ["authorization", "content-type", "x-csrf-token"]);
  });

  it("says what a change opens, closes and breaks", async () => {
    for (const [name, file] of [
      ["acme-orders-ts-fixed", "lib/orders-stack.ts"],
      ["acme-orders-py-fixed", "stacks/orders_stack.py"],
    ] as const) {
      const folder = folderWith({});
      cpSync(path.join(examples, name), folder, { recursive: true });
      put(folder, "contract.json", await contractIn(folder));
      const against = (...more: string[]) =>
        run(engine, folder, "contract", "--against", "contract.json", ...more);
      const same = await against();
      assert.deepEqual([same.code, same.out], [0, "The contract with pages is the same.\n"]);

      const stack = path.join(folder, file);
      const text = readFileSync(stack, "utf8");
      const changed = text
        .replace("https://qa2.acmecorp.com", "https://new.acmecorp.com")
        .replace(/"x-csrf-token", /, "");
      assert.notEqual(changed, text);
      writeFileSync(stack, changed);
      const { code, out } = await against();
      assert.equal(code, 1);
      assert.match(
        out,
        /^Breaks: [^]*OrdersApi PUT \/orders\/\{id\} +https:\/\/qa\.acmecorp\.com +with +allowed → blocked: preflight-header-allowed$/m,
      );
      assert.match(
        out,
        /^Opens: [^]*OrdersApi GET \/orders +https:\/\/new\.acmecorp\.com +with +no such call → allowed$/m,
      );
      assert.match(
        out,
        /^Closes: [^]*OrdersApi GET \/orders +https:\/\/qa2\.acmecorp\.com +with +allowed → blocked: preflight-allow-origin-present$/m,
      );
      const markdown = await against("--format", "markdown");
      assert.match(
        markdown.out,
        /^### Breaks: .*\n\n\| call \| page \| credentials \| change \|\n/m,
      );
      const { changes } = JSON.parse((await against("--format", "json")).out) as {
        changes: { kind: string }[];
      };
      assert.deepEqual([...new Set(changes.map(({ kind }) => kind))].sort(), [
        "breaks",
        "closes",
        "opens",
      ]);
    }
  });

  it("prints tables that nothing of the code breaks", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      "stack.ts": `import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
const api = new HttpApi(stack, "A|<b>", { corsPreflight: { allowOrigins: ["https://a.example"] } });
api.addRoutes({ path: "/x|y\`<img>", methods: [HttpMethod.GET] });
`,
    });
    const { out } = await run(engine, folder, "contract", "--format", "markdown");
    assert.match(out, /^### A&#124;&#60;b&#62; \(HttpApi\)/m);
    assert.doesNotMatch(out, /<img>|<b>/);
    const text = await run(engine, folder, "contract");
    assert.match(text.out, /^A\|<b> \(HttpApi\) {2}stack\.ts:\d+$/m);
  });

  it("refuses what is no contract, and says so where no API is", async () => {
    const folder = folderWith({ "a.json": "{}", "b.json": "x", "c.ts": "" });
    for (const [file, why] of [
      ["a.json", "it is no contract of version 1"],
      ["b.json", "it is no JSON"],
      ["d.json", "no such file or folder"],
    ] as const) {
      const { code, err } = await run(engine, folder, "contract", "--against", file);
      assert.equal(code, 2);
      assert.ok(err.includes(why), err);
    }
    assert.match((await run(engine, folder, "contract")).out, /^No API that pages may call/);
  });
});
