import { check } from "./check";

const rule = "no-cors-mode-hides-response";

describe(rule, () => {
  it("is silent when the response is not read", async () => {
    await check(
      rule,
      `//- /web/orders.ts
export const ping = () => { void fetch("https://api.acmecorp.com/ping", { mode: "no-cors" }); };`,
    );
  });
});
