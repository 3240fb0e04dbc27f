import { check } from "./check";
import { handlerTs } from "./samples";
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
