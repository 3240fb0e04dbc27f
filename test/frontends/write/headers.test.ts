import assert from "node:assert/strict";
import vm from "node:vm";
import type { NewHeader } from "../../../shared/src/model/edit";
import { declines, spelled, spells, type Edits } from "./spell";

const star: NewHeader = { name: "Access-Control-Allow-Origin", value: { kind: "text", text: "*" } };
const vary: NewHeader = { name: "Vary", value: { kind: "text", text: "Origin" } };

const intoLiteral =
  (...headers: NewHeader[]): Edits =>
  (at) => [{ kind: "addHeaders", headers, headersBlock: at("headers") }];
const intoResponse =
  (...headers: NewHeader[]): Edits =>
  (at) => [{ kind: "addHeaders", headers, responseBlock: at("response") }];
const spreads =
  (block: "headersBlock" | "responseBlock"): Edits =>
  (at) => [{ kind: "spreadHeaders", expression: at("cors"), [block]: at("block") }];

describe("writing addHeaders", () => {
  spells(
    "adds to a literal and quotes only what must be quoted",
    "h.ts",
    intoLiteral(star, vary),
    `return «headers:{ "Content-Type": "text/plain" }»;`,
    `return { "Content-Type": "text/plain", "Access-Control-Allow-Origin": "*", Vary: "Origin" };`,
  );
  spells(
    "quotes all keys where the literal does",
    "h.ts",
    intoLiteral(vary),
    `return «headers:{\n  'Etag': 'a',\n}»;`,
    `return {\n  'Etag': 'a',\n  'Vary': 'Origin',\n};`,
  );
  spells(
    "fills an empty literal",
    "h.py",
    intoLiteral(star),
    `return «headers:{}»\n`,
    `return {"Access-Control-Allow-Origin": "*"}\n`,
  );
  spells(
    "keeps a comment in an otherwise empty literal",
    "h.py",
    intoLiteral(star),
    `x = «headers:{\n    # none yet\n}»\n`,
    `x = {\n    # none yet\n    "Access-Control-Allow-Origin": "*",\n}\n`,
  );
  spells(
    "replaces the header in another case",
    "h.py",
    intoLiteral(star),
    `x = «headers:{'access-control-allow-origin': origin}»\n`,
    `x = {'access-control-allow-origin': '*'}\n`,
  );
  spells(
    "repeats an expression of the file",
    "h.ts",
    (at) => [
      {
        kind: "addHeaders",
        headers: [{ name: star.name, value: { kind: "code", at: at("code") } }],
        responseBlock: at("response"),
      },
    ],
    `ok({ origin: «code:process.env.ORIGIN ?? ""» });\nreturn «response:{ statusCode: 400 }»;\n`,
    `ok({ origin: process.env.ORIGIN ?? "" });
return { statusCode: 400, headers: { "Access-Control-Allow-Origin": process.env.ORIGIN ?? "" } };
`,
  );
  spells(
    "writes headers after the status",
    "h.py",
    intoResponse(star),
    `return «response:{
    "statusCode": 500,  # ours
    "body": "no",
}»
`,
    `return {
    "statusCode": 500,  # ours
    "headers": {"Access-Control-Allow-Origin": "*"},
    "body": "no",
}
`,
  );
  spells(
    "adds to headers that are an expression",
    "h.py",
    intoResponse(star),
    `return «response:{"statusCode": 500, "headers": HEADERS}»\n`,
    `return {"statusCode": 500, "headers": {**HEADERS, "Access-Control-Allow-Origin": "*"}}\n`,
  );
  spells(
    "adds to headers that are a shorthand",
    "h.ts",
    intoResponse(star),
    `return «response:{ statusCode: 500, headers }»;`,
    `return { statusCode: 500, headers: { ...headers, "Access-Control-Allow-Origin": "*" } };`,
  );
  spells(
    "adds to the literal in the response",
    "h.ts",
    intoResponse(star),
    `return «response:{ headers: {} }»;`,
    `return { headers: { "Access-Control-Allow-Origin": "*" } };`,
  );
  spells(
    "adds an argument to a response class",
    "h.py",
    intoResponse(star),
    `return «response:Response(status_code=200)»\n`,
    `return Response(status_code=200, headers={"Access-Control-Allow-Origin": "*"})\n`,
  );
  spells(
    "gives a response its options",
    "h.ts",
    intoResponse(star),
    `return «response:new Response(body)»;`,
    `return new Response(body, { headers: { "Access-Control-Allow-Origin": "*" } });`,
  );
  declines(
    "headers chosen by a condition",
    "h.ts",
    intoResponse(star),
    `return «response:{ headers: a ? b : c }»;`,
  );
  declines(
    "where no place is given",
    "h.ts",
    () => [{ kind: "addHeaders", headers: [star] }],
    `x;`,
  );
});

describe("writing spreadHeaders", () => {
  spells(
    "into a literal, before what is written there",
    "h.ts",
    spreads("headersBlock"),
    `a(«cors:corsHeaders»);\nreturn { headers: «block:{ "X-A": "1" }» };\n`,
    `a(corsHeaders);\nreturn { headers: { ...corsHeaders, "X-A": "1" } };\n`,
  );
  spells(
    "into several lines, under their comment",
    "h.py",
    spreads("headersBlock"),
    `a(«cors:CORS»)\nx = «block:{  # sent always\n    "X-A": "1",\n}»\n`,
    `a(CORS)\nx = {  # sent always\n    **CORS,\n    "X-A": "1",\n}\n`,
  );
  spells(
    "as the headers",
    "h.py",
    spreads("responseBlock"),
    `a(«cors:cors(event)»)\nreturn «block:{"statusCode": 404}»\n`,
    `a(cors(event))\nreturn {"statusCode": 404, "headers": cors(event)}\n`,
  );
  spells(
    "once",
    "h.ts",
    spreads("headersBlock"),
    `a(«cors:cors»);\nreturn «block:{ ...cors, a }»;\n`,
    `a(cors);\nreturn { ...cors, a };\n`,
  );
});

