import { check } from "./check";

const rule = "response-header-on-request";

describe(rule, () => {
  it("is silent about headers that a page may well send", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const load = () => fetch("https://api.acmecorp.com/orders", { headers: { Accept: "application/json" } });`,
    );
  });
});
