import { check } from "./check";
import { handlerPy, handlerTs, stackTs } from "./samples";

const rule = "vary-origin-missing";

describe(rule, () => {
  it("is silent where the header is fixed, Vary is there, or may be", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin === "https://qa.acmecorp.com" ? event.headers.origin : "https://app.acmecorp.com";
      if (event.a) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, vary: "Accept-Encoding, origin" } };
      if (event.b) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, ...event.more } };
      if (event.c) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": process.env.ORIGIN } };
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("is added to a Vary that says something else", async () => {
    const handler = (vary: string, carets: string) =>
      `//- /orders.ts
const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
export const handler = async (event: any) => ({
  statusCode: 200,
  headers: {
    "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0],
${carets}
    Vary: "${vary}",
  },
});`.replace(/\n\n/g, "\n");
    await check(
      rule,
      handler(
        "Accept-Encoding",
        "//   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser may reuse this response",
      ),
      handler("Accept-Encoding, Origin", ""),
    );
  });

  it("is silent where no cache may store the answer, and speaks where one only has to ask again", async () => {
    await check(
      rule,
      handlerTs(`
      const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
      const origin = allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0];
      if (event.a) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, "cache-control": "private, No-Store" } };
      if (event.b) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, "Cache-Control": event.cache } };
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, "Cache-Control": "no-cache" } };
      //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser may reuse this response`),
    );
    await check(
      rule,
      handlerPy(`
      allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"]
      origin = event["headers"].get("origin")
      origin = origin if origin in allowed else allowed[0]
      return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Cache-Control": "no-store"}}`),
    );
  });

  it("is silent at answers to OPTIONS, which no HTTP cache keeps", async () => {
    await check(
      rule,
      handlerTs(`
      const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
      const origin = allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0];
      if (event.httpMethod === "OPTIONS") return { statusCode: 204, headers: { "Access-Control-Allow-Origin": origin } };
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" } };`),
    );
    await check(
      rule,
      handlerPy(`
      allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"]
      origin = event["headers"].get("origin")
      origin = origin if origin in allowed else allowed[0]
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 204, "headers": {"Access-Control-Allow-Origin": origin}}
      return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}`),
    );
  });

  it("is added where a helper writes the headers", async () => {
    const files = (vary: string, caret: string) => `//- /reply.ts
const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
export const reply = (statusCode: number, event: any) => ({
  statusCode,
  headers: {
    "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0],
${caret}${vary}  },
});
//- /orders.ts
import { reply } from "./reply";
export const handler = async (event: any) => (event.body ? reply(200, event) : reply(400, event));
`;
    await check(
      rule,
      files("", "  // ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser may reuse this response\n"),
      files('    Vary: "Origin",\n', ""),
    );
  });

  it("is silent about handlers without a known front where every API replaces their headers", async () => {
    const files = (policy: string, caret: string) => `${stackTs(
      `const api = new HttpApi(stack, "A", { ${policy} });`,
    )}//- /lambda/orders.ts
const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
export const handler = async (event: any) => ({
  statusCode: 200,
  headers: {
    "Access-Control-Allow-Origin": allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0],
${caret}  },
});
`;
    const said = "  // ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser may reuse this response\n";
    await check(rule, files("", said));
    await check(rule, files(`corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] }`, ""));
  });
});
