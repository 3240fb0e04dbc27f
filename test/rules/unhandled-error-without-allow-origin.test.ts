import { check } from "./check";
import { stackTs } from "./samples";

const rule = "unhandled-error-without-allow-origin";
const handler = (carets: string) => `//- /lambda/orders.ts
export const handler = async (event: any) => {
  const order = JSON.parse(event.body);
${carets}
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: order.id };
};`;
const rest = (more: string) =>
  stackTs(`
  const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
  const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });
  api.root.addMethod("POST", new apigateway.LambdaIntegration(fn));
  const responseHeaders = { "Access-Control-Allow-Origin": "'*'" };${more}`);

describe(rule, () => {
  it("is reported in front of a REST API without gateway responses", async () => {
    await check(
      rule,
      `${rest("")}${handler("  //            ^^^^^^^^^^^^^^^^^^^^^^ [information] The browser shows a CORS error when this throws")}`,
    );
  });

  it("is silent when gateway responses carry the headers", async () => {
    const response =
      '\n  api.addGatewayResponse("5", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });';
    await check(rule, `${rest(response)}${handler("")}`);
  });

  it("is silent without a known front", async () => {
    await check(rule, handler(""));
  });
});
