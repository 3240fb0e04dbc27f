/** Broken policies. */
import type { Loop } from "./loop";
import { STRANGER } from "./loop";
import {
  allowApp,
  allowAppWithCookies,
  bothRuntimes,
  get,
  handler,
  loop,
  post,
  stackPy,
  stackTs,
  type Runtime,
} from "./parts";

const tsRoute = (method: string): string =>
  `api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.${method}], integration: new HttpLambdaIntegration("I", orders) });`;
const pyRoute = (method: string): string =>
  `api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.${method}], integration=integrations.HttpLambdaIntegration("I", orders))`;

interface Policy {
  readonly ts: string;
  readonly py: string;
  readonly method?: string;
  readonly runtime?: Runtime;
}

/** An HTTP API with a policy and one route; the handler says nothing about CORS. */
function httpApi({ ts, py, method = "POST", runtime = "node" }: Policy) {
  const stack = stackTs(
    `const api = new apigwv2.HttpApi(stack, "Api", {\n  corsPreflight: {\n    ${ts}\n  },\n});\n${tsRoute(method)}`,
    runtime,
  );
  return {
    text: stack + handler(runtime, {}),
    twin: stackPy(
      `api = apigwv2.HttpApi(\n    stack,\n    "Api",\n    cors_preflight=apigwv2.CorsPreflightOptions(\n        ${py}\n    ),\n)\n${pyRoute(method)}`,
      runtime,
    ),
  };
}

/** A REST API with a policy and one method. */
function restApi({ ts, py, method = "POST", runtime = "node" }: Policy, headers = {}) {
  const stack = stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {\n  defaultCorsPreflightOptions: { ${ts} },\n});\napi.root.addResource("orders").addMethod("${method}", new apigateway.LambdaIntegration(orders));`,
    runtime,
  );
  return {
    text: stack + handler(runtime, headers),
    twin: stackPy(
      `api = apigateway.RestApi(\n    stack,\n    "Api",\n    default_cors_preflight_options=apigateway.CorsOptions(${py}),\n)\napi.root.add_resource("orders").add_method("${method}", apigateway.LambdaIntegration(orders))`,
      runtime,
    ),
  };
}

/** A public Function URL with `cors`. */
function functionUrl({ ts, py, runtime = "node" }: Policy) {
  return {
    text:
      stackTs(
        `orders.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { ${ts} } });`,
        runtime,
      ) + handler(runtime, {}),
    twin: stackPy(
      `orders.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE, cors=lambda_.FunctionUrlCorsOptions(${py}))`,
      runtime,
    ),
  };
}

const cookies = { ...post, credentials: "include" } as const;

const missing: readonly Loop[] = [
  ...bothRuntimes((runtime) =>
    loop({
      rule: "allow-headers-missing",
      what: "HTTP API without allowed headers",
      ...httpApi({
        ts: `allowOrigins: ["https://app.acmecorp.com"],\n    allowMethods: [apigwv2.CorsHttpMethod.POST],`,
        py: `allow_origins=["https://app.acmecorp.com"],\n        allow_methods=[apigwv2.CorsHttpMethod.POST],`,
        runtime,
      }),
    }),
  ),
  loop({
    rule: "allow-methods-missing",
    what: "HTTP API that routes PUT",
    ...httpApi({
      ts: `allowOrigins: ["https://app.acmecorp.com"],\n    allowMethods: [apigwv2.CorsHttpMethod.GET],\n    allowHeaders: ["content-type"],`,
      py: `allow_origins=["https://app.acmecorp.com"],\n        allow_methods=[apigwv2.CorsHttpMethod.GET],\n        allow_headers=["content-type"],`,
      method: "PUT",
      runtime: "python",
    }),
    call: { ...post, method: "PUT" },
  }),
  loop({
    rule: "allow-methods-missing",
    what: "REST API that has DELETE",
    ...restApi(
      {
        ts: `allowOrigins: ["https://app.acmecorp.com"], allowMethods: ["GET"]`,
        py: `allow_origins=["https://app.acmecorp.com"], allow_methods=["GET"]`,
        method: "DELETE",
      },
      allowApp,
    ),
    call: { ...get, method: "DELETE" },
  }),
  loop({
    rule: "allow-methods-missing",
    what: "REST API, lower case",
    ...restApi(
      {
        ts: `allowOrigins: ["https://app.acmecorp.com"], allowMethods: ["GET", "put"]`,
        py: `allow_origins=["https://app.acmecorp.com"], allow_methods=["GET", "put"]`,
        method: "PUT",
      },
      allowApp,
    ),
    call: { ...post, method: "PUT" },
  }),
  loop({
    rule: "allow-headers-missing",
    what: "HTTP API, the authorizer's header",
    text:
      stackTs(`const users = new HttpJwtAuthorizer("Users", "https://login.acmecorp.com", { jwtAudience: ["shop"] });
