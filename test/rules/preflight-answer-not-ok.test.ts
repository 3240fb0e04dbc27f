import assert from "node:assert/strict";
import { check, findingsIn } from "./check";
import { parseLiteral } from "./literal";
import { handlerPy, handlerTs, stackTs } from "./samples";

const rule = "preflight-answer-not-ok";

/** Code that is built elsewhere: any route may lead to a handler of the workspace. */
const elsewhere = `const fn = new lambda.Function(stack, "Fn", { handler: "a.handler", code: lambda.Code.fromAsset("../made") });
`;
const unseenFronts = [
  [
    "reached by OPTIONS",
    stackTs(`${elsewhere}const api = new apigateway.RestApi(stack, "Orders");
api.root.addMethod("ANY", new apigateway.LambdaIntegration(fn));`),
  ],
  [
    "behind an HTTP API that answers itself",
    stackTs(`${elsewhere}const api = new HttpApi(stack, "Orders", { corsPreflight: { allowOrigins: ["*"] } });
api.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("I", fn) });`),
  ],
  [
    "behind methods that have their own OPTIONS",
    stackTs(`${elsewhere}const api = new apigateway.RestApi(stack, "Orders", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
api.root.addResource("orders").addMethod("POST", new apigateway.LambdaIntegration(fn));`),
  ],
] as const;
const turnedAway = [
  [
    "ts",
    handlerTs(`
      if (!event.headers.authorization) return { statusCode: 401, headers: cors };
      //                                                     ^^^ The browser's preflight gets 401 here
      if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
      return { statusCode: 200, headers: cors };`),
  ],
  [
    "py",
    handlerPy(`
      if not event["headers"].get("authorization"):
          return {"statusCode": 401, "headers": CORS}
      #                         ^^^ The browser's preflight gets 401 here
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 200, "headers": CORS}
      return {"statusCode": 200, "headers": CORS}`),
  ],
] as const;
const withoutCarets = (text: string): string => text.replace(/^ *(\/\/|#) +\^.*\n/gm, "");

describe(rule, () => {
  it("a preflight without the header", async () => {
    await check(
      rule,
      handlerPy(`
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 200, "body": ""}
      #                         ^^^ The browser's preflight gets no Access-Control-Allow-Origin
      return {"statusCode": 200, "headers": CORS}`),
    );
  });

  for (const [what, stack] of unseenFronts) {
    for (const [language, handler] of turnedAway) {
      it(`of a handler that is not linked, ${what} (${language})`, () =>
        check(rule, stack + (what.startsWith("reached") ? handler : withoutCarets(handler))));
    }
  }

  it("is silent about what is answered after a crash", async () => {
    await check(
      rule,
      handlerTs(`
      try {
        if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
        return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
      } catch {
        return { statusCode: 500, headers: cors };
      }`),
    );
  });

  it("is silent about 2xx with the header, and about handlers without a branch for OPTIONS", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
      if (event.httpMethod === "PUT") return { statusCode: 405, headers: cors };
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("leaves a status alone that other requests get too", async () => {
    for (const text of [
      handlerTs(`
      const refused = 405;
      if (event.httpMethod === "OPTIONS") return { statusCode: refused, headers: cors };
      if (event.httpMethod === "PUT") return { statusCode: refused, headers: cors };
      return { statusCode: 200, headers: cors };`),
      handlerPy(`
      refused = 405
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": refused, "headers": CORS}
      if event["httpMethod"] == "PUT":
          return {"statusCode": refused, "headers": CORS}
      return {"statusCode": 200, "headers": CORS}`),
    ]) {
      const found = await findingsIn(parseLiteral(text).files, [rule]);
      assert.equal(found.length, 1);
      assert.deepEqual(
        found.flatMap(({ fixes }) => fixes),
        [],
      );
    }
  });

  it("writes what the route is asked for", async () => {
    await check(
      rule,
      `${stackTs(`
      const handler = new NodejsFunction(stack, "Orders", { entry: "orders.ts" });
      const api = new apigateway.RestApi(stack, "Api");
      const orders = api.root.addResource("orders");
      const integration = new apigateway.LambdaIntegration(handler);
      orders.addMethod("PUT", integration, { apiKeyRequired: true });
      orders.addMethod("OPTIONS", integration);`)}//- /orders.ts
const cors = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
export const handler = async (event: any) => {
  if (event.httpMethod === "OPTIONS") {
    return { statusCode: 204 };
    //                   ^^^ The browser's preflight gets no Access-Control-Allow-Origin
  }
  return { statusCode: 200, headers: cors, body: "[]" };
};
`,
      `//- /orders.ts
const cors = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };
export const handler = async (event: any) => {
  if (event.httpMethod === "OPTIONS") {
    return {
      statusCode: 204,
      headers: {
        ...cors,
        "Access-Control-Allow-Methods": "PUT",
        "Access-Control-Allow-Headers": "content-type, x-api-key",
      },
    };
  }
  return { statusCode: 200, headers: cors, body: "[]" };
};
`,
      { safety: "review" },
    );
  });
});

describe("a body that is there and no JSON", () => {
  it("is not what a preflight lacks, in either language", async () => {
    await check(
      "preflight-answer-not-ok",
      `//- /h.js
exports.handler = async (event) => {
  const headers = { "Access-Control-Allow-Origin": "*" };
  let body = {};
  if (event.body) {
    try {
      body = JSON.parse(event.body);
    } catch {
      return { statusCode: 400, headers, body: "" };
    }
  }
  if (event.httpMethod === "OPTIONS") return { statusCode: 204, headers };
  return { statusCode: 200, headers, body: JSON.stringify(body) };
};
`,
    );
    await check(
      "preflight-answer-not-ok",
      `//- /h.py
import json
HEADERS = {"Access-Control-Allow-Origin": "*"}
def handler(event, context):
    body = {}
    if event.get("body"):
        try:
            body = json.loads(event["body"])
        except json.JSONDecodeError:
            return {"statusCode": 400, "headers": HEADERS, "body": ""}
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": HEADERS}
    return {"statusCode": 200, "headers": HEADERS, "body": json.dumps(body)}
`,
    );
  });
});
