/** Broken stacks, each with what its template shows once it is fixed. */
import type { TemplateModel, TemplatePolicy } from "./template";

export interface Broken {
  readonly rule: string;
  readonly what: string;
  readonly text: string;
  /** False of the broken stack's template, true after any of the fixes. */
  readonly fixed: (model: TemplateModel) => boolean;
  /** CDK itself refuses the broken stack. */
  readonly refused?: true;
}

const imports = `import { Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as path from "path";
import type { Construct } from "constructs";
`;

/** A stack with a function \`fn\` whose handler sends CORS headers. */
function stack(body: string): string {
  return `${imports}
export class BrokenStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "with-cors.handler",
      code: lambda.Code.fromAsset(path.join(__dirname, "code")),
    });
${body.trim().replace(/^/gm, "    ")}
  }
}
`;
}

const http = (options: string, routes = getRoute): string =>
  stack(`const api = new apigwv2.HttpApi(this, "Api", {\n${options}\n});\n${routes}`);

const getRoute = `api.addRoutes({ path: "/x", methods: [apigwv2.HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`;

const httpCors = (options: string, routes = getRoute): string =>
  http(`  corsPreflight: {\n${options.trim().replace(/^ */gm, "    ")}\n  },`, routes);

const rest = (options: string, more: string): string =>
  stack(`const api = new apigateway.RestApi(this, "Api", {\n${options}\n});\n${more}`);

const restGet = `api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`;

const policyOf = ({ apis }: TemplateModel): TemplatePolicy =>
  apis[0]?.policy ?? apis[0]?.routes.find((route) => route.preflight)?.preflight ?? {};

const route = ({ apis }: TemplateModel, method: string, path: string) =>
  apis[0]?.routes.find((each) => each.method === method && each.path === path);

const has = (list: TemplatePolicy["allowHeaders"], text: string): boolean =>
  (list ?? []).some((item) => item?.toLowerCase() === text.toLowerCase());

const harmless = (model: TemplateModel): boolean => {
  const { allowOrigins, allowCredentials } = policyOf(model);
  return !(allowCredentials && has(allowOrigins, "*")) && (allowOrigins ?? []).length > 0;
};

const errorsCovered = ({ apis }: TemplateModel): boolean =>
  ["DEFAULT_4XX", "DEFAULT_5XX"].every((type) => {
    const value = apis[0]?.gatewayResponses.get(type)?.get("access-control-allow-origin");
    return value !== undefined && /^'.*'$|^method\.request\.header\.origin$/i.test(value);
  });

