import { check } from "./check";
import { stackTs } from "./samples";

const rule = "scheme-wildcard-with-credentials";

describe(rule, () => {
  it("is reported for http as well", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "Orders", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com", "http://*"],
          //                                         ^^^^^^^^^^ The browser lets every site
          allowCredentials: true,
        //^^^^^^^^^^^^^^^^< Credentials
        },
      });`),
    );
  });

  it("is silent without credentials, and where they are not known", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://*"] } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["https://*"], allowCredentials: !!process.env.COOKIES } });`),
    );
  });
});
