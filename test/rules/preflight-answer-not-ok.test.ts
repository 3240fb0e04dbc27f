import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";
import { describeRule } from "./unread";

const rule = "preflight-answer-not-ok";

describeRule(rule, () => {
  it("a preflight without the header", async () => {
    await check(
      rule,
      handlerPy(`
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 200, "body": ""}
      #                         ^^^ The browser's preflight gets no Access-Control-Allow-Origin
      return {"statusCode": 200, "headers": CORS}`),
    );
  });

  it("is silent about what is answered after a crash", async () => {
    await check(
      rule,
      handlerTs(`
      try {
        if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
        return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
      } catch {
        return { statusCode: 500, headers: cors };
      }`),
    );
  });

  it("is silent about 2xx with the header, and about handlers without a branch for OPTIONS", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.httpMethod === "OPTIONS") return { statusCode: 200, headers: cors };
      if (event.httpMethod === "PUT") return { statusCode: 405, headers: cors };
      return { statusCode: 200, headers: cors };`),
    );
  });
});
