import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "integration-response-ignored";

describe(rule, () => {
  it("is silent on a non-proxy integration", async () => {
    await check(
      rule,
      stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A");
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn, { proxy: false, integrationResponses: [{ statusCode: "200" }] }));`),
    );
  });

  it("is not removed unasked: the author meant these headers to be sent", async () => {
    const api = (responses: string) =>
      stackPy(`
      api = apigateway.RestApi(stack, "A")
      backend = apigateway.HttpIntegration(
          "https://backend.acmecorp.com",
          options=apigateway.IntegrationOptions(
              cache_namespace="orders"${responses}
          ),
      )
      api.root.add_method("GET", backend)`);
    await check(
      rule,
      api(`,
              integration_responses=[apigateway.IntegrationResponse(status_code="200")],
      #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser`),
      api(","),
      { safety: "review" },
    );
  });
});
