import { check } from "./check";
import { stackTs } from "./samples";
import { describeRule } from "./unread";

const rule = "any-origin-allowed";

describeRule(rule, () => {
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
});
