import assert from "node:assert/strict";
import { check, findingsIn, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { handlerPy, handlerTs, stackPy, stackTs } from "./samples";

const rule = "success-response-without-allow-origin";

describe(rule, () => {
  it("a helper is written where the file has nothing", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
export const handler = async (event: any) => ({ statusCode: 200, body: "[]" });
//                                                          ^^^ [warning] The browser withholds this response`,
      `//- /lambda/orders.ts
const allowedOrigins = ["https://app.acmecorp.com"];

function corsHeaders(event: {
  headers?: Record<string, string | undefined> | null;
}): Record<string, string> {
  const origin = event.headers?.origin ?? event.headers?.Origin;
  if (!origin || !allowedOrigins.includes(origin)) return { Vary: "Origin" };
  return {
    "Access-Control-Allow-Origin": origin,
    Vary: "Origin",
  };
}

export const handler = async (event: any) => ({
  statusCode: 200,
  headers: corsHeaders(event),
  body: "[]",
});`,
    );
  });

  it("the helper lists an origin of the policy as it was meant", async () => {
    const { files } = parseLiteral(`${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });
      const api = new apigateway.RestApi(stack, "A", {
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com/", "http://localhost:3000"] },
      });
      api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));`)}//- /lambda/orders.ts
export const handler = async (event: any) => ({ statusCode: 200, body: "[]" });`);
    const fixed = await fixedFiles(files, [rule]);
    assert.match(
      fixed.get("/lambda/orders.ts") ?? "",
      /allowedOrigins = \["https:\/\/app\.acmecorp\.com", "http:\/\/localhost:3000"\]/,
    );
  });

  it("redirects count as successes", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.path === "/old") return { statusCode: 301, headers: { Location: "/new" } };
      //                                              ^^^ The browser withholds
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("is silent about ways to elsewhere, which the browser itself goes, and about what elements show", async () => {
    await check(
      rule,
      handlerTs(`
      if (event.path === "/login")
        return { statusCode: 302, headers: { Location: \`\${process.env.SITE}/start\`, "Set-Cookie": "a=b" } };
      if (event.path === "/r") return { statusCode: 302, headers: { location: "https://acmecorp.com/start" } };
      if (event.path === "/badge") return { statusCode: 200, headers: { "Content-Type": "image/svg+xml" } };
      return { statusCode: 200, headers: cors };`),
    );
    await check(
      rule,
      handlerPy(`
      if event["path"] == "/login":
          return {"statusCode": 302, "headers": {"Location": f"{os.environ['SITE']}/start"}}
      if event["path"] == "/badge":
          return {"statusCode": 200, "headers": {"Content-Type": "image/svg+xml"}}
      if event["path"] == "/old":
          return {"statusCode": 301, "headers": {"Location": "/new"}}
          #                     ^^^ The browser withholds
      return {"statusCode": 200, "headers": CORS}`),
    );
  });

  const server = (options: string, call: string) => `${stackTs(`
      const api = new apigateway.RestApi(stack, "A");
      const entry = (file: string) => new apigateway.LambdaIntegration(new NodejsFunction(stack, file, { entry: file }));
      const orders = api.root.addResource("orders");
      orders.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"] });
      orders.addMethod("POST", entry("lambda/orders.ts"));
      const matches = api.root.addResource("matches");
      ${options}matches.addMethod("POST", entry("lambda/matches.ts"));`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } });
//- /lambda/matches.ts
export const handler = async () => ({ statusCode: 201, headers: { "X-Match": "1" } });
${call}`;

  it("is silent about a handler that has no part in its API's CORS: no header, no OPTIONS, no call of a page", async () => {
    const both = [rule, "options-method-missing"];
    await check(both, server("", ""));
    const reported =
      "//                                                ^^^ The browser withholds\n";
    const preflight = 'matches.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"] });\n';
    await check(both, server(preflight, reported));
  });

  it("the same in Python", async () => {
    const both = [rule, "options-method-missing"];
    const py = (options: string, call: string) => `${stackPy(`
      api = apigateway.RestApi(stack, "A")
      def entry(name):
          fn = lambda_.Function(stack, name, runtime=lambda_.Runtime.PYTHON_3_12, handler=name + ".handler", code=lambda_.Code.from_asset("lambda"))
          return apigateway.LambdaIntegration(fn)
      orders = api.root.add_resource("orders")
      orders.add_cors_preflight(allow_origins=["https://app.acmecorp.com"])
      orders.add_method("POST", entry("orders"))
      matches = api.root.add_resource("matches")${options}
      matches.add_method("POST", entry("matches"))`)}#- /lambda/orders.py
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
#- /lambda/matches.py
def handler(event, context):
    return {"statusCode": 201, "headers": {"X-Match": "1"}}
${call}`;
    await check(both, py("", ""));
    const reported = "    #                     ^^^ The browser withholds\n";
    await check(
      both,
      py('\nmatches.add_cors_preflight(allow_origins=["https://app.acmecorp.com"])', reported),
    );
  });

  it("is silent about functions without HTTP front, OPTIONS branches and throws", async () => {
    await check(
      rule,
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" });`)}//- /lambda/orders.ts
export const handler = async () => ({ statusCode: 200, body: "[]" });`,
    );
    await check(
      rule,
      handlerTs(`
      if (event.httpMethod === "OPTIONS") return { statusCode: 204 };
      if (event.httpMethod === "PUT") throw new Error("no");
      return { statusCode: 200, headers: cors };`),
    );
  });

  it("a helper that makes several answers is told of once, and fixed there", async () => {
    const py = (headers: string, caret: string) => `${handlerPy(`
      if event["path"] == "/open":
          return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
      if event["path"] == "/orders":
          return reply(200, "orders")
      if event["path"] == "/users":
          return reply(200, "users")
      return reply(404, "nothing")`)}

def reply(status, body):
    return {
        "statusCode": status,
${caret}        "headers": {${headers}},
        "body": body,
    }
`;
    await check(
      [rule, "error-response-without-allow-origin"],
      py(
        '"content-type": "text/plain"',
        "        #^^^^^^^^^^ The browser withholds what is made here\n",
      ),
      py('"content-type": "text/plain", "Access-Control-Allow-Origin": "*"', ""),
    );
    const ts = (headers: string, caret: string) => `//- /orders.ts
import { reply } from "./reply";
export const handler = async (event: any) => {
  if (event.path === "/open") return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
  if (event.path === "/orders") return reply(200, "orders");
  return reply(404, "nothing");
};
//- /reply.ts
export function reply(statusCode: number, body: string) {
  return {
    statusCode,
${caret}    headers: { ${headers} },
    body,
  };
}
`;
    await check(
      [rule, "error-response-without-allow-origin"],
      ts(
        '"content-type": "text/plain"',
        "  //^^^^^^^^^^ The browser withholds what is made here\n",
      ),
      ts('"content-type": "text/plain", "Access-Control-Allow-Origin": "*"', ""),
    );
  });

  it("answers of a helper are told of one by one where some bring the header along", async () => {
    await check(
      [rule, "error-response-without-allow-origin"],
      handlerTs(`
      const reply = (status: number, headers: Record<string, string>) => ({ statusCode: status, headers });
      if (event.path === "/a") return reply(200, {});
      //                                    ^^^ The browser withholds this response
      if (event.path === "/b") return reply(201, {});
      //                                    ^^^ The browser withholds this response
      return reply(200, cors);`),
    );
  });

  it("is silent at web hooks and checks of health that send no CORS headers at all", async () => {
    const hook = (path: string) => `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "lambda/hook.ts" });
      const api = new apigateway.RestApi(stack, "A", { defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] } });
      api.root.addResource("${path}").addMethod("POST", new apigateway.LambdaIntegration(fn));`)}//- /lambda/hook.ts
`;
    const plain = `export const handler = async () => ({ statusCode: 200, body: "" });\n`;
    const carets =
      "//                                                ^^^ The browser withholds this response\n";
    await check(rule, hook("webhook") + plain);
    await check(rule, hook("health") + plain);
    await check(rule, hook("orders") + plain + carets);
    await check(
      rule,
      `${hook("events")}export const handler = async (event: any) => {
  const signed = event.headers["Stripe-Signature"];
  return { statusCode: signed ? 200 : 400, body: "" };
};
`,
    );
  });

  it("names the event as the function does that answers, and writes nothing where it has no name", async () => {
    const app = (list: string) => `${stackPy(`
      orders = lambda_.Function(stack, "Orders", runtime=lambda_.Runtime.PYTHON_3_13, handler="orders.handler", code=lambda_.Code.from_asset("functions"))
      api = apigateway.LambdaRestApi(stack, "Api", handler=orders, default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://app.acmecorp.com"]))`)}#- /functions/orders.py
${list}


def handler(event, context):
    return listing(event) if event["path"] == "/orders" else one(event["pathParameters"])


def one(parameters):
    return {"statusCode": 200, "body": parameters["id"]}
`;
    const { files } = parseLiteral(
      app(`def listing(request):\n    return {"statusCode": 200, "body": "[]"}`),
    );
    const found = await findingsIn(files, [rule]);
    assert.deepEqual(
      found.map(({ fixes }) => fixes.length),
      [1, 0],
    );
    const fixed = await fixedFiles(files, [rule]);
    assert.match(
      fixed.get("/functions/orders.py") ?? "",
      /def listing\(request\):\n {4}return \{"statusCode": 200, "headers": cors_headers\(request\), "body": "\[\]"\}/,
    );
  });
});
