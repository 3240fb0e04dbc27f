import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "cors-option-ignored";

describe(rule, () => {
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

  it("is silent where what the proxy inherits says the same", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const orders = api.root.addResource("orders", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      new apigateway.ProxyResource(stack, "Same", {
        parent: orders,
        defaultCorsPreflightOptions: { allowOrigins: ["*"] },
      });
      const users = api.root.addResource("users", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
      new apigateway.ProxyResource(stack, "Other", {
        parent: users,
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser never hears of this
      });`),
    );
    await check(
      rule,
      stackPy(`
      api = apigateway.RestApi(stack, "A")
      cors = apigateway.CorsOptions(allow_origins=["*"])
      orders = api.root.add_resource("orders", default_cors_preflight_options=cors)
      orders.add_proxy(
          default_integration=apigateway.MockIntegration(),
          default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["*"]),
      )
      api.root.add_resource("users").add_proxy(
          default_integration=apigateway.MockIntegration(),
          default_cors_preflight_options=cors,
        # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser never hears of this
      )`),
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
