import { check } from "./check";
import { describeRule } from "./unread";

const rule = "response-header-on-request";

describeRule(rule, () => {
  it("is silent about headers that a page may well send", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const load = () => fetch("https://api.acmecorp.com/orders", { headers: { Accept: "application/json" } });`,
    );
  });
});
