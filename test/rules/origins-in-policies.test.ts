/** Origins in policies: what they can be, how many of them are wrong, and where they are written. */
import { check } from "./check";
import { stackPy, stackTs } from "./samples";

describe("several faults in one list", () => {
  it("that is written elsewhere are told one by one, where it is used", async () => {
    await check(
      "origin-never-matches",
      `${stackTs(`
      import { pages } from "./pages";
      const api = new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: { allowOrigins: pages },
        //                             ^^^^^^^^^^^^ [error] No browser sends this origin: it ends with a slash.
        //                             ^^^^^^^^^^^^ [error] No browser sends this origin: it has no scheme.
      });`)}//- /pages.ts
export const pages = [
  "https://loft.acmecorp.com/",
  "shop.acmecorp.com",
  "https://ok.acmecorp.com",
];
`,
    );
    await check(
      "origin-never-matches",
      `${stackPy(`
      from pages import PAGES
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=PAGES,
        # ^^^^^^^^^^^^^ [error] No browser sends this origin: it ends with a slash.
        # ^^^^^^^^^^^^^ [error] No browser sends this origin: it has no scheme.
      ))`)}#- /pages.py
PAGES = [
    "https://loft.acmecorp.com/",
    "shop.acmecorp.com",
    "https://ok.acmecorp.com",
]
`,
    );
  });
});

describe("a condition on an origin", () => {
  const rule = "wildcard-origin-with-credentials";

  it("takes the excluded value out of what it can be", async () => {
    await check(
      rule,
      stackTs(`
      const origin: string = stack.node.tryGetContext("origin") || "*";
      new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: {
          allowOrigins: origin !== "*" ? [origin] : ["https://shop.acmecorp.com"],
          allowCredentials: true,
        },
      });`),
    );
    await check(
      rule,
      stackPy(`
      origin = stack.node.try_get_context("origin") or "*"
      apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=[origin] if origin != "*" else ["https://shop.acmecorp.com"],
          allow_credentials=True,
      ))`),
    );
  });

  it("also after it was assigned again", async () => {
    await check(
      rule,
      stackTs(`
      const id = stack.node.tryGetContext("id");
      let site = id ? \`https://main.\${id}.acmecorp.com\` : "*";
      if (site !== "*" && site.endsWith("/")) site = site.slice(0, -1);
      const allowOrigins = site === "*" ? ["http://localhost:3000"] : [site, "http://localhost:3000"];
      new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins, allowCredentials: true } });`),
    );
  });

  it("is missing", async () => {
    await check(
      rule,
      stackTs(`
      const origin: string = stack.node.tryGetContext("origin") || "*";
      new apigateway.RestApi(stack, "Api", {
        defaultCorsPreflightOptions: {
          allowOrigins: [origin],
        //^^^^^^^^^^^^ [error] With cookies the browser refuses every response whose allowed origin is *.
          allowCredentials: true,
        },
      });`),
    );
  });
});

describe("a list that gets an entry when it is empty", () => {
  it("is never empty", async () => {
    await check(
      ["allow-origins-missing", "any-origin-allowed"],
      stackTs(`
      const pages = process.env.PAGES ? process.env.PAGES.split(",") : [];
      if (pages.length === 0) {
        pages.push("https://shop.acmecorp.com");
      }
      new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: pages } });`),
    );
    await check(
      ["allow-origins-missing", "any-origin-allowed"],
      stackPy(`
      pages = os.environ["PAGES"].split(",") if os.environ.get("PAGES") else []
      if not pages:
          pages.append("https://shop.acmecorp.com")
      apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=pages))`),
    );
  });
});

describe("the domain name of a distribution", () => {
  it("has no scheme, so that as an origin it never matches", async () => {
    await check(
      "origin-never-matches",
      stackTs(`
      import * as cf from "aws-cdk-lib/aws-cloudfront";
      import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
      const site = new cf.Distribution(stack, "Site", { defaultBehavior: { origin: new HttpOrigin("web.acmecorp.com") } });
      new HttpApi(stack, "Bare", {
        corsPreflight: {
          allowOrigins: [site.distributionDomainName],
          //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends this origin: it is the name of a host, without a scheme.
        },
      });
      new HttpApi(stack, "Whole", {
        corsPreflight: {
          allowOrigins: [\`https://\${site.distributionDomainName}\`],
        },
      });`),
    );
    await check(
      "origin-never-matches",
      stackPy(`
      from aws_cdk import aws_cloudfront as cf, aws_cloudfront_origins as origins
      site = cf.Distribution(stack, "Site", default_behavior=cf.BehaviorOptions(origin=origins.HttpOrigin("web.acmecorp.com")))
      apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(
          allow_origins=[site.distribution_domain_name],
          #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] No browser sends this origin: it is the name of a host, without a scheme.
      ))`),
    );
  });
});

