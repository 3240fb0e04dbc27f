import { check } from "./check";
import { stackTs } from "./samples";

const rule = "function-url-options-method";

describe(rule, () => {
  it("is silent about other methods, and about OPTIONS in a policy of API Gateway", async () => {
    await check(
      rule,
      stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      fn.addFunctionUrl({ cors: { allowedOrigins: ["*"], allowedMethods: [lambda.HttpMethod.ALL] } });
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], allowMethods: [CorsHttpMethod.OPTIONS] } });`),
    );
  });
});
