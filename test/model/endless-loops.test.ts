import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";

const answer = `{ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } }`;

async function statusesOf(body: string): Promise<{ complete: boolean; statuses: unknown[] }> {
  const text = `import { db } from "./db";\nexport const handler = async (event) => {\n${body}\n};`;
  const [handler] = link(await memoryProject(new Map([["/h.ts", text]]))).handlers;
  assert.ok(handler);
  const statuses = handler.responses.map(({ status }) => status.kind === "known" && status.value);
  return { complete: handler.complete, statuses };
}

describe("loops without an end in sight", () => {
  it("are followed until every way out of them is known", async () => {
    const retry = `while (true) { try { await db.send(); break; } catch (e) { if (e.code === "gone") return { statusCode: 410 }; } }`;
    const { complete, statuses } = await statusesOf(`${retry}\nreturn ${answer};`);
    assert.equal(complete, true);
    assert.deepEqual([...new Set(statuses)].sort(), [200, 410]);
  });

  it("take two passes where pages are collected", async () => {
    const paging = `const all = [];\nlet key;\nfor (;;) { const page = await db.query(key); all.push(...page.items); if (!page.key) break; key = page.key; }`;
    const { complete, statuses } = await statusesOf(`${paging}\nreturn ${answer};`);
    assert.equal(complete, true);
    assert.deepEqual(statuses, [200]);
  });

  it("still count as far as they are known", async () => {
    const counted = `let n = 0;\nwhile (true) { n++; if (n === 5) break; }\nif (n !== 5) return { statusCode: 500 };`;
    const { complete, statuses } = await statusesOf(`${counted}\nreturn ${answer};`);
    assert.equal(complete, true);
    assert.deepEqual(statuses, [200]);
  });

  it("do not double a list that some sides add to at its beginning", async () => {
    const names = Array.from({ length: 14 }, (_, index) => `N${index}`).join(" ");
    const programs = {
      "/stack.ts": `import { App, Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
const origins = ["https://a.acmecorp.com", "https://b.acmecorp.com"];
for (const name of "${names}".split(" "))
  if (process.env[name]) origins.unshift("https://c.acmecorp.com");
new HttpApi(new Stack(new App(), "Shop"), "Api", { corsPreflight: { allowOrigins: origins } });`,
      "/app.py": `import os
from aws_cdk import App, Stack
from aws_cdk.aws_apigatewayv2 import CorsPreflightOptions, HttpApi
origins = ["https://a.acmecorp.com", "https://b.acmecorp.com"]
for name in "${names}".split(" "):
    if os.environ.get(name):
        origins.insert(0, "https://c.acmecorp.com")
HttpApi(Stack(App(), "Shop"), "Api", cors_preflight=CorsPreflightOptions(allow_origins=origins))
`,
    };
    for (const [file, text] of Object.entries(programs)) {
      const { apis } = link(await memoryProject(new Map([[file, text]])));
      const cors = apis[0]?.cors;
      assert.ok(cors?.kind === "policy", file);
      const { value } = cors.of[0]?.allowOrigins ?? {};
      const all = value?.kind === "oneOf" ? value.of : [value];
      const seen = all.flatMap((one) => (one?.kind === "known" ? one.value : []));
      assert.ok(seen.length < 1000, `${file} has ${seen.length} origins`);
    }
  });
});
