import { check } from "./check";
import { stackTs } from "./samples";
import { describeRule } from "./unread";

const rule = "integration-response-ignored";

describeRule(rule, () => {
  it("is silent on a non-proxy integration", async () => {
    await check(
      rule,
      stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A");
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn, { proxy: false, integrationResponses: [{ statusCode: "200" }] }));`),
    );
  });
});
