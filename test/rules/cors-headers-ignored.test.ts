import { check } from "./check";
import { stackTs } from "./samples";
import { describeRule } from "./unread";

const rule = "cors-headers-ignored";

describeRule(rule, () => {
  it("is silent where the handler says what the policy says, or where either is not known", async () => {
    for (const origin of ['"https://app.acmecorp.com"', "process.env.ORIGIN"]) {
      await check(
        rule,
        `${stackTs(`
        const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
        const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
        api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": ${origin} } });`,
      );
    }
  });

  it("the fix removes the handler's headers", async () => {
    const files = (headers: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async () => ({
  statusCode: 200,
  headers: {
    "Content-Type": "application/json",${headers}
  },
});`;
    await check(
      rule,
      files(
        '\n    "Access-Control-Allow-Origin": "*",\n//   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser never sees this header',
      ),
      files(""),
    );
  });
});
