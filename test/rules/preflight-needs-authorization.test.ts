import { check } from "./check";
import { stackTs } from "./samples";

const rule = "preflight-needs-authorization";

describe(rule, () => {
  it("$default matches OPTIONS and runs the default authorizer", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        defaultIntegration: backend,
      //^^^^^^^^^^^^^^^^^^ The browser's preflight carries no credentials
        defaultAuthorizer: users,
      //^^^^^^^^^^^^^^^^^< The authorizer is set here
        corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["authorization"] },
      });`),
    );
  });

  it("is silent when a route of its own answers OPTIONS", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["authorization"] },
      });
      api.addRoutes({ path: "/{proxy+}", methods: [HttpMethod.GET], integration: backend, authorizer: users });
      api.addRoutes({ path: "/{proxy+}", methods: [HttpMethod.OPTIONS], integration: backend, authorizer: new HttpNoneAuthorizer() });`),
    );
  });

  it("a REST method is opened to everyone", async () => {
    const before = (third: string, carets: string) =>
      stackTs(`
      const auth = new apigateway.CognitoUserPoolsAuthorizer(stack, "Auth", { cognitoUserPools: [] });
      const api = new apigateway.RestApi(stack, "A", {
        defaultMethodOptions: { authorizer: auth, authorizationType: apigateway.AuthorizationType.COGNITO },
      });
      const orders = api.root.addResource("orders", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      orders.addMethod("GET", new apigateway.MockIntegration());
      const items = api.root.addResource("items");
      items.addMethod("OPTIONS", new apigateway.MockIntegration()${third});${carets}`);
    await check(
      rule,
      before(
        "",
        "\n      //              ^^^^^^^^^ The browser's preflight carries no credentials",
      ),
      before(
        ", {\n        authorizationType: apigateway.AuthorizationType.NONE,\n        apiKeyRequired: false,\n      }",
        "",
      ),
    );
  });

  it("is silent about routes with concrete methods, and about APIs for services", async () => {
    await check(
      rule,
      stackTs(`
      const a = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      a.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend, authorizer: users });
      const b = new HttpApi(stack, "B");
      b.addRoutes({ path: "/orders", integration: backend, authorizer: new HttpIamAuthorizer() });`),
    );
  });

  it("is silent about signed Function URLs: what they do with a preflight is not established", async () => {
    await check(
      rule,
      stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM, cors: { allowedOrigins: ["https://app.acmecorp.com"] } });`),
    );
  });
});