export const broken: readonly Broken[] = [
  {
    rule: "wildcard-origin-with-credentials",
    what: "an HTTP API",
    text: httpCors(`allowOrigins: ["*"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],
      allowCredentials: true,`),
    fixed: harmless,
    refused: true,
  },
  {
    rule: "wildcard-origin-with-credentials",
    what: "a REST API",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: apigateway.Cors.ALL_ORIGINS, allowCredentials: true },`,
      restGet,
    ),
    fixed: harmless,
  },
  {
    rule: "wildcard-origin-with-credentials",
    what: "a Function URL",
    text: stack(
      `fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ["*"], allowCredentials: true } });`,
    ),
    fixed: harmless,
  },
  {
    rule: "wildcard-origin-with-credentials",
    what: "a CfnApi",
    text: stack(`new apigwv2.CfnApi(this, "Api", {
  name: "raw",
  protocolType: "HTTP",
  corsConfiguration: { allowOrigins: ["*"], allowMethods: ["GET"], allowHeaders: ["accept"], allowCredentials: true },
});`),
    fixed: harmless,
  },
  {
    rule: "scheme-wildcard-with-credentials",
    what: "an HTTP API",
    text: httpCors(`allowOrigins: ["https://*"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],
      allowCredentials: true,`),
    fixed: (model) => !has(policyOf(model).allowOrigins, "https://*"),
  },
  {
    rule: "origin-never-matches",
    what: "a trailing slash",
    text: httpCors(`allowOrigins: ["https://app.acmecorp.com/"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],`),
    fixed: (model) => policyOf(model).allowOrigins?.join() === "https://app.acmecorp.com",
  },
  {
    rule: "allow-origins-missing",
    what: "an HTTP API",
    text: httpCors(`allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],`),
    fixed: (model) => (policyOf(model).allowOrigins ?? []).length > 0,
  },
  {
    rule: "allow-headers-missing",
    what: "none at all",
    text: httpCors(`allowOrigins: ["https://app.example.com"],
      allowMethods: [apigwv2.CorsHttpMethod.POST],`),
    fixed: (model) => has(policyOf(model).allowHeaders, "content-type"),
  },
  {
    rule: "allow-methods-missing",
    what: "a routed method",
    text: httpCors(
      `allowOrigins: ["https://app.example.com"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],`,
      getRoute.replace("HttpMethod.GET", "HttpMethod.PUT"),
    ),
    fixed: (model) => has(policyOf(model).allowMethods, "PUT"),
  },
  {
    rule: "wildcard-without-effect",
    what: "headers",
    text: httpCors(`allowOrigins: ["https://app.example.com"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["*"],
      allowCredentials: true,`),
    fixed: (model) => !has(policyOf(model).allowHeaders, "*"),
  },
  {
    rule: "max-age-out-of-range",
    what: "an HTTP API",
    text: httpCors(`allowOrigins: ["https://app.example.com"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],
      maxAge: Duration.days(10),`),
    fixed: (model) => (policyOf(model).maxAge ?? 0) <= 86_400,
  },
  {
    rule: "max-age-out-of-range",
    what: "a Function URL",
    text: stack(
      `fn.addFunctionUrl({ cors: { allowedOrigins: ["https://app.example.com"], maxAge: Duration.days(2) } });`,
    ),
    fixed: (model) => (policyOf(model).maxAge ?? Infinity) <= 86_400,
    refused: true,
  },
  {
    rule: "max-age-beyond-browsers",
    what: "a REST API",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"], maxAge: Duration.days(1) },`,
      restGet,
    ),
    fixed: (model) => (policyOf(model).maxAge ?? 0) <= 7_200,
  },
  {
    rule: "cors-option-ignored",
    what: "another construct's names on a Function URL",
    text: stack(
      `fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowOrigins: ["https://app.example.com"] } as lambda.FunctionUrlCorsOptions });`,
    ),
    fixed: (model) => has(policyOf(model).allowOrigins, "https://app.example.com"),
  },
  {
    rule: "cors-not-configured",
    what: "an HTTP API",
    text: stack(`const api = new apigwv2.HttpApi(this, "Api");\n${getRoute}`),
    fixed: (model) => (policyOf(model).allowOrigins ?? []).length > 0,
  },
  {
    rule: "cors-not-configured",
    what: "a REST API",
    text: rest(`  restApiName: "api",`, restGet),
    fixed: (model) => route(model, "OPTIONS", "/")?.preflight !== undefined,
  },
  {
    rule: "preflight-needs-authorization",
    what: "ANY with an authorizer",
    text: http(
      `  defaultAuthorizer: new HttpJwtAuthorizer("Jwt", "https://issuer.example.com", { jwtAudience: ["a"] }),
  corsPreflight: {
    allowOrigins: ["https://app.example.com"],
    allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST],
    allowHeaders: ["authorization"],
  },`,
      `const integration = new HttpLambdaIntegration("I", fn);
api.addRoutes({ path: "/{proxy+}", integration });`,
    ),
    fixed: (model) =>
      route(model, "ANY", "/{proxy+}") === undefined ||
      route(model, "OPTIONS", "/{proxy+}")?.authorized === false,
  },
  {
    rule: "preflight-needs-authorization",
    what: "a hand-written OPTIONS method",
    text: rest(
      `  defaultMethodOptions: { authorizer: new apigateway.TokenAuthorizer(this, "Auth", { handler: fn }), apiKeyRequired: true },`,
      `api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
api.root.addMethod("OPTIONS", new apigateway.LambdaIntegration(fn));`,
    ),
    fixed: (model) =>
      route(model, "OPTIONS", "/")?.authorized === false &&
      route(model, "OPTIONS", "/")?.apiKeyRequired === false,
  },
  {
    rule: "options-method-missing",
    what: "a resource beside one with a preflight",
    text: rest(
      `  restApiName: "api",`,
      `const a = api.root.addResource("a");
a.addCorsPreflight({ allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] });
a.addMethod("PUT", new apigateway.LambdaIntegration(fn));
const b = api.root.addResource("b");
b.addMethod("PUT", new apigateway.LambdaIntegration(fn));`,
    ),
    fixed: (model) =>
      has(route(model, "OPTIONS", "/b")?.preflight?.allowOrigins, "https://app.example.com"),
  },
  {
    rule: "options-method-duplicated",
    what: "one generated, one by hand",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },`,
      `${restGet}\napi.root.addMethod("OPTIONS", new apigateway.MockIntegration());`,
    ),
    fixed: (model) =>
      model.apis[0]?.routes.filter((each) => each.method === "OPTIONS").length === 1,
    refused: true,
  },
  {
    rule: "gateway-responses-without-cors",
    what: "one origin",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },`,
      `api.root.addMethod("GET", new apigateway.LambdaIntegration(fn), { apiKeyRequired: true });`,
    ),
    fixed: errorsCovered,
  },
  {
    rule: "gateway-responses-without-cors",
    what: "several origins",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["https://a.example.com", "https://b.example.com"] },`,
      `api.root.addMethod("GET", new apigateway.LambdaIntegration(fn), { apiKeyRequired: true });`,
    ),
    fixed: errorsCovered,
  },
  {
    rule: "mapping-value-unquoted",
    what: "a gateway response",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["*"] },`,
      `${restGet}
for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX]) {
  api.addGatewayResponse(type.responseType, { type, responseHeaders: { "Access-Control-Allow-Origin": "*" } });
}`,
    ),
    fixed: errorsCovered,
  },
  {
    rule: "integration-response-ignored",
    what: "a proxy",
    text: rest(
      `  defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },`,
      `api.root.addMethod(
  "GET",
  new apigateway.LambdaIntegration(fn, {
    proxy: true,
    integrationResponses: [
      { statusCode: "200", responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" } },
    ],
  }),
);`,
    ),
    fixed: (model) => route(model, "GET", "/")?.mapped.size === 0,
  },
  {
    rule: "binary-media-breaks-preflight",
    what: "everything binary",
    text: rest(
      `  binaryMediaTypes: ["*/*"],
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },`,
      restGet,
    ),
    fixed: ({ apis }) => !apis[0]?.binaryMediaTypes?.includes("*/*"),
  },
  {
    rule: "function-url-options-method",
    what: "OPTIONS beside GET",
    text: stack(
      `fn.addFunctionUrl({
  cors: { allowedOrigins: ["https://app.example.com"], allowedMethods: [lambda.HttpMethod.GET, lambda.HttpMethod.OPTIONS] },
});`,
    ),
    fixed: (model) => policyOf(model).allowMethods?.join() === "GET",
  },
  {
    rule: "cdn-refuses-options",
    what: "GET and HEAD only",
    text: cdn(`originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,`),
    fixed: ({ apis }) => apis[0]?.doors[0]?.allowedMethods.includes("OPTIONS") === true,
  },
  {
    rule: "cdn-drops-origin",
    what: "no origin request policy",
    text: cdn(`allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,`),
    fixed: ({ apis }) => apis[0]?.doors[0]?.forwardsOrigin === true,
  },
  {
    rule: "cdn-caches-one-origin",
    what: "the default cache policy",
    text: cdn(`allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,`),
    fixed: ({ apis }) => apis[0]?.doors[0]?.originInCacheKey === true,
  },
  {
    rule: "null-origin-allowed",
    what: "null in a policy",
    text: httpCors(`allowOrigins: ["https://app.example.com", "null"],
      allowMethods: [apigwv2.CorsHttpMethod.GET],
      allowHeaders: ["content-type"],`),
    fixed: (model) => policyOf(model).allowOrigins?.join() === "https://app.example.com",
  },
];

/** An HTTP API with a policy for several origins behind a distribution of its own. */
function cdn(behaviour: string): string {
  return httpCors(
    `allowOrigins: ["https://a.example.com", "https://b.example.com"],
      allowMethods: [apigwv2.CorsHttpMethod.ANY],
      allowHeaders: ["content-type"],`,
    `${getRoute}
new cloudfront.Distribution(this, "Cdn", {
  defaultBehavior: {
    origin: new origins.HttpOrigin(\`\${api.apiId}.execute-api.\${this.region}.amazonaws.com\`),
    ${behaviour}
  },
});`,
  );
}
