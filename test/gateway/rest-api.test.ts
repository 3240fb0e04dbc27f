import { stackPy, stackTs } from "../rules/samples";
import { endings, modelFrom } from "./table";

const orders = `
//- /lambda/orders.js
exports.handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com" }, body: "{}" });
`;
const json = "content-type: application/json";

describe("gateway: REST API", () => {
  it("answers preflights with the first origin, or the listed one that asks", async () => {
    const rows = {
      [`POST /orders ${json}`]: "allowed, preflight 204 gateway, response 200 handler",
      [`from https://qa.acmecorp.com POST /orders ${json}`]:
        "blocked, response-allow-origin-match, preflight 204 gateway, response 200 handler",
      [`from https://evil.example POST /orders ${json}`]:
        "blocked, preflight-allow-origin-match, preflight 204 gateway",
      "POST /orders x-request-id: 7": "blocked, preflight-header-allowed, preflight 204 gateway",
      "GET /orders": "blocked, response-allow-origin-present, response 403 gateway",
      "PUT /orders":
        "blocked, response-allow-origin-present, preflight 204 gateway, response 403 gateway",
      "PUT /nowhere": "blocked, preflight-allow-origin-present, preflight 403 gateway",
    };
    const typescript = stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      const api = new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com", "https://qa.acmecorp.com"] },
      });
      api.root.addResource("orders").addMethod("POST", new apigateway.LambdaIntegration(fn));
      ${orders}`);
    endings(await modelFrom(typescript), rows);
    const python = stackPy(`
      fn = lambda_.Function(stack, "Fn", handler="orders.handler", code=lambda_.Code.from_asset("lambda"))
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=["https://app.acmecorp.com", "https://qa.acmecorp.com"],
      ))
      api.root.add_resource("orders").add_method("POST", apigateway.LambdaIntegration(fn))
      ${orders}`);
    endings(await modelFrom(python), rows);
  });

  it("leaves a method that the nearest resource lacks to a less specific one", async () => {
    const rows = {
      "PATCH /users/me": "allowed, preflight 204 gateway, response 200 handler",
      "GET /users/me": "allowed, response 200 handler",
      "GET /users/me/pictures": "allowed, response 200 handler",
      "DELETE /users/me":
        "blocked, response-allow-origin-present, preflight 204 gateway, response 403 gateway",
    };
    const typescript = stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      const api = new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      const to = new apigateway.LambdaIntegration(fn);
      const users = api.root.addResource("users");
      users.addResource("{id}").addMethod("GET", to);
      const me = users.addResource("me");
      me.addMethod("PATCH", to);
      users.addResource("{proxy+}").addMethod("GET", to);
      ${orders}`);
    endings(await modelFrom(typescript), rows);
    const python = stackPy(`
      fn = lambda_.Function(stack, "Fn", handler="orders.handler", code=lambda_.Code.from_asset("lambda"))
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=["https://app.acmecorp.com"],
      ))
      to = apigateway.LambdaIntegration(fn)
      users = api.root.add_resource("users")
      users.add_resource("{id}").add_method("GET", to)
      me = users.add_resource("me")
      me.add_method("PATCH", to)
      users.add_resource("{proxy+}").add_method("GET", to)
      ${orders}`);
    endings(await modelFrom(python), rows);
  });

  it("sends the mapped headers of gateway responses", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      const pool = new apigateway.CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [] });
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      const item = api.root.addResource("orders").addResource("{id}");
      item.addMethod("GET", new apigateway.LambdaIntegration(fn), { authorizer: pool });
      api.addGatewayResponse("Default4xx", {
        type: apigateway.ResponseType.DEFAULT_4XX,
        responseHeaders: { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" },
      });
      api.addGatewayResponse("Unauthorized", {
        type: apigateway.ResponseType.UNAUTHORIZED,
        responseHeaders: { "Access-Control-Allow-Origin": "method.request.header.origin" },
      });
      ${orders}`),
    );
    endings(model, {
      "GET /orders/7": "allowed, response 401 gateway",
      "GET /orders/7 +cookies": "blocked, response-allow-credentials, response 401 gateway",
      "GET /orders": "allowed, response 403 gateway",
      "from https://evil.example GET /orders/7": "allowed, response 401 gateway",
      "from https://evil.example GET /orders":
        "blocked, response-allow-origin-match, response 403 gateway",
      "GET /orders/7 authorization: x": "allowed, preflight 204 gateway, response 200 handler",
    });
  });

  it("fails where binaryMediaTypes turns the MOCK into a 500, and where OPTIONS wants a token", async () => {
    const model = await modelFrom(
      stackTs(`
      const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
      const binary = new apigateway.RestApi(stack, "Binary", {
        binaryMediaTypes: ["*/*"],
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      binary.root.addMethod("PUT", new apigateway.LambdaIntegration(fn));
      const pool = new apigateway.CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [] });
      const guarded = new apigateway.LambdaRestApi(stack, "Guarded", { handler: fn, defaultMethodOptions: { authorizer: pool } });
      ${orders}`),
    );
    endings(
      model,
      { "PUT /": "blocked, preflight-allow-origin-present, preflight 500 gateway" },
      "Binary",
    );
    endings(
      model,
      { "PUT /a": "blocked, preflight-allow-origin-present, preflight 401 gateway" },
      "Guarded",
    );
  });
});
