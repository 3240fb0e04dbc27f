import { check } from "./check";
import { stackTs } from "./samples";
import { describeRule } from "./unread";

const rule = "cors-option-ignored";

describeRule(rule, () => {
  it("addProxy takes no CORS options", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      api.root.addProxy({
        defaultIntegration: new apigateway.MockIntegration(),
        defaultCorsPreflightOptions: { allowOrigins: ["*"] },
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser never hears of this
      });`),
    );
  });

  it("is silent where the option works", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      api.root.addResource("orders", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });`),
    );
  });
});
