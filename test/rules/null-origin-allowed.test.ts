import { check } from "./check";
import { handlerTs } from "./samples";

const rule = "null-origin-allowed";

describe(rule, () => {
  it("is reported in a handler's allow-list", async () => {
    await check(
      rule,
      `//- /orders.ts
const allowed = ["https://app.acmecorp.com", "null"];
//                                           ^^^^^^ The browser lets any site read this from a sandboxed frame
export const handler = async (event: any) => ({
  statusCode: 200,
  headers: { "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0] },
});`,
      `//- /orders.ts
const allowed = ["https://app.acmecorp.com"];
export const handler = async (event: any) => ({
  statusCode: 200,
  headers: { "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0] },
});`,
    );
  });

  it("is silent about null as a value", async () => {
    await check(rule, handlerTs(`return { statusCode: 200, headers: cors, body: null };`));
  });
});
