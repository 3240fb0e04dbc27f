/** Broken APIs. */
import { ADMIN, type Loop } from "./loop";
import {
  allowApp,
  bothRuntimes,
  get,
  handler,
  loop,
  nodeHandler,
  post,
  pythonHandler,
  stackPy,
  stackTs,
} from "./parts";

const notConfigured: readonly Loop[] = [
  loop({
    rule: "cors-not-configured",
    what: "HTTP API",
    text:
      stackTs(`const api = new apigwv2.HttpApi(stack, "Api");
api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.POST], integration: new HttpLambdaIntegration("I", orders) });`) +
      handler("node", allowApp),
    twin: stackPy(`api = apigwv2.HttpApi(stack, "Api")
api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.POST], integration=integrations.HttpLambdaIntegration("I", orders))`),
  }),
  loop({
    rule: "cors-not-configured",
    what: "REST API",
    text:
      stackTs(
        `const api = new apigateway.RestApi(stack, "Api");
api.root.addResource("orders").addMethod("POST", new apigateway.LambdaIntegration(orders));`,
        "python",
      ) + handler("python", allowApp),
    twin: stackPy(
      `api = apigateway.RestApi(stack, "Api")
api.root.add_resource("orders").add_method("POST", apigateway.LambdaIntegration(orders))`,
      "python",
    ),
  }),
  loop({
    rule: "options-method-missing",
    what: "a resource beside one with a preflight",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api");
const carts = api.root.addResource("carts");
carts.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"], allowMethods: ["PUT"] });
carts.addMethod("PUT", new apigateway.LambdaIntegration(orders));
const open = api.root.addResource("orders");
open.addMethod("PUT", new apigateway.LambdaIntegration(orders));`) + handler("node", allowApp),
    twin: stackPy(`api = apigateway.RestApi(stack, "Api")
carts = api.root.add_resource("carts")
carts.add_cors_preflight(allow_origins=["https://app.acmecorp.com"], allow_methods=["PUT"])
carts.add_method("PUT", apigateway.LambdaIntegration(orders))
open = api.root.add_resource("orders")
open.add_method("PUT", apigateway.LambdaIntegration(orders))`),
    call: { ...post, method: "PUT" },
  }),
];

const guarded: readonly Loop[] = [
  loop({
    rule: "preflight-needs-authorization",
    what: "HTTP API, ANY with an authorizer",
    text:
      stackTs(
        `const api = new apigwv2.HttpApi(stack, "Api", {
  defaultAuthorizer: new HttpJwtAuthorizer("Jwt", "https://login.acmecorp.com", { jwtAudience: ["a"] }),
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
    allowHeaders: ["authorization", "content-type"],
  },
});
const integration = new HttpLambdaIntegration("I", orders);
api.addRoutes({ path: "/{proxy+}", integration });`,
        "python",
      ) + handler("python", {}),
    twin: stackPy(
      `api = apigwv2.HttpApi(
    stack,
    "Api",
    default_authorizer=authorizers.HttpJwtAuthorizer("Jwt", "https://login.acmecorp.com", jwt_audience=["a"]),
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
        allow_headers=["authorization", "content-type"],
    ),
)
integration = integrations.HttpLambdaIntegration("I", orders)
api.add_routes(path="/{proxy+}", integration=integration)`,
      "python",
    ),
    call: { ...post, headers: { ...post.headers, authorization: "Bearer t" } },
    inDoubt: /errors of its own/,
  }),
  loop({
    rule: "preflight-needs-authorization",
    what: "HTTP API, $default with an authorizer",
    text:
      stackTs(`const integration = new HttpLambdaIntegration("I", orders);
const api = new apigwv2.HttpApi(stack, "Api", {
  defaultAuthorizer: new HttpJwtAuthorizer("Jwt", "https://login.acmecorp.com", { jwtAudience: ["a"] }),
  defaultIntegration: integration,
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
    allowHeaders: ["authorization", "content-type"],
  },
});`) + handler("node", {}),
    twin: stackPy(`integration = integrations.HttpLambdaIntegration("I", orders)
