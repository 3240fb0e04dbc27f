import { check } from "./check";
import { handlerTs } from "./samples";
import { describeRule } from "./unread";

const rule = "response-wildcard-with-credentials";

describeRule(rule, () => {
  it("the boolean counts, and so does lower case", async () => {
    await check(
      rule,
      handlerTs(`
      const headers = { "access-control-allow-origin": "*", "access-control-allow-credentials": true };
      //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ With cookies the browser refuses
      return { statusCode: 200, headers };`),
    );
  });

  it("names the only page that is known", async () => {
    await check(
      rule,
      handlerTs(`
      const headers = { "access-control-allow-origin": "*", "access-control-allow-credentials": true };
      //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ With cookies the browser refuses
      return { statusCode: 200, headers };`),
      handlerTs(`
      const headers = { "access-control-allow-origin": "https://app.acmecorp.com", "access-control-allow-credentials": true };
      return { statusCode: 200, headers };`),
      {
        context: { origins: ["https://app.acmecorp.com"] },
        title: "Send only https://app.acmecorp.com",
      },
    );
  });

  it("is silent without credentials, with explicit origins, and where a header is there only sometimes", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.a) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "false" } };
      if (event.b) return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Credentials": "true" } };
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": process.env.ORIGIN, "Access-Control-Allow-Credentials": "true" } };`),
    );
  });
});
