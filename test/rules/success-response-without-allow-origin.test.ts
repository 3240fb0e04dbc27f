import { check } from "./check";
import { handlerPy, handlerTs, stackTs } from "./samples";
import { describeRule } from "./unread";

const rule = "success-response-without-allow-origin";

describeRule(rule, () => {
  it("a helper is written where the file has nothing", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
export const handler = async (event: any) => ({ statusCode: 200, body: "[]" });
//                                                          ^^^ [warning] The browser withholds this response`,
      `//- /lambda/orders.ts
const allowedOrigins = ["https://app.acmecorp.com"];

function corsHeaders(event: {
  headers?: Record<string, string | undefined> | null;
}): Record<string, string> {
  const origin = event.headers?.origin ?? event.headers?.Origin;
  if (!origin || !allowedOrigins.includes(origin)) return { Vary: "Origin" };
  return {
    "Access-Control-Allow-Origin": origin,
    Vary: "Origin",
  };
}

export const handler = async (event: any) => ({
  statusCode: 200,
  headers: corsHeaders(event),
  body: "[]",
});`,
    );
  });

  it("redirects count as successes", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.path === "/old") return { statusCode: 301, headers: { Location: "/new" } };
      //                                              ^^^ The browser withholds
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("is silent about functions without HTTP front, OPTIONS branches and throws", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, body: "[]" });`,
    );
    await check(
      rule,
      handlerTs(`
      if (event.httpMethod === "OPTIONS") return { statusCode: 204 };
      if (event.httpMethod === "PUT") throw new Error("no");
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("a helper that makes several answers is told of once, and mended there", async () => {
    const py = (headers: string, caret: string) => `${handlerPy(`
      if event["path"] == "/open":
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
      if event["path"] == "/orders":
          return reply(200, "orders")
      if event["path"] == "/users":
          return reply(200, "users")
      return reply(404, "nothing")`)}

def reply(status, body):
    return {
        "statusCode": status,
${caret}        "headers": {${headers}},
        "body": body,
    }
`;
    await check(
      [rule, "error-response-without-allow-origin"],
      py(
        '"content-type": "text/plain"',
        "        #^^^^^^^^^^ The browser withholds what is made here\n",
      ),
      py('"content-type": "text/plain", "Access-Control-Allow-Origin": "*"', ""),
    );
    const ts = (headers: string, caret: string) => `//- /orders.ts
import { reply } from "./reply";
export const handler = async (event: any) => {
  if (event.path === "/open") return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
  if (event.path === "/orders") return reply(200, "orders");
  return reply(404, "nothing");
};
//- /reply.ts
export function reply(statusCode: number, body: string) {
  return {
    statusCode,
${caret}    headers: { ${headers} },
    body,
  };
}
`;
    await check(
      [rule, "error-response-without-allow-origin"],
      ts(
        '"content-type": "text/plain"',
        "  //^^^^^^^^^^ The browser withholds what is made here\n",
      ),
      ts('"content-type": "text/plain", "Access-Control-Allow-Origin": "*"', ""),
    );
  });

  it("answers of a helper are told of one by one where some bring the header along", async () => {
    await check(
      [rule, "error-response-without-allow-origin"],
      handlerTs(`
      const reply = (status: number, headers: Record<string, string>) => ({ statusCode: status, headers });
      if (event.path === "/a") return reply(200, {});
      //                                    ^^^ The browser withholds this response
      if (event.path === "/b") return reply(201, {});
      //                                    ^^^ The browser withholds this response
      return reply(200, cors);`),
    );
  });

  it("is silent at web hooks and checks of health that send no CORS headers at all", async () => {
    const hook = (path: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/hook.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.root.addResource("${path}").addMethod("POST", new apigateway.LambdaIntegration(fn));`)}//- /lambda/hook.ts
`;
    const plain = `export const handler = async () => ({ statusCode: 200, body: "" });\n`;
    const carets =
      "//                                                ^^^ The browser withholds this response\n";
    await check(rule, hook("webhook") + plain);
    await check(rule, hook("health") + plain);
    await check(rule, hook("orders") + plain + carets);
    await check(
      rule,
      `${hook("events")}export const handler = async (event: any) => {
  const signed = event.headers["Stripe-Signature"];
  return { statusCode: signed ? 200 : 400, body: "" };
};
`,
    );
  });
});
