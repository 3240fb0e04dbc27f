import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "allow-methods-missing";

describe(rule, () => {
  it("HttpMethod.ANY becomes CorsHttpMethod.ANY", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [HttpMethod.ANY as any],
          //             ^^^^^^^^^^^^^^ API Gateway knows no method ANY
        },
      });`),
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.ANY as any],
        },
      });`),
    );
  });

  it("a policy without methods gets those of the routes", async () => {
    await check(
      rule,
      stackPy(`
      api = apigwv2.HttpApi(
          stack,
          "A",
          cors_preflight=apigwv2.CorsPreflightOptions(
      #   ^^^^^^^^^^^^^^ The browser may not use DELETE
              allow_origins=["https://app.acmecorp.com"],
              allow_headers=["content-type"],
          ),
      )
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.DELETE], integration=backend)
      #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^<`),
      stackPy(`
      api = apigwv2.HttpApi(
          stack,
          "A",
          cors_preflight=apigwv2.CorsPreflightOptions(
              allow_origins=["https://app.acmecorp.com"],
              allow_headers=["content-type"],
              allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.DELETE],
          ),
      )
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.DELETE], integration=backend)`),
    );
  });

  it("is silent about GET, HEAD and POST, about * and about ANY routes", async () => {
    await check(
      rule,
      stackTs(`
      const a = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], allowHeaders: ["content-type"] } });
      a.addRoutes({ path: "/x", methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.HEAD], integration: backend });
      const b = new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], allowMethods: [CorsHttpMethod.ANY] } });
      b.addRoutes({ path: "/x", methods: [HttpMethod.PUT], integration: backend });
      const c = new HttpApi(stack, "C", { corsPreflight: { allowOrigins: ["*"], allowMethods: [CorsHttpMethod.GET] } });
      c.addRoutes({ path: "/x", integration: backend });`),
    );
  });

  it("leaves a wildcard beside credentials to wildcard-without-effect", async () => {
    await check(
      [rule, "wildcard-without-effect"],
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.ANY],
          //             ^^^^^^^^^^^^^^^^^^ With credentials the browser takes * for a name
          allowHeaders: ["authorization", "content-type"],
          allowCredentials: true,
        },
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.PUT], integration: backend, authorizer: users });`),
    );
  });
});
