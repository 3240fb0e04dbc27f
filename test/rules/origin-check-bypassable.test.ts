import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";
import { describeRule } from "./unread";

const rule = "origin-check-bypassable";

describeRule(rule, () => {
  for (const [test, why] of [
    ['origin.includes("acmecorp.com")', "Any origin that contains the text passes"],
    ['origin.startsWith("https://app.acmecorp")', "Any origin that begins so passes"],
    ["/acmecorp\\.com/.test(origin)", "The pattern is not anchored"],
    ["/^https:..app.acmecorp.com$/.test(origin)", "A dot in the pattern matches every character"],
  ] as const) {
    it(`${test}: ${why}`, async () => {
      await check(
        rule,
        `//- /orders.ts
export const handler = async (event: any) => {
  const origin = event.headers.origin;
  const known = ${test};
  //            ${"^".repeat(test.length)} [error] The browser lets a look-alike site read this response.
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": known ? origin : "https://app.acmecorp.com", "Access-Control-Allow-Credentials": "true", Vary: "Origin" },
  };
};`,
      );
    });
  }

  it("a suffix of a host where everybody gets a sub-domain", async () => {
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin", "")
      if origin in ("https://app.acmecorp.com",) or origin.endswith(".amplifyapp.com"):
      #                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
      return {"statusCode": 403, "headers": CORS}`),
    );
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin;
      if (origin.endsWith(".vercel.app")) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site
      if (origin.endsWith(".acmecorp.com")) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      return { statusCode: 403, headers: cors };`),
    );
  });

  it("is silent about sound patterns and exact comparison", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin;
      if (/^https:\\/\\/[a-z]+\\.acmecorp\\.com$/.test(origin)) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      if (origin === "https://app.acmecorp.com") return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      return { statusCode: 403, headers: cors };`),
    );
  });
});
