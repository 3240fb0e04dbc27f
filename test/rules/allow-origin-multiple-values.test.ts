import { check } from "./check";
import { handlerTs } from "./samples";

const rule = "allow-origin-multiple-values";

describe(rule, () => {
  it("headers and multiValueHeaders are sent both", async () => {
    await check(
      rule,
      handlerTs(`
      return {
        statusCode: 200,
        headers: { "access-control-allow-origin": "*" },
        //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^<
        multiValueHeaders: { "Access-Control-Allow-Origin": ["*"] },
        //                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser refuses this response: it has the header twice
      };`),
    );
  });

  it("is silent about one value, and about one of two", async () => {
    await check(
      rule,
      handlerTs(`
      return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Origin": event.a ? "https://a.acmecorp.com" : "https://b.acmecorp.com" } };`),
    );
  });
});
