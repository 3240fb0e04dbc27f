import { check } from "./check";
import { stackTs } from "./samples";

const rule = "csrf-protection-absent";

const api = (headers: string, route: string) => `
      new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: [${headers}],
          allowCredentials: true,
        },
      }).addRoutes({ path: "/orders", ${route}, integration: backend });`;

describe(rule, () => {
  it("is silent when a token's header is allowed, nothing is written, or the identity is in a header", async () => {
    await check(rule, stackTs(api('"x-xsrf-token"', "methods: [HttpMethod.POST]")));
    await check(rule, stackTs(api('"content-type"', "methods: [HttpMethod.GET]")));
    await check(
      rule,
      stackTs(api('"authorization"', "methods: [HttpMethod.POST], authorizer: users")),
    );
  });

  it("is silent about what other sites cannot send: methods that are preflighted", async () => {
    await check(
      rule,
      stackTs(api('"content-type"', "methods: [HttpMethod.PUT, HttpMethod.DELETE]")),
    );
  });

  it("points to the route", async () => {
    await check(
      rule,
      stackTs(`
      const api = new HttpApi(stack, "A", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: ["content-type"],
          allowCredentials: true,
        //^^^^^^^^^^^^^^^^ [information] A page of any site
        },
      });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: backend });
      //  ^^^^^^^^^< This route changes state`),
    );
  });
});