api = apigwv2.HttpApi(
    stack,
    "Api",
    default_authorizer=authorizers.HttpJwtAuthorizer("Jwt", "https://login.acmecorp.com", jwt_audience=["a"]),
    default_integration=integration,
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
        allow_headers=["authorization", "content-type"],
    ),
)`),
    call: { ...post, headers: { ...post.headers, authorization: "Bearer t" } },
    inDoubt: /errors of its own/,
  }),
  loop({
    rule: "preflight-needs-authorization",
    what: "REST API, a proxy with an authorizer",
    text:
      stackTs(`new apigateway.LambdaRestApi(stack, "Api", {
  handler: orders,
  defaultMethodOptions: { authorizer: new apigateway.TokenAuthorizer(stack, "Users", { handler: orders }) },
});`) + handler("node", allowApp),
    twin: stackPy(`apigateway.LambdaRestApi(
    stack,
    "Api",
    handler=orders,
    default_method_options=apigateway.MethodOptions(
        authorizer=apigateway.TokenAuthorizer(stack, "Users", handler=orders),
    ),
)`),
    call: { ...post, headers: { ...post.headers, authorization: "Bearer t" } },
    says: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  }),
  loop({
    rule: "preflight-needs-authorization",
    what: "REST API, an OPTIONS method of its own",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  defaultMethodOptions: { apiKeyRequired: true },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
const items = api.root.addResource("orders");
items.addMethod("POST", new apigateway.LambdaIntegration(orders));
items.addMethod("OPTIONS", new apigateway.LambdaIntegration(orders));`) +
      handler("node", {
        ...allowApp,
        "Access-Control-Allow-Headers": "content-type,x-api-key",
      }),
    twin: stackPy(`api = apigateway.RestApi(
    stack,
    "Api",
    default_method_options=apigateway.MethodOptions(api_key_required=True),
)
headers = {"Access-Control-Allow-Origin": "'https://app.acmecorp.com'"}
api.add_gateway_response("ClientErrors", type=apigateway.ResponseType.DEFAULT_4_XX, response_headers=headers)
api.add_gateway_response("ServerErrors", type=apigateway.ResponseType.DEFAULT_5_XX, response_headers=headers)
items = api.root.add_resource("orders")
items.add_method("POST", apigateway.LambdaIntegration(orders))
items.add_method("OPTIONS", apigateway.LambdaIntegration(orders))`),
    call: { ...post, headers: { ...post.headers, "x-api-key": "k" } },
  }),
  loop({
    rule: "gateway-responses-without-cors",
    what: "a call without its API key",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders), { apiKeyRequired: true });`) +
      handler("node", allowApp),
    twin: stackPy(`api = apigateway.RestApi(
    stack,
    "Api",
    default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]),
)
api.root.add_resource("orders").add_method("GET", apigateway.LambdaIntegration(orders), api_key_required=True)`),
    call: get,
    reads: { status: 403, body: "" },
  }),
  loop({
    rule: "gateway-responses-without-cors",
    what: "a call without its token",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders), {
  authorizer: new apigateway.TokenAuthorizer(stack, "Users", { handler: orders }),
});`) + handler("node", allowApp),
    twin: stackPy(`api = apigateway.RestApi(
    stack,
    "Api",
    default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]),
)
api.root.add_resource("orders").add_method(
    "GET",
    apigateway.LambdaIntegration(orders),
    authorizer=apigateway.TokenAuthorizer(stack, "Users", handler=orders),
)`),
    call: get,
    reads: { status: 401, body: "" },
  }),
  loop({
    rule: "gateway-responses-without-cors",
    what: "a handler that fails",
    text:
      stackTs(
        `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders));`,
        "python",
      ) +
      pythonHandler(
        `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}, "body": event["nothing"]}`,
      ),
    call: get,
    reads: { status: 502, body: "" },
  }),
];

