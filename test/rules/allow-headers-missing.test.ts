import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "allow-headers-missing";

describe(rule, () => {
  it("the authorizer's header is added to the list", async () => {
    const routes = `api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend, authorizer: users });`;
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: ["content-type"],
        //^^^^^^^^^^^^ The browser may not send authorization, so
        },
      });
      ${routes}`),
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: ["content-type", "authorization"],
        },
      });
      ${routes}`),
    );
  });

  it("a header that the handler reads is missing (Python)", async () => {
    await check(
      rule,
      `${stackPy(`
      api = apigwv2.HttpApi(
          stack,
          "A",
          cors_preflight=apigwv2.CorsPreflightOptions(
              allow_origins=["https://app.acmecorp.com"],
              allow_headers=["content-type"],
      #       ^^^^^^^^^^^^^ The browser may not send x-csrf-token
          ),
      )
      orders = lambda_.Function(
          stack, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler",
          code=lambda_.Code.from_asset("functions"),
      )
      api.add_routes(
          path="/orders",
          methods=[apigwv2.HttpMethod.POST],
          integration=integrations.HttpLambdaIntegration("I", orders),
      )`)}#- /functions/orders.py
def handler(event, context):
    token = event["headers"].get("x-csrf-token")
    agent = event["headers"].get("user-agent")
    return {"statusCode": 200 if token else 403, "body": agent}
`,
    );
  });

  it("is silent where * covers it, where the list is not wholly known, and where only GET is served", async () => {
    await check(
      rule,
      stackTs(`
      declare const more: string[];
      const policies = [
        { allowOrigins: ["https://a.acmecorp.com"], allowHeaders: ["*"] },
        { allowOrigins: ["https://a.acmecorp.com"], allowHeaders: ["content-type", ...more] },
        { allowOrigins: ["https://a.acmecorp.com"], allowHeaders: more },
        { allowOrigins: ["https://a.acmecorp.com"], allowHeaders: ["Content-Type", "Authorization"] },
      ];
      policies.forEach((corsPreflight, i) => {
        const api = new HttpApi(stack, "A" + i, { corsPreflight });
        api.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: backend, authorizer: users });
      });
      const open = new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], allowMethods: [CorsHttpMethod.GET] } });
      open.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`),
    );
  });

  it("a Function URL allows no header unless told to, and all methods", async () => {
    await check(
      rule,
      stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ["https://app.acmecorp.com"] } });
      //                                                             ^^^^ The browser may not send content-type, so
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ["https://app.acmecorp.com"], allowedMethods: [lambda.HttpMethod.GET] } });
//- /lambda/orders.ts
export const handler = async (event: any) => ({ statusCode: 200, body: JSON.parse(event.body).id });`),
    );
  });

  it("leaves a wildcard beside credentials to wildcard-without-effect", async () => {
    await check(
      [rule, "wildcard-without-effect"],
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.PUT],
          allowHeaders: ["*"],
          //             ^^^ With credentials the browser takes * for a name
          allowCredentials: true,
        },
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.PUT], integration: backend, authorizer: users });`),
    );
  });
});
