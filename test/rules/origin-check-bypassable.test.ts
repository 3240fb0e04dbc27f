import assert from "node:assert/strict";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import type { Finding } from "../../shared/src/finding";
import { check, findingsIn } from "./check";
import { handlerPy, handlerTs } from "./samples";

const rule = "origin-check-bypassable";

describe(rule, () => {
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

  it("says of two tests together what the longer text lets through", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin;
      if (origin.endsWith(".vercel.app") && origin.startsWith("https://")) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site
      if (origin.startsWith("https://") && origin.endsWith(".acmecorp.com")) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin } };
      return { statusCode: 403, headers: CORS };`),
    );
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin", "")
      if origin.startswith("https://") and origin.endswith(".acmecorp.com"):
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}}
      if origin.endswith(".vercel.app") and origin.startswith("https://"):
      #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}}
      return {"statusCode": 403, "headers": CORS}`),
    );
  });

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

  const list = `const allowedOrigins = ["https://app.acmecorp.com"];\n\n`;
  for (const [what, test, fixed, declared = list] of [
    [
      "a list of beginnings that are no origins",
      `["https://app", "https://qa.acmecorp"].some((one) => origin.startsWith(one))`,
    ],
    ["a list of patterns", `[/acmecorp\\.com/].some((one) => one.test(origin))`],
    [
      "a beginning that is a part of a known origin",
      `origin.startsWith("https://app.acme")`,
      `allowedOrigins.includes(origin)`,
    ],
    [
      "hosts on a list",
      `["app.acmecorp.com", "qa.acmecorp.com"].some((host) => origin.includes(host))`,
      '["app.acmecorp.com", "qa.acmecorp.com"].some((host) => origin === `https://${host}`)',
      "",
    ],
    [
      "hosts on a list, the own machine among them",
      `["app.acmecorp.com", "localhost:3000"].some((host) => origin.includes(host))`,
    ],
    [
      "an alternative to an exact comparison",
      `(origins.includes(origin) || origin.endsWith(".vercel.app"))`,
      `origins.includes(origin)`,
      "",
    ],
    [
      "an alternative to the own machine only",
      `(origin === "http://localhost:3000" || origin.endsWith(".vercel.app"))`,
      `(origin === "http://localhost:3000" || allowedOrigins.includes(origin))`,
    ],
    ["a match that is kept", `(origin.match(/acmecorp\\.com/) ?? [])[0]`],
    [
      "a match that is a condition",
      `!!origin.match(/acmecorp\\.com/)`,
      `!!allowedOrigins.includes(origin)`,
    ],
    ["a comparison under a negation", `!origins.some((one) => !origin.startsWith(one))`],
    [
      "what may be absent",
      `origin?.endsWith("corp.com")`,
      `origin && allowedOrigins.includes(origin)`,
    ],
    [
      "what may be absent, under negations",
      `!!origin?.endsWith("corp.com")`,
      `!!(origin && allowedOrigins.includes(origin))`,
    ],
    [
      "what may be absent, beside another test",
      `origin?.endsWith("corp.com") || origin === "https://app.acmecorp.com"`,
      `(origin && allowedOrigins.includes(origin)) || origin === "https://app.acmecorp.com"`,
    ],
    [
      "what may be absent, beside a value for that",
      `(origin?.endsWith("corp.com") ?? false)`,
      `(allowedOrigins.includes(origin ?? "") ?? false)`,
    ],
  ] as const) {
    it(`${what}: ${fixed === undefined ? "no fix" : "fixed"}`, async () => {
      const text = (
        condition: string,
        before = "",
      ): string => `${before}const origins = ["https://app.acmecorp.com"];
export const handler = async (event: any) => {
  const origin: string = event.headers.origin;
  const known = ${condition} ? origin : "https://app.acmecorp.com";
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": known, Vary: "Origin" } };
};
`;
      const files = new Map([["/orders.ts", text(test)]]);
      const context = { origins: ["https://app.acmecorp.com"] };
      const found = await findingsIn(files, [rule], context);
      const after = await fixesOf(found, files);
      assert.equal(after, fixed === undefined ? undefined : text(fixed, declared));
    });
  }

  it("keeps the sense of `not in`", async () => {
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin", "")
      if "acmecorp.com" not in origin:
      #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser lets a look-alike site
          return {"statusCode": 403, "headers": CORS}
      return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}`),
      `#- /orders.py
ALLOWED_ORIGINS = ["https://app.acmecorp.com"]


${handlerPy(`
      origin = event["headers"].get("origin", "")
      if origin not in ALLOWED_ORIGINS:
          return {"statusCode": 403, "headers": CORS}
      return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}`).replace(
  /^.*\n/,
  "",
)}`,
      { context: { origins: ["https://app.acmecorp.com"] }, safety: "review" },
    );
  });
});

/** The file after the first fix, if there is one that can be spelled. */
async function fixesOf(
  [finding]: readonly Finding[],
  files: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const [fix] = finding?.fixes ?? [];
  const edits = fix && (await spell(fix, frontends, (file) => files.get(file)));
  return edits && applied(files.get("/orders.ts") ?? "", edits);
}
