import { check } from "./check";
import { describeRule } from "./unread";

const rule = "request-refused-by-policy";

describeRule(rule, () => {
  it("is silent about calls to other hosts", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const load = () => fetch("https://elsewhere.acmecorp.com/orders", { method: "DELETE" });`,
    );
  });
});
