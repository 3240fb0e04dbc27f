import { stackPy, stackTs } from "../rules/samples";
import { endings, modelFrom } from "./table";

const fn = `new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") })`;
const orders = `
//- /lambda/orders.js
exports.handler = async (event) => {
  if (!event.body) return { statusCode: 400, body: "no body" };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" }, body: "{}" };
};
`;

const json = "content-type: application/json";

describe("gateway: HTTP API", () => {
  it("answers preflights from the policy and puts its headers in the place of the handler's", async () => {
    const rows = {
      "GET /orders": "allowed, response 400 handler|200 handler",
      [`POST /orders ${json}`]: "allowed, preflight 204 gateway, response 400 handler|200 handler",
      "POST /orders x-request-id: 7": "blocked, preflight-header-allowed, preflight 204 gateway",
      "PUT /orders": "blocked, preflight-method-allowed, preflight 204 gateway",
      "DELETE /orders": "unknown, preflight 204 gateway, response 404 gateway",
      "GET /orders +cookies":
        "blocked, response-allow-credentials, response 400 handler|200 handler",
      "from https://evil.example GET /orders":
        "blocked, response-allow-origin-present, response 400 handler|200 handler",
      [`from https://evil.example POST /orders ${json}`]:
        "blocked, preflight-allow-origin-present, preflight 204 gateway",
      "GET /nowhere": "unknown, response 404 gateway",
    };
    const typescript = stackTs(`
      const fn = ${fn};
      const api = new HttpApi(stack, "Api", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
          allowHeaders: ["content-type"],
        },
      });
      api.addRoutes({
        path: "/orders",
        methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT],
        integration: new HttpLambdaIntegration("Orders", fn),
      });
      ${orders}`);
    endings(await modelFrom(typescript), rows);
    const python = stackPy(`
      fn = lambda_.Function(stack, "Fn", handler="orders.handler", code=lambda_.Code.from_asset("lambda"))
      api = apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(
          allow_origins=["https://app.acmecorp.com"],
          allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST, apigwv2.CorsHttpMethod.DELETE],
          allow_headers=["content-type"],
      ))
      api.add_routes(
          path="/orders",
          methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST, apigwv2.HttpMethod.PUT],
          integration=integrations.HttpLambdaIntegration("Orders", fn),
      )
      ${orders}`);
    endings(await modelFrom(python), rows);
  });

  it("leaves everything to routes and handlers without a policy", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = ${fn};
      const api = new HttpApi(stack, "Api");
      api.addRoutes({ path: "/orders/{id}", methods: [HttpMethod.GET, HttpMethod.POST], integration: new HttpLambdaIntegration("Orders", fn) });
      ${orders}`),
    );
    endings(model, {
      "GET /orders/7":
        "conditional, response-allow-origin-present, response 400 handler|200 handler",
      [`POST /orders/7 ${json}`]: "blocked, preflight-allow-origin-present, preflight 404 gateway",
      "GET /orders": "blocked, response-allow-origin-present, response 404 gateway",
    });
  });

  it("runs authorizers on OPTIONS when a route takes it", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = ${fn};
      const cors = { allowOrigins: ["https://app.acmecorp.com"], allowMethods: [CorsHttpMethod.ANY], allowHeaders: ["authorization"] };
      const api = new HttpApi(stack, "Api", { corsPreflight: cors, defaultAuthorizer: users });
      const integration = new HttpLambdaIntegration("Orders", fn);
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration });
      api.addRoutes({ path: "/all/{proxy+}", integration });
      api.addRoutes({ path: "/open/{proxy+}", integration, authorizer: new HttpNoneAuthorizer() });
      ${orders}`),
    );
    endings(model, {
      "GET /orders authorization: x":
        "allowed, preflight 204 gateway, response 400 handler|200 handler",
      "GET /all/a/b authorization: x": "blocked, preflight-status-ok, preflight 401 gateway",
      "PUT /open/a":
        "conditional, preflight-status-ok, preflight 400 handler|200 handler, response 400 handler|200 handler",
      "GET /orders": "unknown, response 401 gateway",
    });
  });

  it("says unknown for what AWS does not document or the code does not show", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = ${fn};
      const cors = {
        allowOrigins: [process.env.ORIGIN!, "https://*.acmecorp.com"],
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: ["*"],
        allowCredentials: true,
      };
      const api = new HttpApi(stack, "Api", { corsPreflight: cors });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("Orders", fn) });
      ${orders}`),
    );
    endings(model, {
      "GET /orders": "unknown, response 400 handler|200 handler",
      "GET /orders x-a: 1": "unknown, preflight 204 gateway",
    });
  });
});
