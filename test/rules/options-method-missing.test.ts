import { check } from "./check";
import { stackTs } from "./samples";

const rule = "options-method-missing";

describe(rule, () => {
  it("is silent for plain GET, for ANY, and where no resource answers preflights", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const mock = new apigateway.MockIntegration();
      const orders = api.root.addResource("orders");
      orders.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"] });
      orders.addMethod("POST", mock);
      api.root.addResource("health").addMethod("GET", mock);
      api.root.addResource("all").addMethod("ANY", mock);
      const plain = new apigateway.RestApi(stack, "B");
      plain.root.addResource("orders").addMethod("POST", mock);`),
    );
  });

  it("is reported for a GET that needs a key", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const mock = new apigateway.MockIntegration();
      const orders = api.root.addResource("orders");
      orders.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"] });
      orders.addMethod("POST", mock);
      const keys = api.root.addResource("keys");
      keys.addMethod("GET", mock, { apiKeyRequired: true });
      //   ^^^^^^^^^ The browser's preflight for /keys finds no OPTIONS method`),
    );
  });
});
