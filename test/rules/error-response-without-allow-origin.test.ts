import assert from "node:assert/strict";
import { check, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { handlerPy, handlerTs, stackTs } from "./samples";

const rule = "error-response-without-allow-origin";

describe(rule, () => {
  it("all paths are fixed together", async () => {
    await check(
      rule,
      handlerPy(`
      import json
      try:
          order = json.loads(event["body"])
      except ValueError:
          return {"statusCode": 400, "body": "Not JSON"}
      #                         ^^^ The browser shows a CORS error instead of this error
      if "id" not in order:
          return {"statusCode": 422, "body": "Which order?"}
      #                         ^^^
      return {"statusCode": 200, "headers": CORS, "body": json.dumps(order)}`),
      handlerPy(`
      import json
      try:
          order = json.loads(event["body"])
      except ValueError:
          return {"statusCode": 400, "headers": CORS, "body": "Not JSON"}
      if "id" not in order:
          return {"statusCode": 422, "headers": CORS, "body": "Which order?"}
      return {"statusCode": 200, "headers": CORS, "body": json.dumps(order)}`),
      { title: "Add CORS headers to all 2 responses" },
    );
  });

  it("literal headers are written once more", async () => {
    await check(
      rule,
      `//- /orders.ts
export const handler = async (event: { body?: string }) => {
  if (!event.body) return { statusCode: 400, headers: { "Content-Type": "text/plain" }, body: "" };
  //                                    ^^^
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*", Vary: "Origin" }, body: "" };
};`,
      `//- /orders.ts
export const handler = async (event: { body?: string }) => {
  if (!event.body) return {
    statusCode: 400,
    headers: { "Content-Type": "text/plain", "Access-Control-Allow-Origin": "*", Vary: "Origin" },
    body: "",
  };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*", Vary: "Origin" }, body: "" };
};`,
    );
  });

  it("a name that gives one header is no mapping of headers", async () => {
    await check(
      rule,
      `//- /orders.ts
const ORIGIN = process.env.ORIGIN ?? "https://app.acmecorp.com";
export const handler = async (event: { body?: string }) => {
  if (!event.body) return { statusCode: 400 };
  //                                    ^^^
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": ORIGIN }, body: "" };
};`,
      `//- /orders.ts
const ORIGIN = process.env.ORIGIN ?? "https://app.acmecorp.com";
export const handler = async (event: { body?: string }) => {
  if (!event.body) return { statusCode: 400, headers: { "Access-Control-Allow-Origin": ORIGIN } };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": ORIGIN }, body: "" };
};`,
      { safety: "safe" },
    );
    await check(
      rule,
      `//- /orders.ts
const ORIGIN = process.env.ORIGIN ?? "https://app.acmecorp.com";
const headersFor = (type: string) => ({ "Access-Control-Allow-Origin": ORIGIN, "Content-Type": type });
export const handler = async (event: { body?: string }) => {
  if (!event.body) return { statusCode: 400 };
  //                                    ^^^
  return { statusCode: 200, headers: { ...headersFor("text/plain") }, body: "" };
};`,
      `//- /orders.ts
const ORIGIN = process.env.ORIGIN ?? "https://app.acmecorp.com";
const headersFor = (type: string) => ({ "Access-Control-Allow-Origin": ORIGIN, "Content-Type": type });
export const handler = async (event: { body?: string }) => {
  if (!event.body) return { statusCode: 400, headers: { "Access-Control-Allow-Origin": ORIGIN } };
  return { statusCode: 200, headers: { ...headersFor("text/plain") }, body: "" };
};`,
    );
    await check(
      rule,
      `#- /orders.py
import os

ORIGIN = os.environ["ORIGIN"]


def handler(event, context):
    if not event["body"]:
        return {"statusCode": 400}
    #                         ^^^
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": ORIGIN}}`,
      `#- /orders.py
import os

ORIGIN = os.environ["ORIGIN"]


def handler(event, context):
    if not event["body"]:
        return {"statusCode": 400, "headers": {"Access-Control-Allow-Origin": ORIGIN}}
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": ORIGIN}}`,
    );
  });

  it("is silent where a helper may add the header, and in handlers that never send it", async () => {
    await check(
      rule,
      handlerTs(`
      if (!event.body) return await respond(400);
      if (event.body === "x") return { statusCode: 500, ...event.extra };
      return { statusCode: 200, headers: cors };
      declare function respond(status: number): Promise<object>;`),
    );
    await check(
      rule,
      `//- /orders.ts\nexport const handler = async () => ({ statusCode: 500, body: "" });`,
    );
  });

  it("what a wrapper of elsewhere answers is told where the handler is given to it", async () => {
    await check(
      rule,
      `//- /limit.ts
export function withLimit(inner: (event: any) => Promise<any>) {
  return async (event: any) => {
    if (event.headers["x-tired"]) return { statusCode: 429, body: "" };
    return inner(event);
  };
}
//- /orders.ts
import { withLimit } from "./limit";
async function list() {
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "[]" };
}
export const handler = withLimit(list);
//           ^^^^^^^ The browser shows a CORS error instead of this error`,
      `//- /limit.ts
export function withLimit(inner: (event: any) => Promise<any>) {
  return async (event: any) => {
    if (event.headers["x-tired"]) return {
      statusCode: 429,
      headers: { "Access-Control-Allow-Origin": "*" },
      body: "",
    };
    return inner(event);
  };
}
//- /orders.ts
import { withLimit } from "./limit";
async function list() {
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "[]" };
}
export const handler = withLimit(list);`,
    );
    await check(
      rule,
      `#- /limit.py
def limited(inner):
    def wrapped(event, context):
        if event["headers"].get("x-tired"):
            return {"statusCode": 429, "body": ""}
        return inner(event, context)

    return wrapped
#- /orders.py
from limit import limited


@limited
def handler(event, context):
#   ^^^^^^^ The browser shows a CORS error instead of this error
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "[]"}`,
    );
  });

  it("what a wrapper answers for many handlers is told where it is made", async () => {
    const orders = (file: string) => `//- /${file}.ts
import { withLimit } from "./limit";
async function list() {
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "[]" };
}
export const handler = withLimit(list);
`;
    await check(
      rule,
      `//- /limit.ts
export function withLimit(inner: (event: any) => Promise<any>) {
  return async (event: any) => {
    if (event.headers["x-tired"]) return { statusCode: 429, body: "" };
    //                                     ^^^^^^^^^^ The browser shows a CORS error instead of the errors that are made here
    return inner(event);
  };
}
${orders("orders")}${orders("pens")}`,
    );
  });

  it("behind an HTTP API with a policy one answer speaks for all of a handler", async () => {
    await check(
      [rule, "success-response-without-allow-origin"],
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async (event: any) => {
  if (!event.body) return { statusCode: 400, body: "" };
  //                                    ^^^ [information] The browser gets this header from API Gateway
  if (event.body === "x") return { statusCode: 422, body: "" };
  return { statusCode: 200, body: "" };
};`,
      undefined,
      { context: { behindHttpApiCors: "information" } },
    );
  });

  it("behind an HTTP API with a policy it is information, or off", async () => {
    const files = (carets: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 500, body: "" });
${carets}`;
    await check(
      rule,
      files(
        "//                                                ^^^ [information] The browser gets this header from API Gateway",
      ),
      undefined,
      { context: { behindHttpApiCors: "information" } },
    );
    await check(rule, files(""));
    await check(rule, files(""), undefined, { context: { behindHttpApiCors: "off" } });
    await check(
      rule,
      files("//                                                ^^^ [warning] The browser gets"),
      undefined,
      {
        context: { behindHttpApiCors: "warning" },
      },
    );
  });

  it("behind an HTTP API with a policy it is said where the handler sends the header on other ways", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "orders.ts" });
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.GET], integration: new HttpLambdaIntegration("I", fn) });`)}${handlerTs(`
      if (!event.pathParameters) return { statusCode: 404, body: "" };
      //                                              ^^^ [information] The browser gets this header from API Gateway
      return { statusCode: 200, headers: cors, body: "" };`)}`,
    );
  });

  it("a REST proxy with preflights needs the header from the handler", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 500, body: "" });