describe("writing insertCorsHelper", () => {
  const helps =
    (file: string, credentials: boolean, ...places: string[]): Edits =>
    (at) => [
      {
        kind: "insertCorsHelper",
        file,
        origins: ["https://www.example.com", "https://admin.example.com"],
        credentials,
        places: places.map((name) => ({ responseBlock: at(name), event: "event" })),
      },
    ];
  spells(
    "writes a typed helper after the imports",
    "h.ts",
    helps("h.ts", true, "a", "b"),
    `import { x } from "y"; // why
export const handler = async (event: APIGatewayProxyEventV2) => {
  if (x) return «a:{ statusCode: 400 }»;
  return «b:{ statusCode: 200, headers: { ETag: "1" } }»;
};
`,
    `import { x } from "y"; // why

const allowedOrigins = ["https://www.example.com", "https://admin.example.com"];

function corsHeaders(event: {
  headers?: Record<string, string | undefined> | null;
}): Record<string, string> {
  const origin = event.headers?.origin ?? event.headers?.Origin;
  if (!origin || !allowedOrigins.includes(origin)) return { Vary: "Origin" };
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Credentials": "true",
    Vary: "Origin",
  };
}

export const handler = async (event: APIGatewayProxyEventV2) => {
  if (x) return { statusCode: 400, headers: corsHeaders(event) };
  return { statusCode: 200, headers: { ...corsHeaders(event), ETag: "1" } };
};
`,
  );
  spells(
    "writes plain JavaScript, and takes another name where one is taken",
    "h.js",
    helps("h.js", false, "a"),
    `'use strict'
const allowedOrigins = []
exports.handler = async (event) => { return «a:{ statusCode: 400 }» }
`,
    `'use strict'

const allowedOriginsFor = ['https://www.example.com', 'https://admin.example.com']

function corsHeadersFor(event) {
  const origin = event.headers?.origin ?? event.headers?.Origin
  if (!origin || !allowedOriginsFor.includes(origin)) return { Vary: 'Origin' }
  return {
    'Access-Control-Allow-Origin': origin,
    Vary: 'Origin',
  }
}

const allowedOrigins = []
exports.handler = async (event) => { return { statusCode: 400, headers: corsHeadersFor(event) } }
`,
  );
  spells(
    "writes Python after the imports",
    "h.py",
    helps("h.py", true, "a"),
    `"""Orders."""
import json


def handler(event, context):
    return «a:{"statusCode": 200, "body": json.dumps({})}»
`,
    `"""Orders."""
import json


ALLOWED_ORIGINS = ["https://www.example.com", "https://admin.example.com"]


def cors_headers(event):
    request_headers = event.get("headers") or {}
    origin = request_headers.get("origin") or request_headers.get("Origin")
    if origin not in ALLOWED_ORIGINS:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }


def handler(event, context):
    return {"statusCode": 200, "headers": cors_headers(event), "body": json.dumps({})}
`,
  );
  spells(
    "writes first where nothing is imported, and once",
    "h.py",
    (at) => [...helps("h.py", false, "a")(at), ...helps("h.py", false, "b")(at)],
    `#!/usr/bin/env python3
def handler(event, context):
    if x:
        return «a:{"statusCode": 200}»
    return «b:{"statusCode": 404}»
`,
    `#!/usr/bin/env python3
ALLOWED_ORIGINS = ["https://www.example.com", "https://admin.example.com"]


def cors_headers(event):
    request_headers = event.get("headers") or {}
    origin = request_headers.get("origin") or request_headers.get("Origin")
    if origin not in ALLOWED_ORIGINS:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Vary": "Origin",
    }


def handler(event, context):
    if x:
        return {"statusCode": 200, "headers": cors_headers(event)}
    return {"statusCode": 404, "headers": cors_headers(event)}
`,
  );
  it("gives headers to allowed origins only", async () => {
    const text = `exports.handler = (event) => { return «a:{ statusCode: 200 }» };\n`;
    const code = await spelled("h.js", text, helps("h.js", true, "a"));
    assert(code);
    const context = { exports: {} as { handler?: (event: unknown) => { headers: unknown } } };
    vm.runInNewContext(code, context);
    const headersFor = (headers: unknown): unknown =>
      JSON.parse(JSON.stringify(context.exports.handler?.({ headers }).headers));
    const allowed = {
      "Access-Control-Allow-Origin": "https://admin.example.com",
      "Access-Control-Allow-Credentials": "true",
      Vary: "Origin",
    };
    assert.deepEqual(headersFor({ origin: "https://admin.example.com" }), allowed);
    assert.deepEqual(headersFor({ Origin: "https://admin.example.com" }), allowed);
    for (const headers of [
      { origin: "https://admin.example.com.evil.example" },
      {},
      null,
      undefined,
    ]) {
      assert.deepEqual(headersFor(headers), { Vary: "Origin" });
    }
  });
  declines("in another file", "h.ts", helps("other.ts", true, "a"), `x = «a:{}»;`);
});
