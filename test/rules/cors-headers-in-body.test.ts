import assert from "node:assert/strict";
import { check, findingsIn, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { handlerTs, stackPy } from "./samples";

const rule = "cors-headers-in-body";

describe(rule, () => {
  it("is silent about other headers in bodies", async () => {
    await check(
      rule,
      handlerTs(
        `return { statusCode: 200, headers: cors, body: JSON.stringify({ headers: { "X-Trace": "1" } }) };`,
      ),
    );
  });

  it("moves what hangs on the request only when a person looks at it", async () => {
    await check(
      rule,
      handlerTs(`
      const { origin } = event.headers;
      return {
        statusCode: 200,
        headers: { "X-Trace": "1" },
        body: JSON.stringify({ headers: { "Access-Control-Allow-Origin": origin } }),
        //                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser looks for this among the headers
      };`),
      handlerTs(`
      const { origin } = event.headers;
      return {
        statusCode: 200,
        headers: { "X-Trace": "1", "Access-Control-Allow-Origin": origin },
        body: JSON.stringify({}),
      };`),
      { safety: "review" },
    );
  });

  it("says it of a body that a helper makes, and leaves the text to a person", async () => {
    const { files } = parseLiteral(`//- /orders.ts
import { answer } from "./answer";
export const handler = async () => answer({ headers: { "Access-Control-Allow-Origin": "*" } });
//- /answer.ts
export const answer = (body: object) => ({ statusCode: 200, body: JSON.stringify(body) });`);
    const [finding] = await findingsIn(files, [rule]);
    assert.deepEqual(finding?.fixes, []);
  });

  for (const [what, file, text] of [
    [
      "code that writes into the headers",
      "/orders.ts",
      `export const handler = async (event: { id: string }) => {
  const payload: any = { items: [], headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" } };
  payload.headers["X-Id"] = event.id;
  return { statusCode: 200, body: JSON.stringify(payload) };
};`,
    ],
    [
      "another answer that sends them",
      "/orders.ts",
      `const base = { headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" } };
export const handler = async (event: { body?: string }) => {
  if (event.body) return { statusCode: 201, headers: base.headers, body: "x" };
  return { statusCode: 200, body: JSON.stringify(base) };
};`,
    ],
    [
      "a type that wants them",
      "/orders.ts",
      `interface Payload { items: string[]; headers: Record<string, string> }
export const handler = async () => {
  const payload: Payload = { items: [], headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" } };
  return { statusCode: 200, body: JSON.stringify(payload) };
};`,
    ],
    [
      "Python code that writes into them",
      "/orders.py",
      `import json
def handler(event, context):
    payload = {"items": [], "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}}
    payload["headers"]["X-Id"] = context.aws_request_id
    return {"statusCode": 200, "body": json.dumps(payload)}
`,
    ],
  ] as const) {
    it(`takes nothing out of a body that is made elsewhere: ${what}`, async () => {
      const files = new Map<string, string>([[file, text]]);
      const fixed = (await fixedFiles(files, [rule])).get(file) ?? "";
      const response = /^.*return \{"?\s*"?statusCode"?: 200[^]*/m;
      assert.equal(fixed.replace(response, ""), text.replace(response, ""));
      assert.match(fixed, /"?headers"?: \{ ?"Access-Control-Allow-Origin": "[^"]*" ?\},\s+"?body/);
      assert.deepEqual(await findingsIn(new Map([[file, fixed]]), [rule]), []);
    });
  }

  it("gives the status its right name", async () => {
    await check(
      rule,
      `${stackPy(`
      orders = lambda_.Function(stack, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("functions"))
      orders.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE)`)}#- /functions/orders.py
def handler(event, context):
    return {
        "status": 200,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"},
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser gets this as text in the body
        "body": "[]",
    }
`,
      `#- /functions/orders.py
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"},
        "body": "[]",
    }
`,
      { safety: "safe" },
    );
  });
});
