import { check } from "./check";
import { handlerTs, stackTs } from "./samples";
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
});
