import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "request-refused-by-response";

const errors = `
      for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX])
        api.addGatewayResponse(type.responseType, { type, responseHeaders: {
          "Access-Control-Allow-Origin": "'https://app.acmecorp.com'",
          "Access-Control-Allow-Credentials": "'true'",
        } });`;
const stack = `${stackTs(`
      const api = new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"], allowCredentials: true },
      });
      api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(new NodejsFunction(stack, "Orders", { entry: "orders.ts" })));${errors}`)}`;
const handler = (headers: string) => `//- /orders.ts
export const handler = async () => ({ statusCode: 200, headers: { ${headers} }, body: "[]" });
`;
const page = (options: string, message = "") => `//- /web/page.ts
export const orders = () =>
  fetch(import.meta.env.VITE_API_URL + "/orders"${options});
${message && `//                                                               ^^^^^^^^^ [warning] ${message}`}
`;

describe(rule, () => {
  it("a call with cookies needs credentials and an origin in the answer too", async () => {
    await check(
      rule,
      stack +
        handler('"Access-Control-Allow-Origin": "https://app.acmecorp.com"') +
        page(
          ', { credentials: "include" }',
          "With cookies the browser refuses this call's response: it allows no credentials.",
        ),
    );
    await check(
      rule,
      stack +
        handler('"Access-Control-Allow-Origin": "*"') +
        page(
          ', { credentials: "include" }',
          "With cookies the browser refuses this call's response: its allowed origin is *.",
        ),
    );
  });

  it("the same in Python, from a client with cookies", async () => {
    await check(
      rule,
      `${stackPy(`
      fn = lambda_.Function(stack, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("functions"))
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"], allow_credentials=True))
      api.root.add_resource("orders").add_method("GET", apigateway.LambdaIntegration(fn))`)}#- /functions/orders.py
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}, "body": "[]"}
//- /web/page.js
import axios from "axios";
const shop = axios.create({
  baseURL: process.env.REACT_APP_API_URL,
  withCredentials: true,
  #                ^^^^ [warning] With cookies the browser refuses this call's response: it allows no credentials.
});
export const orders = () => shop.get("/orders");
`,
    );
  });

  it("is silent where the answer says so, and where the call has no cookies", async () => {
    await check(
      rule,
      stack +
        handler(
          '"Access-Control-Allow-Origin": "https://app.acmecorp.com", "Access-Control-Allow-Credentials": "true"',
        ) +
        page(', { credentials: "include" }'),
    );
    await check(
      rule,
      stack + handler('"Access-Control-Allow-Origin": "https://app.acmecorp.com"') + page(""),
    );
  });

  it("is silent where headers of the answer are not known", async () => {
    await check(
      rule,
      stack +
        handler('"Access-Control-Allow-Origin": "https://app.acmecorp.com", ...more()') +
        page(', { credentials: "include" }'),
    );
  });
});
