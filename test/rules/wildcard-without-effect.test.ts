import { check } from "./check";
import { stackTs } from "./samples";

const rule = "wildcard-without-effect";

describe(rule, () => {
  it("methods are named after the routes", async () => {
    const routes = `api.addRoutes({ path: "/orders", methods: [HttpMethod.GET, HttpMethod.PATCH], integration: backend });`;
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.ANY],
          //             ^^^^^^^^^^^^^^^^^^ With credentials the browser takes *
          allowCredentials: true,
        },
      });
      ${routes}`),
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PATCH],
          allowCredentials: true,
        },
      });
      ${routes}`),
    );
  });

  it("says that the standard excepts Authorization", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: ["*"],
          //             ^^^ [information] By the Fetch standard
        },
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend, authorizer: users });`),
    );
  });

  it("is silent without credentials and authorizers", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["*"], allowHeaders: ["*"], allowMethods: [CorsHttpMethod.ANY], exposeHeaders: ["*"] },
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: backend });`),
    );
  });
});
