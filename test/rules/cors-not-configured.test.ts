import { check } from "./check";
import { stackTs } from "./samples";

const rule = "cors-not-configured";
const handler = (headers: string) => `//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, ${headers} body: "[]" });
`;
const sending = handler('headers: { "Access-Control-Allow-Origin": "*" },');

describe(rule, () => {
  it("writes the authorizer's header, credentials of the handler and the origins of another policy", async () => {
    const orders = (policy: string, carets: string) =>
      `${stackTs(`
      new HttpApi(stack, "Other", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["content-type"] } });
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "Orders"${policy});
${carets}
      api.addRoutes({
        path: "/orders",
        methods: [HttpMethod.POST, HttpMethod.GET],
        authorizer: users,
        integration: new HttpLambdaIntegration("I", fn),
      });`).replace(
        /\n\n+(?=api)/,
        "\n",
      )}${handler('headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com", "Access-Control-Allow-Credentials": "true" },')}`;
    await check(
      rule,
      orders(
        "",
        "      //              ^^^^^^^ [warning] The browser's preflight gets no CORS headers",
      ),
      orders(
        `, {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
          allowHeaders: ["content-type", "authorization"],
          allowCredentials: true,
          maxAge: Duration.hours(2),
        },
      }`,
        "",
      ),
    );
  });

  it("is information where the handlers answer plain reads, which need no preflight", async () => {
    const api = (method: string, more: string, told: string): string =>
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "Orders");
      //              ^^^^^^^ ${told}
      api.addRoutes({ path: "/orders", methods: [HttpMethod.${method}]${more}, integration: new HttpLambdaIntegration("I", fn) });`)}${sending}`;
    const plain = "[information] The browser sends plain reads only";
    const asked = "[warning] The browser's preflight gets no CORS headers";
    await check(rule, api("GET", "", plain));
    await check(rule, api("DELETE", "", asked));
    await check(rule, api("GET", ", authorizer: users", asked));
    const headers = '{ headers: { "x-page": "1" } }';
    const page = `//- /web/page.ts
export const load = () => fetch(import.meta.env.VITE_ORDERS_URL + "/orders", ${headers});
`;
    await check(rule, api("GET", "", asked) + page);
  });

  it("is the same in Python", async () => {
    const api = (method: string, told: string): string => `
#- /app.py
from aws_cdk import App, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_

stack = Stack(App(), "Shop")
fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_13, handler="h.handler", code=lambda_.Code.from_asset("src"))
api = apigateway.RestApi(stack, "Api")
#                ^^^^^^^ ${told}
api.root.add_method("${method}", apigateway.LambdaIntegration(fn))
#- /src/h.py
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "[]"}
`;
    await check(rule, api("GET", "[information] The browser sends plain reads only"));
    await check(rule, api("PUT", "[warning] The browser's preflight gets no CORS headers"));
  });

  it("is information when only a handler is there", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "Orders");
      //              ^^^^^^^ [information]
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}${handler("")}`,
    );
  });

  it("is silent when the handler answers OPTIONS itself", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "Orders");
      api.addRoutes({ path: "/orders", methods: [HttpMethod.ANY], integration: new HttpLambdaIntegration("I", fn) });`)}${sending}`,
    );
  });

  it("is silent about an API without evidence of browsers", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "Orders");
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`),
    );
  });

  it("is silent about an imported API", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "Other", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      const api = HttpApi.fromHttpApiAttributes(stack, "Orders", { httpApiId: "abc" });`),
    );
  });

  it("is silent when OPTIONS reaches a handler that cannot be read", async () => {
    const files = (name: string, caret: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/all.ts" });
      const other = new NodejsFunction(stack, "Other", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "Orders");
${caret}
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", other) });
      api.addRoutes({ path: "/{proxy+}", methods: [HttpMethod.ANY], integration: new HttpLambdaIntegration("J", fn) });`).replace(
      /\n\n+(?=api)/,
      "\n",
    )}${sending}//- /lambda/all.ts
export const ${name} = async () => ({ statusCode: 405 });
`;
    const said = "      //              ^^^^^^^ [warning] The browser's preflight";
    await check(rule, files("handler", said));
    await check(rule, files("main", ""));
  });

  it("is silent where a setting decides whether the endpoint is private", async () => {
    const open = `new apigateway.RestApi(stack, "Open", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } })`;
    await check(
      rule,
      stackTs(`
      ${open}.root.addMethod("GET");
      const closed = stack.node.tryGetContext("closed");
      const api = new apigateway.RestApi(stack, "Pages", {
        endpointConfiguration: closed ? { types: [apigateway.EndpointType.PRIVATE] } : { types: [apigateway.EndpointType.REGIONAL] },
      });
      api.root.addMethod("GET");`),
    );
  });
});
