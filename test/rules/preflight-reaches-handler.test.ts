import { check } from "./check";
import { stackTs } from "./samples";

const rule = "preflight-reaches-handler";
const stack = stackTs(`
  const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
  const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
  api.addRoutes({ path: "/orders", methods: [HttpMethod.ANY], integration: new HttpLambdaIntegration("I", fn) });`);

describe(rule, () => {
  it("is silent when the handler answers every method with 200", async () => {
    await check(
      rule,
      `${stack}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, body: "[]" });`,
    );
  });

  it("is silent when the handler answers OPTIONS", async () => {
    await check(
      rule,
      `${stack}//- /lambda/orders.ts
export const handler = async (event: any) => {
  const method = event.requestContext.http.method;
  if (method === "OPTIONS") return { statusCode: 204 };
  if (method === "GET") return { statusCode: 200, body: "[]" };
  return { statusCode: 405 };
};`,
    );
  });
});
