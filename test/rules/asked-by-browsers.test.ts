/** What shows that browsers call an API, and what shows that they do not. */
import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const answers = ["error-response-without-allow-origin", "success-response-without-allow-origin"];
const plainTs = `//- /orders.ts
export const handler = async () => ({ statusCode: 200, body: "" });
`;
const toldTs = `${plainTs}//                                                ^^^ [warning] The browser withholds this response: it has no Access-Control-Allow-Origin.
`;
const plainPy = `#- /fns/orders.py
def handler(event, context):
    return {"statusCode": 200, "body": ""}
`;

const toldPy = `${plainPy}#                         ^^^ [warning] The browser withholds this response: it has no Access-Control-Allow-Origin.
`;

describe("a hand-written answer to OPTIONS", () => {
  const rule = "gateway-responses-without-cors";

  it("is evidence for browsers, as a policy is", async () => {
    await check(
      rule,
      stackTs(`
      const api = new apigateway.RestApi(stack, "Api");
      //                         ^^^^^^^ [warning] The browser shows a CORS error where the API says 401, 403, 429 or 500.
      const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, "Who", { cognitoUserPools: [] });
      const orders = api.root.addResource("orders");
      const header = "method.response.header.Access-Control-Allow-";
      orders.addMethod("OPTIONS", new apigateway.MockIntegration({
        requestTemplates: { "application/json": '{"statusCode": 204}' },
        integrationResponses: [{ statusCode: "204", responseParameters: { [header + "Origin"]: "'*'", [header + "Headers"]: "'authorization'" } }],
      }), { methodResponses: [{ statusCode: "204", responseParameters: { [header + "Origin"]: true, [header + "Headers"]: true } }] });
      orders.addMethod("POST", new apigateway.HttpIntegration("https://x.acmecorp.com"), { authorizer });`),
    );
    await check(
      rule,
      stackPy(`
      api = apigateway.RestApi(stack, "Api")
      #                ^^^^^^^ [warning] The browser shows a CORS error where the API says 401, 403, 429 or 500.
      authorizer = apigateway.CognitoUserPoolsAuthorizer(stack, "Who", cognito_user_pools=[])
      orders = api.root.add_resource("orders")
      header = "method.response.header.Access-Control-Allow-"
      orders.add_method("OPTIONS", apigateway.MockIntegration(
          request_templates={"application/json": '{"statusCode": 204}'},
          integration_responses=[apigateway.IntegrationResponse(status_code="204", response_parameters={header + "Origin": "'*'", header + "Headers": "'authorization'"})],
      ), method_responses=[apigateway.MethodResponse(status_code="204", response_parameters={header + "Origin": True, header + "Headers": True})])
      orders.add_method("POST", apigateway.HttpIntegration("https://x.acmecorp.com"), authorizer=authorizer)`),
    );
  });
});