const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET],
    allowHeaders: ["content-type"],
  },
});
api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.GET], integration: new HttpLambdaIntegration("I", orders), authorizer: users });`) +
      handler("node", {}),
    twin: stackPy(`users = authorizers.HttpJwtAuthorizer("Users", "https://login.acmecorp.com", jwt_audience=["shop"])
api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com"],
        allow_methods=[apigwv2.CorsHttpMethod.GET],
        allow_headers=["content-type"],
    ),
)
api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("I", orders), authorizer=users)`),
    call: { ...get, headers: { authorization: "Bearer t" } },
  }),
  loop({
    rule: "allow-origins-missing",
    what: "HTTP API",
    ...httpApi({
      ts: `allowMethods: [apigwv2.CorsHttpMethod.POST],\n    allowHeaders: ["content-type"],`,
      py: `allow_methods=[apigwv2.CorsHttpMethod.POST],\n        allow_headers=["content-type"],`,
    }),
  }),
];

const never = (origin: string): Policy => ({
  ts: `allowOrigins: ["${origin}"],\n    allowMethods: [apigwv2.CorsHttpMethod.POST],\n    allowHeaders: ["content-type"],`,
  py: `allow_origins=["${origin}"],\n        allow_methods=[apigwv2.CorsHttpMethod.POST],\n        allow_headers=["content-type"],`,
});

const noOrigin = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

const origins: readonly Loop[] = [
  loop({
    rule: "origin-never-matches",
    what: "REST API, a trailing slash",
    ...restApi(
      {
        ts: `allowOrigins: ["https://app.acmecorp.com/"]`,
        py: `allow_origins=["https://app.acmecorp.com/"]`,
      },
      allowApp,
    ),
  }),
  loop({
    rule: "origin-never-matches",
    what: "HTTP API, a path",
    ...httpApi(never("https://app.acmecorp.com/shop")),
    says: noOrigin,
  }),
  loop({
    rule: "origin-never-matches",
    what: "Function URL, upper case",
    ...functionUrl({
      ts: `allowedOrigins: ["https://App.AcmeCorp.com"], allowedHeaders: ["content-type"]`,
      py: `allowed_origins=["https://App.AcmeCorp.com"], allowed_headers=["content-type"]`,
    }),
    says: noOrigin,
  }),
  loop({
    rule: "cors-option-ignored",
    what: "Function URL with another construct's names",
    ...functionUrl({
      ts: `allowOrigins: ["https://app.acmecorp.com"], allowedHeaders: ["content-type"] } as lambda.FunctionUrlCorsOptions & {`,
      py: `allow_origins=["https://app.acmecorp.com"], allowed_headers=["content-type"]`,
    }),
  }),
];

const wildcards: readonly Loop[] = [
  loop({
    rule: "wildcard-origin-with-credentials",
    what: "REST API",
    ...restApi(
      {
        ts: `allowOrigins: apigateway.Cors.ALL_ORIGINS, allowCredentials: true`,
        py: `allow_origins=apigateway.Cors.ALL_ORIGINS, allow_credentials=True`,
      },
      allowAppWithCookies,
    ),
    call: cookies,
    otherwise: { "Do without credentials": post },
  }),
  loop({
    rule: "wildcard-without-effect",
    what: "REST API, headers",
    ...restApi(
      {
        ts: `allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["*"], allowCredentials: true`,
        py: `allow_origins=["https://app.acmecorp.com"], allow_headers=["*"], allow_credentials=True`,
        runtime: "python",
      },
      allowAppWithCookies,
    ),
    call: cookies,
  }),
  loop({
    rule: "wildcard-origin-with-credentials",
    what: "HTTP API, which CDK refuses",
    kind: "refused",
    ...httpApi({
      ts: `allowOrigins: ["*"],\n    allowMethods: [apigwv2.CorsHttpMethod.POST],\n    allowHeaders: ["content-type"],\n    allowCredentials: true,`,
      py: `allow_origins=["*"],\n        allow_methods=[apigwv2.CorsHttpMethod.POST],\n        allow_headers=["content-type"],\n        allow_credentials=True,`,
    }),
    call: cookies,
    otherwise: { "Do without credentials": post },
  }),
];

const strangers: readonly Loop[] = [
  loop({
    rule: "any-origin-allowed",
    what: "HTTP API whose routes are authorized",
    kind: "admitted",
    text:
      stackTs(`const users = new HttpJwtAuthorizer("Users", "https://login.acmecorp.com", { jwtAudience: ["shop"] });
const api = new apigwv2.HttpApi(stack, "Api", {
  corsPreflight: {
    allowOrigins: ["*"],
    allowMethods: [apigwv2.CorsHttpMethod.GET],
    allowHeaders: ["authorization"],
  },
});
api.addRoutes({ path: "/orders", methods: [apigwv2.HttpMethod.GET], integration: new HttpLambdaIntegration("I", orders), authorizer: users });`) +
      handler("node", {}),
    twin: stackPy(`users = authorizers.HttpJwtAuthorizer("Users", "https://login.acmecorp.com", jwt_audience=["shop"])
api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["*"],
        allow_methods=[apigwv2.CorsHttpMethod.GET],
        allow_headers=["authorization"],
    ),
)
api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("I", orders), authorizer=users)`),
    call: { ...get, headers: { authorization: "Bearer t" } },
    stranger: { origin: STRANGER, sandboxed: false },
  }),
  loop({
    rule: "scheme-wildcard-with-credentials",
    what: "HTTP API",
    kind: "admitted",
    ...httpApi({
      ts: `allowOrigins: ["https://*"],\n    allowMethods: [apigwv2.CorsHttpMethod.POST],\n    allowHeaders: ["content-type"],\n    allowCredentials: true,`,
      py: `allow_origins=["https://*"],\n        allow_methods=[apigwv2.CorsHttpMethod.POST],\n        allow_headers=["content-type"],\n        allow_credentials=True,`,
    }),
    call: cookies,
    stranger: { origin: STRANGER, sandboxed: false },
  }),
  loop({
    rule: "null-origin-allowed",
    what: "HTTP API",
    kind: "admitted",
    ...httpApi({
      ts: `allowOrigins: ["https://app.acmecorp.com", "null"],\n    allowMethods: [apigwv2.CorsHttpMethod.POST],\n    allowHeaders: ["content-type"],`,
      py: `allow_origins=["https://app.acmecorp.com", "null"],\n        allow_methods=[apigwv2.CorsHttpMethod.POST],\n        allow_headers=["content-type"],`,
      runtime: "python",
    }),
    stranger: { origin: STRANGER, sandboxed: true },
  }),
];

export const policies: readonly Loop[] = [...missing, ...origins, ...wildcards, ...strangers];
