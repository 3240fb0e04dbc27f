import { check } from "./check";
import { describeRule } from "./unread";

const rule = "no-cors-mode-hides-response";

describeRule(rule, () => {
  it("is silent when the response is not read", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const ping = () => { void fetch("https://api.acmecorp.com/ping", { mode: "no-cors" }); };`,
    );
  });
});
