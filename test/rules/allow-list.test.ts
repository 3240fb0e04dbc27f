/** Handlers that give some origins the header and refuse it to others, each in the shapes that people write. */
import { check } from "./check";
import { handlerPy, handlerTs } from "./samples";

const answers = [
  "error-response-without-allow-origin",
  "preflight-answer-not-ok",
  "success-response-without-allow-origin",
];

describe("the way on which an allow-list turns an origin away", () => {
  it("is no answer to a page of the user's, whatever its status", async () => {
    await check(
      answers,
      handlerTs(`
      const pages = ["https://bank.acmecorp.com", "https://till.acmecorp.com"];
      const origin = event.headers.origin;
      const headers = pages.includes(origin) ? { "Access-Control-Allow-Origin": origin, Vary: "Origin" } : { Vary: "Origin" };
      if (event.httpMethod === "OPTIONS") {
        if (!pages.includes(origin)) return { statusCode: 403, headers };
        return { statusCode: 204, headers };
      }
      return { statusCode: 200, headers };`),
    );
    await check(
      answers,
      handlerPy(`
      headers = {"Vary": "Origin"}
      origin = (event.get("headers") or {}).get("origin", "")
      if origin in ["https://bank.acmecorp.com", "https://till.acmecorp.com"]:
          headers["Access-Control-Allow-Origin"] = origin
      if event["requestContext"]["http"]["method"] == "OPTIONS":
          return {"statusCode": 204, "headers": {**headers, "Access-Control-Allow-Headers": "content-type"}}
      return {"statusCode": 200, "headers": headers, "body": ""}`),
    );
  });

  it("nor is the way on which the list could not be read", async () => {
    await check(
      answers,
      handlerPy(`
      methods = {"Access-Control-Allow-Methods": "GET"}
      try:
          pages = read_pages()
      except Exception:
          return {"statusCode": 500, "headers": {"Content-Type": "application/json", **methods}}
      origin = event["headers"].get("origin")
      if origin in pages:
          return {"statusCode": 200, "headers": {**methods, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
      return {"statusCode": 200, "headers": methods}`),
    );
    await check(
      answers,
      handlerTs(`
      const methods = { "Access-Control-Allow-Methods": "GET" };
      if (!event.body) return { statusCode: 400, headers: { "Content-Type": "text/plain" } };
      //                                    ^^^ [warning] The browser shows a CORS error instead of this error
      let pages: string[];
      try {
        pages = readPages();
      } catch {
        return { statusCode: 500, headers: methods };
      }
      const origin = event.headers.origin;
      if (pages.includes(origin)) return { statusCode: 200, headers: { ...methods, "Access-Control-Allow-Origin": origin, Vary: "Origin" } };
      return { statusCode: 200, headers: methods };`),
    );
  });

  it("does not hide an answer that forgets the header for everybody", async () => {
    await check(
      answers,
      handlerPy(`
      if event["httpMethod"] == "OPTIONS":
          return {"statusCode": 204, "headers": {"Access-Control-Allow-Headers": "content-type"}}
          #                     ^^^ [error] The browser's preflight gets no Access-Control-Allow-Origin from this answer.
      return {"statusCode": 200, "headers": CORS, "body": ""}`),
    );
  });
});

