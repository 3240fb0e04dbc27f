import { check } from "./check";
import { stackTs } from "./samples";

const rule = "integration-response-without-cors";

describe(rule, () => {
  it("the declaration is missing", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      const integration = new apigateway.MockIntegration({
        integrationResponses: [
          { statusCode: "200", responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" } },
          //^^^^^^^^^^^^^^^^^ API Gateway refuses to deploy this
        ],
      });
      api.root.addMethod("GET", integration, { methodResponses: [{ statusCode: "200" }] });
      //                                                           ^^^^^^^^^^^^^^^^^< The method response of this status is here`),
    );
  });

  it("is silent on APIs without CORS", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      api.root.addMethod("GET", new apigateway.MockIntegration({ integrationResponses: [{ statusCode: "200" }] }), {
        methodResponses: [{ statusCode: "200" }],
      });`),
    );
  });
});