//                                                ^^^ [warning] The browser shows`,
    );
  });

  it("errors of a helper get what the policy in front allows", async () => {
    const files = (origins: string, added: string, caret: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ${origins} } });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
const fail = (status: number, message: string) => {
  return {
    statusCode: status,
${caret}    headers: { "content-type": "text/plain"${added} },
    body: message,
  };
};
export const handler = async (event: any) => (event.body ? fail(500, "No") : fail(400, "What?"));
`;
    const claim =
      "  //^^^^^^^^^^ The browser shows a CORS error instead of the errors that are made here\n";
    const review = { safety: "review" } as const;
    await check(
      rule,
      files("apigateway.Cors.ALL_ORIGINS", "", claim),
      files("apigateway.Cors.ALL_ORIGINS", ', "Access-Control-Allow-Origin": "*"', ""),
      review,
    );
    const two = `["https://a.acmecorp.com", "https://b.acmecorp.com"]`;
    await check(rule, files(two, "", claim), files(two, "", claim), review);
  });

  it("an origin that a list let through on one way is not written out on another", async () => {
    const context = { origins: ["https://app.acmecorp.com"] };
    await check(
      rule,
      `//- /orders.ts
const allowed = ["https://app.acmecorp.com", "https://qa.acmecorp.com"];
const ok = (event: any) => {
  const origin = allowed.includes(event.headers.origin) ? event.headers.origin : allowed[0];
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin, Vary: "Origin" } };
};
export const handler = async (event: any) => {
  if (event.path === "/orders") return ok(event);
  return { statusCode: 404, body: "" };
  //                   ^^^ The browser shows a CORS error
};`,
      undefined,
      { context },
    );
    const fixed = await fixedFiles(
      parseLiteral(`#- /orders.py
ALLOWED = ["https://app.acmecorp.com", "https://qa.acmecorp.com"]


def ok(event):
    origin = event["headers"].get("origin")
    origin = origin if origin in ALLOWED else ALLOWED[0]
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}


def handler(event, context):
    if event["path"] == "/orders":
        return ok(event)
    return {"statusCode": 404, "body": ""}
`).files,
      [rule],
      { context, safety: "review" },
    );
    assert.match(
      fixed.get("/orders.py") ?? "",
      /"statusCode": 404, "headers": cors_headers\(event\)/,
    );
  });
});
