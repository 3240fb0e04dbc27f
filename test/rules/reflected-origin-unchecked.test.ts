import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";
import { describeRule } from "./unread";

const rule = "reflected-origin-unchecked";

describeRule(rule, () => {
  it("is an error with credentials", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin || event.headers.Origin;
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" } };
      //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site on the web read this with`),
    );
  });

  it("is silent after an exact comparison", async () => {
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin")
      if origin in ("https://app.acmecorp.com", "https://qa.acmecorp.com"):
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
      return {"statusCode": 403, "headers": CORS}`),
    );
  });

  it("is a warning where credentials hang on a setting that may exclude the echo", async () => {
    await check(
      rule,
      handlerPy(`
      import os
      origin = "https://app.acmecorp.com"
      if os.environ.get("ORIGINS", "*") == "*":
          origin = event["headers"].get("origin")
      headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets every site
      if os.environ.get("CREDENTIALS") == "true":
          headers["Access-Control-Allow-Credentials"] = "true"
      return {"statusCode": 200, "headers": headers}`),
    );
    await check(
      rule,
      handlerTs(`
      const headers: Record<string, string> = { "Access-Control-Allow-Origin": event.headers.origin, Vary: "Origin" };
      //                                                                       ^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site
      if (process.env.CREDENTIALS) headers["Access-Control-Allow-Credentials"] = "true";
      return { statusCode: 200, headers };`),
    );
  });
});
