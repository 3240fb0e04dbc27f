/** Faults that only a person can fix: the browser sees them, and sees that they are gone. */
import type { Loop } from "./loop";
import { get, loop, pythonHandler, stackTs } from "./parts";

const custom = (mapped: string, declared: string): string =>
  stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
const integration = new apigateway.LambdaIntegration(orders, {
  proxy: false,
  integrationResponses: [{ statusCode: "200"${mapped} }],
});
api.root.addResource("orders").addMethod("GET", integration, {
  methodResponses: [{ statusCode: "200"${declared} }],
});`,
    "python",
  );

const header = `"method.response.header.Access-Control-Allow-Origin"`;

const unmapped = loop({
  rule: "integration-response-without-cors",
  what: "a function behind an integration that is no proxy, handler in Python",
  text: custom("", "") + pythonHandler(`    return {"orders": []}`),
  right: custom(
    `, responseParameters: { ${header}: "'https://app.acmecorp.com'" }`,
    `, responseParameters: { ${header}: true }`,
  ),
  call: get,
  reads: { status: 200, body: `{"orders":[]}` },
});

export const byHand: readonly Loop[] = [unmapped];
