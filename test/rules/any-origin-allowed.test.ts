import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "any-origin-allowed";

describe(rule, () => {
  it("is information on an authorized API", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["*"], allowHeaders: ["authorization"] },
        //                              ^^^ [information] The browser lets pages of every site
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend, authorizer: users });`),
    );
  });

  it("is silent about public APIs, and where credentials make it another rule's business", async () => {
    await check(
      rule,
      stackTs(`
      const open = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"] } });
      open.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });
      const broken = new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], allowCredentials: true } });
      broken.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend, authorizer: users });`),
    );
  });

  const route = (api: string) => `
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      ${api}
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn), authorizer: users });`;
  const answers = (carets: string) => `//- /lambda/orders.ts
const headers = { "Access-Control-Allow-Origin": "*" };
${carets}
export const handler = async (event: { body?: string }) =>
  event.body ? { statusCode: 200, headers } : { statusCode: 400, headers };`;

  it("is information on a handler behind an authorizer, once", async () => {
    const carets =
      "//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser lets pages";
    await check(rule, stackTs(route(`const api = new HttpApi(stack, "A");`)) + answers(carets));
    await check(
      rule,
      `${stackPy(`
      fn = lambda_.Function(stack, "Fn", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("functions"))
      api = apigwv2.HttpApi(stack, "A")
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=integrations.HttpLambdaIntegration("I", fn), authorizer=users)`)}#- /functions/orders.py
def handler(event, context):
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "*"},
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [information] The browser lets pages
    }`,
    );
  });

  it("is told of the policy alone where the handler only does the same", async () => {
    const policy = `const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });`;
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      ${policy}
      //                                                                                             ^^^ [information]
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn), { authorizationType: apigateway.AuthorizationType.IAM });`)}${answers("")}`,
    );
  });

  it("is silent where a route needs no authorization, and where pages need no header of the handler", async () => {
    await check(
      rule,
      stackTs(`${route(`const api = new HttpApi(stack, "A");`)}
      api.addRoutes({ path: "/open", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("J", fn) });`) +
        answers(""),
    );
    const named = `const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });`;
    await check(rule, stackTs(route(named)) + answers(""));
  });
});
