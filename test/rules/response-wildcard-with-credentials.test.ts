import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";

const rule = "response-wildcard-with-credentials";

describe(rule, () => {
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

  it("is silent where the wildcard and the credentials both hang on settings", async () => {
    await check(
      rule,
      handlerPy(`
      import os
      origins = os.environ.get("ORIGINS", "*")
      headers = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}
      if origins == "*":
          headers["Access-Control-Allow-Origin"] = "*"
      if os.environ.get("CREDENTIALS") == "true":
          headers["Access-Control-Allow-Credentials"] = "true"
      return {"statusCode": 200, "headers": headers}`),
    );
    await check(
      rule,
      handlerTs(`
      const open = process.env.ORIGINS === "*";
      const headers: Record<string, string> = { "Access-Control-Allow-Origin": open ? "*" : "https://app.acmecorp.com" };
      if (process.env.CREDENTIALS) headers["Access-Control-Allow-Credentials"] = "true";
      return { statusCode: 200, headers };`),
    );
  });

  it("is reported where only one of them does", async () => {
    await check(
      rule,
      handlerTs(`
      const headers: Record<string, string> = { "Access-Control-Allow-Origin": "*" };
      //                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ With cookies the browser refuses
      if (process.env.CREDENTIALS) headers["Access-Control-Allow-Credentials"] = "true";
      return { statusCode: 200, headers };`),
    );
    await check(
      rule,
      handlerPy(`
      import os
      headers = {"Access-Control-Allow-Origin": "https://app.acmecorp.com", "Access-Control-Allow-Credentials": "true"}
      if os.environ.get("ORIGINS") == "*":
          headers["Access-Control-Allow-Origin"] = "*"
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ With cookies the browser refuses
      return {"statusCode": 200, "headers": headers}`),
    );
  });
});
