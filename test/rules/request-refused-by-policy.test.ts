import { check } from "./check";

const rule = "request-refused-by-policy";

describe(rule, () => {
  it("is silent about calls to other hosts", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const load = () => fetch("https://elsewhere.acmecorp.com/orders", { method: "DELETE" });`,
    );
  });
});