describe("a function that is one of several", () => {
  it("is judged by the API in front of it", async () => {
    await check(
      answers,
      `${stackTs(`
      const fast = process.env.FAST === "1";
      const fn = fast ? new NodejsFunction(stack, "A", { entry: "fast.ts" }) : new NodejsFunction(stack, "B", { entry: "orders.ts" });
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://toll.acmecorp.com"] } });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}${toldTs}//- /fast.ts
export const handler = async () => ({ statusCode: 201, body: "" });
//                                                ^^^ [warning] The browser withholds this response: it has no Access-Control-Allow-Origin.
`,
    );
    await check(
      answers,
      `${stackPy(`
      def fn(name):
          known = stack.node.try_find_child(name)
          if known is not None:
              return known
          return lambda_.Function(stack, name, runtime=lambda_.Runtime.PYTHON_3_12, handler=f"{name}.handler", code=lambda_.Code.from_asset("fns"))

      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://toll.acmecorp.com"]))
      api.root.add_method("GET", apigateway.LambdaIntegration(fn("orders")))`)}${toldPy}`,
    );
  });
});

describe("a distribution in front of the API", () => {
  const imports = `
      import * as cf from "aws-cdk-lib/aws-cloudfront";
      import { HttpOrigin, RestApiOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
      import { Bucket } from "aws-cdk-lib/aws-s3";
      const fn = new NodejsFunction(stack, "Fn", { entry: "orders.ts" });`;

  it("serves the pages: its own calls need no CORS", async () => {
    await check(
      answers,
      `${stackTs(`${imports}
      const api = new apigateway.RestApi(stack, "Api");
      api.root.addResource("api").addMethod("GET", new apigateway.LambdaIntegration(fn));
      new cf.Distribution(stack, "Site", {
        defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Web")) },
        additionalBehaviors: { "/api/*": { origin: new RestApiOrigin(api) } },
      });`)}${plainTs}`,
    );
  });

  it("and the policy lists pages of other origins, which need it all the same", async () => {
    await check(
      answers,
      `${stackTs(`${imports}
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://partner.acmecorp.com"] } });
      api.root.addResource("api").addMethod("GET", new apigateway.LambdaIntegration(fn));
      new cf.Distribution(stack, "Site", {
        defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Web")) },
        additionalBehaviors: { "/api/*": { origin: new RestApiOrigin(api) } },
      });`)}${toldTs}`,
    );
  });

  it("and another server, which serves no pages", async () => {
    await check(
      "cdn-refuses-options",
      stackTs(`${imports}
      const api = new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://reef.acmecorp.com"], allowMethods: [CorsHttpMethod.PUT], allowHeaders: ["content-type"] } });
      api.addRoutes({ path: "/dives", methods: [HttpMethod.PUT], integration: backend });
      new cf.Distribution(stack, "Cdn", {
        defaultBehavior: { origin: new HttpOrigin(\`\${api.apiId}.execute-api.\${stack.region}.amazonaws.com\`), allowedMethods: cf.AllowedMethods.ALLOW_GET_HEAD },
        //                                                                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser's preflight gets 403 from CloudFront, so nothing is sent.
        additionalBehaviors: { "login/*": { origin: new HttpOrigin("login.acmecorp.com") } },
      });`),
    );
  });
});

describe("a Function URL", () => {
  it("needs content-type only where its function reads a body", async () => {
    const of = (body: string, carets = "") => `${stackTs(`
      new NodejsFunction(stack, "F", { entry: "orders.ts" }).addFunctionUrl({
        authType: lambda.FunctionUrlAuthType.NONE,
        cors: { allowedOrigins: ["https://wick.acmecorp.com"] },
      ${carets}
      });`)}//- /orders.ts
export const handler = async (event: any) => ({ statusCode: 200, body: ${body} });
`;
    await check("allow-headers-missing", of("event.queryStringParameters.q"));
    await check(
      "allow-headers-missing",
      of("JSON.parse(event.body).n", "//^^^^ [warning] The browser may not send content-type"),
    );
  });

  it("is called by a page that has its address from an output", async () => {
    await check(
      answers,
      `${stackTs(`
      import { CfnOutput } from "aws-cdk-lib";
      const url = new NodejsFunction(stack, "Wick", { entry: "orders.ts" }).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      new CfnOutput(stack, "WickUrl", { value: url.url });`)}${toldTs}//- /web/page.ts
const WICK_URL = import.meta.env.VITE_WICK_URL;
export const events = () => fetch(WICK_URL + "events").then((r) => r.json());
`,
    );
    await check(
      answers,
      `${stackPy(`
      fn = lambda_.Function(stack, "Wick", runtime=lambda_.Runtime.PYTHON_3_12, handler="orders.handler", code=lambda_.Code.from_asset("fns"))
      fn.add_function_url(auth_type=lambda_.FunctionUrlAuthType.NONE)`)}${toldPy}//- /web/page.ts
export const events = () => fetch(import.meta.env.VITE_WICK_FUNCTION_URL).then((r) => r.json());
`,
    );
  });
});

describe("machines that call", () => {
  it("say so in the path, or by a signature's header", async () => {
    await check(
      "cors-not-configured",
      `${stackTs(`
      const api = new HttpApi(stack, "Stripe");
      api.addRoutes({ path: "/webhooks/stripe", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("I", new NodejsFunction(stack, "F", { entry: "orders.ts" })) });
      const shop = new HttpApi(stack, "Shop");
      //               ^^^^^^^ [information] The browser's preflight gets no CORS headers, so the request is never sent.
      shop.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("J", new NodejsFunction(stack, "G", { entry: "shop.ts" })) });`)}//- /orders.ts
export const handler = async (event: any) => ({ statusCode: event.headers["stripe-signature"] ? 200 : 400, body: "" });
//- /shop.ts
export const handler = async () => ({ statusCode: 200, body: "" });
`,
    );
    await check(
      "cors-not-configured",
      `${stackPy(`
      fn = lambda_.Function(stack, "F", runtime=lambda_.Runtime.PYTHON_3_12, handler="orders.handler", code=lambda_.Code.from_asset("fns"))
      health = apigateway.RestApi(stack, "Health")
      health.root.add_resource("health").add_method("GET", apigateway.LambdaIntegration(fn))
      shop = apigateway.RestApi(stack, "Shop")
      #                 ^^^^^^^ [information] The browser's preflight gets no CORS headers, so the request is never sent.
      shop.root.add_resource("orders").add_method("GET", apigateway.LambdaIntegration(fn))`)}${plainPy}`,
    );
  });

  it("have a resource of an API whose other handlers send the header", async () => {
    await check(
      answers,
      `${stackTs(`
      const fn = (name: string) => new apigateway.LambdaIntegration(new NodejsFunction(stack, name, { entry: name + ".ts" }));
      const api = new apigateway.RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: ["https://shop.acmecorp.com"] } });
      api.root.resourceForPath("orders").addMethod("GET", fn("orders"));
      api.root.resourceForPath("billing/store-notification").addMethod("POST", fn("store"));`)}//- /orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://shop.acmecorp.com" }, body: "[]" });
//- /store.ts
export const handler = async (event: { body: string }) => {
  const note = JSON.parse(event.body);
  if (!note.transaction) return { statusCode: 400, body: "no transaction" };
  return { statusCode: 200, body: "ok" };
};
//- /web/page.ts
export const orders = () => fetch("https://abc123.execute-api.eu-west-1.amazonaws.com/prod/orders");
`,
    );
  });

  it("are no people who open a page by a link", async () => {
    await check(
      answers,
      `${stackTs(`
      const fn = (name: string) => new apigateway.LambdaIntegration(new NodejsFunction(stack, name, { entry: name + ".ts" }));
      const api = new apigateway.RestApi(stack, "Api");
      const orders = api.root.addResource("orders");
      orders.addCorsPreflight({ allowOrigins: ["*"] });
      orders.addMethod("GET", fn("orders"));
      api.root.addResource("leave").addMethod("GET", fn("leave"));`)}//- /orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "[]" });
//- /leave.ts
export const handler = async (event: any) => {
  if (!event.queryStringParameters?.token) return { statusCode: 400, headers: { "Content-Type": "text/html" }, body: "<p>No token</p>" };
  return { statusCode: 200, headers: { "Content-Type": "text/html; charset=utf-8" }, body: "<p>Farewell</p>" };
};
`,
    );
  });
});

describe("code that no API runs", () => {
  it("is a test, or a handler that another calls", async () => {
    const cors = `const cors = { "Access-Control-Allow-Origin": "https://shop.acmecorp.com" };`;
    const one = (file: string, carets = "") => `//- ${file}
${cors}
export const handler = async (event: any) =>
  event.body ? { statusCode: 200, headers: cors, body: "[]" } : { statusCode: 400, body: "" };
${carets}`;
    await check(
      answers,
      one(
        "/orders.ts",
        "//                                                                            ^^^ [warning] The browser shows a CORS error\n",
      ) +
        one("/orders.test.ts") +
        one("/tests/fake.ts"),
    );
    await check(
      answers,
      `#- /index.py
def handler(event, context):
    import listing
    return listing.handler(event, context)
#- /listing.py
def handler(event, context):
    if not event.get("queryStringParameters"):
        return {"statusCode": 400, "body": "which?"}
        #                     ^^^ [warning] The browser shows a CORS error instead of this error: no Access-Control-Allow-Origin.
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://reel.acmecorp.com"}, "body": "[]"}
`,
    );
  });
});