describe("a mapped header", () => {
  it("lacks its quotes where it is mapped, not at the constant that others use without them", async () => {
    await check(
      "mapping-value-unquoted",
      stackTs(`
      const page = "https://mill.acmecorp.com";
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: [page] } });
      api.addGatewayResponse("Errors", {
        type: apigateway.ResponseType.DEFAULT_4XX,
        responseHeaders: { "Access-Control-Allow-Origin": page },
        //                                                ^^^^ [error] The browser never gets this header: API Gateway refuses the value at deploy.
      });`),
    );
    await check(
      "mapping-value-unquoted",
      stackPy(`
      PAGE = "https://mill.acmecorp.com"
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=[PAGE]))
      api.add_gateway_response("Errors", type=apigateway.ResponseType.DEFAULT_4_XX, response_headers={
          "Access-Control-Allow-Origin": PAGE,
          #                              ^^^^ [error] The browser never gets this header: API Gateway refuses the value at deploy.
      })`),
    );
  });

  it("that no method response declares is refused at deploy", async () => {
    await check(
      ["integration-response-ignored", "integration-response-without-cors"],
      stackTs(`
      const rest = new apigateway.RestApi(stack, "Rest", { defaultCorsPreflightOptions: { allowOrigins: ["https://rides.acmecorp.com"] } });
      rest.root.addResource("rides").addMethod("POST", new apigateway.MockIntegration({
        requestTemplates: { "application/json": '{"statusCode":200}' },
        integrationResponses: [{
          statusCode: "200",
        //^^^^^^^^^^^^^^^^^ [warning] API Gateway refuses to deploy this: a header is mapped and not declared.
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'https://rides.acmecorp.com'",
          },
        }],
      }), { methodResponses: [{ statusCode: "200" }] });`),
    );
  });
});

describe("gateway responses of the single kind", () => {
  const rule = "gateway-responses-without-cors";

  it("cover what pages meet daily, so that the rest is information", async () => {
    await check(
      rule,
      stackTs(`
      const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, "Who", { cognitoUserPools: [] });
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://pier.acmecorp.com"], allowHeaders: ["authorization"] } });
      //                         ^^^^^^^ [information] The browser shows a CORS error where the API says 401, 403, 429 or 500.
      api.root.addMethod("GET", new apigateway.HttpIntegration("https://x.acmecorp.com"), { authorizer });
      for (const type of [apigateway.ResponseType.UNAUTHORIZED, apigateway.ResponseType.ACCESS_DENIED, apigateway.ResponseType.DEFAULT_5XX])
        api.addGatewayResponse(type.responseType, { type, responseHeaders: { "Access-Control-Allow-Origin": "'https://pier.acmecorp.com'" } });`),
    );
    await check(
      rule,
      stackPy(`
      authorizer = apigateway.CognitoUserPoolsAuthorizer(stack, "Who", cognito_user_pools=[])
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://pier.acmecorp.com"], allow_headers=["authorization"]))
      #                ^^^^^^^ [information] The browser shows a CORS error where the API says 401, 403, 429 or 500.
      api.root.add_method("GET", apigateway.HttpIntegration("https://x.acmecorp.com"), authorizer=authorizer)
      for kind in (apigateway.ResponseType.UNAUTHORIZED, apigateway.ResponseType.ACCESS_DENIED, apigateway.ResponseType.DEFAULT_5_XX):
          api.add_gateway_response(kind.response_type, type=kind, response_headers={"Access-Control-Allow-Origin": "'https://pier.acmecorp.com'"})`),
    );
  });
});

describe("ANY behind an authorizer", () => {
  it("answers OPTIONS itself, with 401", async () => {
    await check(
      ["preflight-needs-authorization", "cors-not-configured", "options-method-missing"],
      `${stackTs(`
      const fn = new NodejsFunction(stack, "F", { entry: "orders.ts" });
      const authorizer = new apigateway.TokenAuthorizer(stack, "Auth", { handler: fn });
      const api = new apigateway.RestApi(stack, "Api", { defaultMethodOptions: { authorizer } });
      //                         ^^^^^^^ [information] The browser's preflight gets no CORS headers, so the request is never sent.
      api.root.addProxy({
        defaultIntegration: new apigateway.LambdaIntegration(fn),
      });`)}//- /orders.ts
export const handler = async () => ({ statusCode: 200, body: "" });
`,
    );
  });
});