const reached: readonly Loop[] = [
  ...bothRuntimes((runtime) =>
    loop({
      rule: "preflight-reaches-handler",
      what: "HTTP API, ANY",
      text:
        stackTs(
          `const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.ANY],
    allowHeaders: ["content-type"],
  },
});
api.addRoutes({ path: "/orders", integration: new HttpLambdaIntegration("I", orders) });`,
          runtime,
        ) +
        (runtime === "node"
          ? nodeHandler(`  if (event.requestContext.http.method === "POST") {
    return { statusCode: 200, body: "orders" };
  }
  return { statusCode: 405, body: "" };`)
          : pythonHandler(`    if event["requestContext"]["http"]["method"] == "POST":
        return {"statusCode": 200, "body": "orders"}
    return {"statusCode": 405, "body": ""}`)),
      twin: stackPy(
        `api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.ANY],
        allow_headers=["content-type"],
    ),
)
api.add_routes(path="/orders", integration=integrations.HttpLambdaIntegration("I", orders))`,
        runtime,
      ),
    }),
  ),
  ...bothRuntimes((runtime) =>
    loop({
      rule: "preflight-reaches-handler",
      what: "Function URL without a policy",
      text:
        stackTs(`orders.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`, runtime) +
        (runtime === "node"
          ? nodeHandler(
              `  if (event.requestContext.http.method === "POST") {
    return { statusCode: 200, headers, body: "orders" };
  }
  return { statusCode: 405, headers, body: "" };`,
              `const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };`,
            )
          : pythonHandler(
              `    if event["requestContext"]["http"]["method"] == "POST":
        return {"statusCode": 200, "headers": HEADERS, "body": "orders"}
    return {"statusCode": 405, "headers": HEADERS, "body": ""}`,
              `HEADERS = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}`,
            )),
    }),
  ),
  loop({
    rule: "preflight-reaches-handler",
    what: "REST API, a proxy without a policy",
    text:
      stackTs(`new apigateway.LambdaRestApi(stack, "Api", { handler: orders });`) +
      nodeHandler(
        `  if (event.httpMethod === "POST") {
    return { statusCode: 200, headers, body: "orders" };
  }
  return { statusCode: 405, headers, body: "" };`,
        `const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };`,
      ),
    twin: stackPy(`apigateway.LambdaRestApi(stack, "Api", handler=orders)`),
  }),
  loop({
    rule: "binary-media-breaks-preflight",
    what: "everything binary",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  binaryMediaTypes: ["*/*"],
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
api.root.addResource("orders").addMethod("POST", new apigateway.LambdaIntegration(orders));`) +
      handler("node", allowApp),
    twin: stackPy(`api = apigateway.RestApi(
    stack,
    "Api",
    binary_media_types=["*/*"],
    default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]),
)
headers = {"Access-Control-Allow-Origin": "'https://app.acmecorp.com'"}
api.add_gateway_response("ClientErrors", type=apigateway.ResponseType.DEFAULT_4_XX, response_headers=headers)
api.add_gateway_response("ServerErrors", type=apigateway.ResponseType.DEFAULT_5_XX, response_headers=headers)
api.root.add_resource("orders").add_method("POST", apigateway.LambdaIntegration(orders))`),
  }),
  loop({
    rule: "options-method-duplicated",
    what: "one generated, one by hand",
    kind: "refused",
    text:
      stackTs(`const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const items = api.root.addResource("orders");
items.addMethod("POST", new apigateway.LambdaIntegration(orders));
items.addMethod("OPTIONS", new apigateway.LambdaIntegration(orders));`) + handler("node", allowApp),
    twin: stackPy(`api = apigateway.RestApi(
    stack,
    "Api",
    default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]),
)
items = api.root.add_resource("orders")
items.add_method("POST", apigateway.LambdaIntegration(orders))
items.add_method("OPTIONS", apigateway.LambdaIntegration(orders))`),
  }),
];

interface Behaviour {
  readonly ts: string;
  readonly py: string;
}

/** An HTTP API for two pages behind a distribution of its own. */
function cdn({ ts, py }: Behaviour): { text: string; twin: string } {
  return {
    text:
      stackTs(`const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://admin.acmecorp.com", "https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.ANY],
    allowHeaders: ["content-type"],
  },
});
api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST], integration: new HttpLambdaIntegration("I", orders) });
new cloudfront.Distribution(stack, "Cdn", {
  defaultBehavior: {
    origin: new origins.HttpOrigin(\`\${api.apiId}.execute-api.\${stack.region}.amazonaws.com\`),
    ${ts}
  },
});`) + handler("node", {}),
    twin: stackPy(`api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://admin.acmecorp.com", "https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.ANY],
        allow_headers=["content-type"],
    ),
)
api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST], integration=integrations.HttpLambdaIntegration("I", orders))
cloudfront.Distribution(
    stack,
    "Cdn",
    default_behavior=cloudfront.BehaviorOptions(
        origin=origins.HttpOrigin(f"{api.api_id}.execute-api.{stack.region}.amazonaws.com"),
        ${py}
    ),
)`),
  };
}

const all = {
  ts: "allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,",
  py: "allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,",
};
const forward = {
  ts: "originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,",
  py: "origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,",
};
const uncached = {
  ts: "cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,",
  py: "cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,",
};
const together = (...parts: readonly Behaviour[]): Behaviour => ({
  ts: parts.map(({ ts }) => ts).join("\n    "),
  py: parts.map(({ py }) => py).join("\n        "),
});

const fronted: readonly Loop[] = [
  loop({
    rule: "cdn-refuses-options",
    what: "GET and HEAD only",
    ...cdn(together(forward, uncached)),
  }),
  loop({
    rule: "cdn-drops-origin",
    what: "no origin request policy",
    ...cdn(together(all, uncached)),
  }),
  loop({
    rule: "cdn-caches-one-origin",
    what: "another page has called",
    ...cdn(together(all, forward)),
    call: get,
    before: ADMIN,
  }),
];

export const apis: readonly Loop[] = [...notConfigured, ...guarded, ...reached, ...fronted];
