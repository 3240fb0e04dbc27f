import { check } from "./check";
import { stackTs } from "./samples";

const rule = "cors-headers-sent-twice";
const handler = `//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });`;

describe(rule, () => {
  it("is silent without cors on the URL, and behind an HTTP API", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`)}${handler}`,
    );
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}${handler}`,
    );
  });
});
