import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";

const rule = "credentials-value-invalid";

describe(rule, () => {
  it("str(True) is True", async () => {
    await check(
      rule,
      handlerPy(`
      return {
          "statusCode": 200,
          "headers": {**CORS, "Access-Control-Allow-Credentials": str(True)},
      #                                                           ^^^^^^^^^ With cookies the browser refuses this response: it wants true, not True.
      }`),
    );
  });

  it("is silent about booleans, about false and about what is not known", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.a) return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Credentials": true } };
      if (event.b) return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Credentials": "false" } };
      if (event.c) return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Credentials": process.env.COOKIES } };
      return { statusCode: 200, headers: { ...cors, "Access-Control-Allow-Credentials": "true" } };`),
    );
  });
});
