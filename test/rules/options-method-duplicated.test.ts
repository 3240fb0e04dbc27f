import { check } from "./check";
import { stackTs } from "./samples";

const rule = "options-method-duplicated";

describe(rule, () => {
  it("lower case slips past CDK", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      const orders = api.root.addResource("orders");
      orders.addMethod("GET", new apigateway.MockIntegration());
      orders.addMethod("options", new apigateway.MockIntegration());
      //     ^^^^^^^^^ The browser never gets an answer`),
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      const orders = api.root.addResource("orders");
      orders.addMethod("GET", new apigateway.MockIntegration());`),
    );
  });

  it("is silent about one OPTIONS for each resource", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      api.root.addResource("orders").addResource("{id}").addMethod("GET", new apigateway.MockIntegration());`),
    );
  });
});
