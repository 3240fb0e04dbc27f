import assert from "node:assert/strict";
import { check, findingsIn, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { handlerPy, handlerTs } from "./samples";

const rule = "reflected-origin-unchecked";

describe(rule, () => {
  it("is an error with credentials", async () => {
    await check(
      rule,
      handlerTs(`
      const origin = event.headers.origin || event.headers.Origin;
      return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true" } };
      //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site on the web read this with`),
    );
  });

  it("is silent after an exact comparison", async () => {
    await check(
      rule,
      handlerPy(`
      origin = event["headers"].get("origin")
      if origin in ("https://app.acmecorp.com", "https://qa.acmecorp.com"):
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
      return {"statusCode": 403, "headers": CORS}`),
    );
  });

  it("is a warning where credentials hang on a setting that may exclude the echo", async () => {
    await check(
      rule,
      handlerPy(`
      import os
      origin = "https://app.acmecorp.com"
      if os.environ.get("ORIGINS", "*") == "*":
          origin = event["headers"].get("origin")
      headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
      #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] The browser lets every site
      if os.environ.get("CREDENTIALS") == "true":
          headers["Access-Control-Allow-Credentials"] = "true"
      return {"statusCode": 200, "headers": headers}`),
    );
    await check(
      rule,
      handlerTs(`
      const headers: Record<string, string> = { "Access-Control-Allow-Origin": event.headers.origin, Vary: "Origin" };
      //                                                                       ^^^^^^^^^^^^^^^^^^^^ [error] The browser lets every site
      if (process.env.CREDENTIALS) headers["Access-Control-Allow-Credentials"] = "true";
      return { statusCode: 200, headers };`),
    );
  });

  it("is fixed once for all places of a file", async () => {
    await check(
      rule,
      `//- /orders.ts
import { find } from "./find";

export const handler = async (event: any) => {
  const { origin } = event.headers;
  if (!event.pathParameters) {
    return { statusCode: 400, headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" } };
    //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser lets every site
  }
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" }, body: find() };
  //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser lets every site
};`,
      `//- /orders.ts
import { find } from "./find";

const allowedOrigins = ["https://app.acmecorp.com"];

function checkedOrigin(origin: string | undefined): string {
  return allowedOrigins.find((allowed) => allowed === origin) ?? "https://app.acmecorp.com";
}

export const handler = async (event: any) => {
  const { origin } = event.headers;
  if (!event.pathParameters) {
    return {
      statusCode: 400,
      headers: { "Access-Control-Allow-Origin": checkedOrigin(origin), Vary: "Origin" },
    };
  }
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": checkedOrigin(origin), Vary: "Origin" },
    body: find(),
  };
};`,
      { context: { origins: ["https://app.acmecorp.com"] }, safety: "review" },
    );
  });

  it("is fixed in the options of Express", async () => {
    const text = (origin: string): string => `//- /orders.ts
import cors from "cors";
import express from "express";
import serverless from "serverless-http";

const app = express();
app.use(cors({
  origin: ${origin},
  credentials: true,
}));
app.get("/orders", (_, response) => response.json([]));
export const handler = serverless(app);`;
    const fixed = await fixedFiles(parseLiteral(text("true")).files, [rule], {
      context: { origins: ["https://app.acmecorp.com", "https://qa.acmecorp.com"] },
    });
    const expected = text(`["https://app.acmecorp.com", "https://qa.acmecorp.com"]`);
    assert.deepEqual([...fixed], [...parseLiteral(expected).files]);
    assert.deepEqual(await findingsIn(fixed, [rule]), []);
  });

  it("is fixed in the options of FastAPI", async () => {
    const text = (origins: string): string => `#- /orders.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from mangum import Mangum

app = FastAPI()
handler = Mangum(
    CORSMiddleware(
        app,
        allow_origins=${origins},
        allow_credentials=True,
    ),
)
`;
    const fixed = await fixedFiles(parseLiteral(text(`["*"]`)).files, [rule], {
      context: { origins: ["https://app.acmecorp.com", "https://qa.acmecorp.com"] },
    });
    assert.equal(
      fixed.get("/orders.py"),
      parseLiteral(text(`["https://app.acmecorp.com", "https://qa.acmecorp.com"]`)).files.get(
        "/orders.py",
      ),
    );
    assert.deepEqual(await findingsIn(fixed, [rule]), []);
  });

  it("has no fix for a list in multiValueHeaders", async () => {
    const { files } = parseLiteral(
      handlerTs(
        `return { statusCode: 200, multiValueHeaders: { "Access-Control-Allow-Origin": [event.headers.origin] } };`,
      ),
    );
    const [finding] = await findingsIn(files, [rule]);
    assert.deepEqual(finding?.fixes, []);
  });
});
