/** Ways through a handler: which of them exist, which answer a browser, and where their answers are written. */
import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";

describe("a catch block that parts of the event reach", () => {
  const rule = "error-response-without-allow-origin";

  it("where API Gateway sends null", async () => {
    await check(
      rule,
      handlerTs(`
      try {
        const page = event.queryStringParameters!.page!.trim();
        return { statusCode: 200, headers: cors, body: page };
      } catch (error) {
        return { statusCode: 400, body: "page is missing" };
        //                   ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
      }`),
    );
    await check(
      rule,
      handlerPy(`
      try:
          count = int(event["body"])
      except (TypeError, ValueError):
          return {"statusCode": 400, "body": "no number"}
          #                     ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
      return {"statusCode": 200, "headers": CORS, "body": str(count)}`),
    );
  });

  it("where a look-up finds nothing", async () => {
    await check(
      rule,
      handlerPy(`
      stock = {"nut": 3, "bolt": 4}
      try:
          return {"statusCode": 200, "headers": CORS, "body": str(stock[event["path"]])}
      except KeyError:
          return {"statusCode": 404, "body": "no such part"}
          #                     ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.`),
    );
  });

  it("is silent about a part that is asked with a default", async () => {
    await check(
      rule,
      handlerTs(`
      try {
        const page = event.queryStringParameters?.page ?? "1";
        return { statusCode: 200, headers: cors, body: page };
      } catch (error) {
        return { statusCode: 400, body: "page is missing" };
      }`),
    );
  });
});

describe("an early return before the answer to OPTIONS", () => {
  const rule = "preflight-answer-not-ok";

  it("asks for a header that no preflight carries", async () => {
    await check(
      rule,
      handlerTs(`
      if (!event.headers["x-till-key"]) return { statusCode: 403, headers: cors };
      //                                                     ^^^ [error] The browser's preflight gets 403 here: it carries no x-till-key header.
      if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
      return { statusCode: 200, headers: cors };`),
    );
    await check(
      rule,
      handlerPy(`
      if not event["headers"].get("authorization"):
          return {"statusCode": 401, "headers": CORS}
          #                     ^^^ [error] The browser's preflight gets 401 here: it carries no authorization header.
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 204, "headers": CORS}
      return {"statusCode": 200, "headers": CORS}`),
    );
  });

  it("is silent where the preflight goes around it", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.httpMethod !== "OPTIONS" && !event.headers.authorization) return { statusCode: 401, headers: cors };
      if (event.httpMethod === "OPTIONS") return { statusCode: 204, headers: cors };
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("reads a body first, which no preflight has", async () => {
    await check(
      rule,
      handlerPy(`
      data = json.loads(event["body"])
      #      ^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser's preflight has no body, and this raises without one.
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 204, "headers": CORS}
      return {"statusCode": 200, "headers": CORS, "body": json.dumps(data)}`).replace(
        "\nCORS",
        "\nimport json\n\nCORS",
      ),
    );
  });
});

describe("a body that is read by a helper", () => {
  const rule = "preflight-answer-not-ok";

  /** A handler whose helper reads the body; `mark` stands below the line that reads it. */
  const handler = (own: string, first: string, mark = ""): string => `#- /orders.py
import json
CORS = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}


def parsed(event):
${own}
    return json.loads(event["body"])
${mark}

def handler(event, context):
${first}
    data = parsed(event)
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": CORS}
    return {"statusCode": 200, "headers": CORS, "body": json.dumps(data)}
`;
  const reported = `    #      ^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser's preflight has no body, and this raises without one.`;

  it("is read by preflights too", async () => {
    await check(rule, handler("    pass", "    pass", reported));
  });

  it("is none where the helper has looked for it", async () => {
    await check(rule, handler(`    if not event.get("body"):\n        return {}`, "    pass"));
  });

  it("is no preflight's where these were answered before", async () => {
    const first = `    if event["httpMethod"] == "OPTIONS":\n        return {"statusCode": 204, "headers": CORS}`;
    await check(rule, handler("    pass", first));
  });
});

describe("an answer that no browser reads", () => {
  const rules = ["error-response-without-allow-origin", "success-response-without-allow-origin"];

  it("is given to what has no method: a warm-up, a job", async () => {
    await check(
      rules,
      handlerTs(`
      if (!event.httpMethod) return { statusCode: 200, body: "warm" };
      return { statusCode: 200, headers: cors };`),
    );
    await check(
      rules,
      handlerPy(`
      if not event.get("httpMethod"):
          return {"statusCode": 200, "body": "warm"}
      return {"statusCode": 200, "headers": CORS}`),
    );
  });

  it("is not every answer beside one of these", async () => {
    await check(
      rules,
      handlerTs(`
      if (!event.httpMethod) return { statusCode: 200, body: "warm" };
      if (event.httpMethod === "DELETE") return { statusCode: 405, body: "" };
      //                                                      ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
      return { statusCode: 200, headers: cors };`),
    );
  });
});

describe("answers of a callback, given through a helper", () => {
  it("are reported at the calls that lack the header", async () => {
    await check(
      "error-response-without-allow-origin",
      `//- /orders.js
function reply(done, code, headers, text) {
  done(null, { statusCode: code, headers, body: text });
}
exports.handler = (event, context, done) => {
  if (!event.pathParameters) { reply(done, 404, {}, "none"); return; }
  //                                       ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
  if (event.queryStringParameters) { reply(done, 400, {}, "none"); return; }
  //                                             ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
  reply(done, 200, { "Access-Control-Allow-Origin": "https://loft.acmecorp.com" }, "ok");
};`,
    );
  });
});

describe("a handler that is called by another", () => {
  it("is judged once, where it is called", async () => {
    await check(
      ["error-response-without-allow-origin", "success-response-without-allow-origin"],
      `//- /router.ts
import { handler as list } from "./list";
const cors = { "Access-Control-Allow-Origin": "https://loft.acmecorp.com" };
export const handler = async (event: any) => {
  const answer = await list(event);
  return { ...answer, headers: { ...answer.headers, ...cors } };
};
//- /list.ts
export const handler = async (event: any) => ({ statusCode: 200, headers: { "Content-Type": "application/json" }, body: "[]" });`,
    );
  });
});
