import { check } from "./check";
import { stackTs } from "./samples";

const rule = "mapping-value-unquoted";

describe(rule, () => {
  it("is silent about quoted text and references", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      api.addGatewayResponse("4", {
        type: apigateway.ResponseType.DEFAULT_4XX,
        responseHeaders: {
          "Access-Control-Allow-Origin": "method.request.header.origin",
          "Access-Control-Allow-Headers": "'*'",
          "X-Why": "context.error.message",
        },
      });`),
    );
  });

  it("reads integration responses", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      api.root.addMethod("GET", new apigateway.MockIntegration({
        integrationResponses: [
          { statusCode: "200", responseParameters: { "method.response.header.Access-Control-Allow-Origin": "https://a.acmecorp.com" } },
          //                                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^ The browser never gets
        ],
      }));`),
    );
  });
});
