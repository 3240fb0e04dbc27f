import { check } from "./check";
import { stackPy, stackTs } from "./samples";

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

  it("is silent where a less specific resource may answer OPTIONS", async () => {
    for (const other of [
      `api.root.addResource("{proxy+}").addMethod("OPTIONS", mock);`,
      `api.root.addProxy({ defaultIntegration: mock });`,
      `orders.addResource("{other}").addMethod("OPTIONS", mock);`,
    ])
      await check(
        rule,
        stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const mock = new apigateway.MockIntegration();
      api.root.addMethod("OPTIONS", mock);
      const orders = api.root.addResource("orders");
      ${other}
      orders.addResource("open").addMethod("POST", mock);`),
      );
    await check(
      rule,
      stackPy(`
      api = apigateway.RestApi(stack, "A")
      mock = apigateway.MockIntegration()
      api.root.add_resource("{proxy+}").add_method("OPTIONS", mock)
      api.root.add_resource("orders").add_method("POST", mock)`),
    );
  });

  it("is reported where the resources that answer OPTIONS take other paths", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const mock = new apigateway.MockIntegration();
      api.root.addResource("users").addResource("{proxy+}").addMethod("OPTIONS", mock);
      const orders = api.root.addResource("orders");
      orders.addMethod("POST", mock);
      //     ^^^^^^^^^ The browser's preflight for /orders finds no OPTIONS method`),
    );
    await check(
      rule,
      stackPy(`
      api = apigateway.RestApi(stack, "A")
      mock = apigateway.MockIntegration()
      api.root.add_resource("users").add_resource("{proxy+}").add_method("OPTIONS", mock)
      orders = api.root.add_resource("orders")
      orders.add_method("POST", mock)
      #      ^^^^^^^^^^ The browser's preflight for /orders finds no OPTIONS method`),
    );
  });
});