describe("tests of an origin that admit too much", () => {
  const rule = "origin-check-bypassable";

  it("look for it in a text", async () => {
    await check(
      rule,
      handlerTs(`
      const pages = "https://bank.acmecorp.com,https://till.acmecorp.com";
      const origin = event.headers.origin ?? "";
      const headers: Record<string, string> = { Vary: "Origin" };
      if (pages.includes(origin)) headers["Access-Control-Allow-Origin"] = origin;
      //  ^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site read this response.
      if (pages.split(",").includes(origin)) headers["Access-Control-Allow-Origin"] = origin;
      return { statusCode: 200, headers };`),
    );
    await check(
      rule,
      handlerPy(`
      pages = "https://bank.acmecorp.com,https://till.acmecorp.com"
      origin = event["headers"].get("origin", "")
      headers = {"Vary": "Origin"}
      if origin and origin in pages:
      #             ^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site read this response.
          headers["Access-Control-Allow-Origin"] = origin
      return {"statusCode": 200, "headers": headers}`),
    );
    await check(
      rule,
      handlerPy(`
      pages = "https://bank.acmecorp.com,https://till.acmecorp.com"
      origin = event["headers"].get("origin", "")
      headers = {"Vary": "Origin"}
      if origin in pages.split(","):
          headers["Access-Control-Allow-Origin"] = origin
      return {"statusCode": 200, "headers": headers}`),
    );
  });

  it("end in a host where anybody can publish", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin ?? "";
      const headers: Record<string, string> = { Vary: "Origin" };
      if (/^https:\\/\\/[a-z-]+\\.vercel\\.app$/.test(origin)) headers["Access-Control-Allow-Origin"] = origin;
      //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site read this response.
      return { statusCode: 200, headers };`),
    );
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin", "")
      headers = {"Vary": "Origin"}
      if origin.endswith(".cloudfront.net"):
      #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets a look-alike site read this response.
          headers["Access-Control-Allow-Origin"] = origin
      return {"statusCode": 200, "headers": headers}`),
    );
  });

  it("are silent about a host of one's own", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin ?? "";
      const headers: Record<string, string> = { Vary: "Origin" };
      if (/^https:\\/\\/[a-z-]+\\.acmecorp\\.com$/.test(origin)) headers["Access-Control-Allow-Origin"] = origin;
      return { statusCode: 200, headers };`),
    );
  });

  it("ask for the scheme alone, which with credentials is reflection", async () => {
    await check(
      [rule, "reflected-origin-unchecked"],
      handlerTs(`
      const origin = event.headers.origin;
      const headers: Record<string, string> = { Vary: "Origin" };
      if (origin && origin.startsWith("https://")) {
      //            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets a look-alike site read this response.
        headers["Access-Control-Allow-Origin"] = origin;
        headers["Access-Control-Allow-Credentials"] = "true";
      }
      return { statusCode: 200, headers };`),
    );
    await check(
      [rule, "reflected-origin-unchecked"],
      handlerPy(`
      origin = event["headers"].get("origin", "")
      headers = {"Vary": "Origin"}
      if origin.startswith("https://"):
      #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets a look-alike site read this response.
          headers["Access-Control-Allow-Origin"] = origin
          headers["Access-Control-Allow-Credentials"] = "true"
      return {"statusCode": 200, "headers": headers}`),
    );
  });
});

describe("the request's Origin, looked up without regard to case", () => {
  const rules = ["origin-check-bypassable", "reflected-origin-unchecked", "vary-origin-missing"];

  it("is checked by a list", async () => {
    await check(
      rules,
      handlerTs(`
      const known: Record<string, string> = {};
      for (const name of Object.keys(event.headers)) known[name.toLowerCase()] = event.headers[name];
      const headers: Record<string, string> = { Vary: "Origin" };
      if (["https://quay.acmecorp.com"].includes(known.origin)) headers["Access-Control-Allow-Origin"] = known.origin;
      return { statusCode: 200, headers };`),
    );
    await check(
      rules,
      handlerPy(`
      known = {name.lower(): value for name, value in event["headers"].items()}
      headers = {"Vary": "Origin"}
      if known.get("origin") in ("https://quay.acmecorp.com", "https://till.acmecorp.com"):
          headers["Access-Control-Allow-Origin"] = known["origin"]
      return {"statusCode": 200, "headers": headers}`),
    );
  });

  it("is reflected", async () => {
    await check(
      rules,
      handlerTs(`
      const known = Object.fromEntries(Object.entries(event.headers).map(([k, v]) => [k.toLowerCase(), v]));
      return {
        statusCode: 200,
        headers: {
          "Access-Control-Allow-Origin": known.origin,
          //                             ^^^^^^^^^^^^ [error] The browser lets every site on the web read this with the user's cookies.
          "Access-Control-Allow-Credentials": "true",
          Vary: "Origin",
        },
      };`),
    );
    await check(
      rules,
      handlerPy(`
      origin = None
      for name, value in event["headers"].items():
          if name.lower() == "origin":
              origin = value
      return {
          "statusCode": 200,
          "headers": {
              "Access-Control-Allow-Origin": origin,
             # ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site on the web read this with the user's cookies.
              "Access-Control-Allow-Credentials": "true",
              "Vary": "Origin",
          },
      }`),
    );
  });
});

describe("a header that takes one origin", () => {
  const rule = "allow-origin-multiple-values";

  it("gets a list, or texts with a comma between them", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.path === "/a")
        return { statusCode: 200, headers: { "Access-Control-Allow-Origin": ["https://a.acmecorp.com", "https://b.acmecorp.com"] } };
        //                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser refuses this response: it names several origins.
      if (event.path === "/b")
        return { statusCode: 200, headers: { "Access-Control-Allow-Origin": process.env.PAGES.split(";") } };
        //                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser refuses this response: it names several origins.
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": \`\${process.env.A}, \${process.env.B}\` } };
      //                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser refuses this response: it names several origins.`),
    );
    await check(
      rule,
      handlerPy(`
      return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": [os.environ["A"], os.environ["B"]]}}
      #                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser refuses this response: it names several origins.`),
    );
  });
});

describe("lists that are never empty", () => {
  const rules = ["any-origin-allowed", "reflected-origin-unchecked"];

  it("hold a literal, also after filter(Boolean) and behind a conditional spread", async () => {
    await check(
      rules,
      handlerTs(`
      const site = process.env.SITE || "";
      const from = event.headers.origin || "";
      const known = [...(site ? [site.replace(/\\/$/, "")] : []), "http://localhost:3000"].filter(Boolean);
      const chosen = known.length === 0 ? from : known.includes(from) ? from : known[0];
      return {
        statusCode: 200,
        headers: { Vary: "Origin", "Access-Control-Allow-Origin": chosen, "Access-Control-Allow-Credentials": "true" },
      };`),
    );
    await check(
      rules,
      handlerPy(`
      site = os.environ.get("SITE", "")
      origin = event["headers"].get("origin", "")
      known = [page for page in [site, "http://localhost:3000"] if page]
      chosen = origin if len(known) == 0 or origin in known else known[0]
      return {
          "statusCode": 200,
          "headers": {"Vary": "Origin", "Access-Control-Allow-Origin": chosen, "Access-Control-Allow-Credentials": "true"},
      }`),
    );
  });
});
