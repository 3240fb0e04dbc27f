/** Faults that only a person can mend: the browser sees them, and sees that they are gone. */
import { APP, type Loop } from "./loop";
import {
  bothRuntimes,
  get,
  loop,
  nodeHandler,
  post,
  pythonHandler,
  stackTs,
  type Runtime,
} from "./parts";

const rest = (method: string) => (runtime: Runtime) =>
  stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
api.root.addResource("orders").addMethod("${method}", new apigateway.LambdaIntegration(orders));`,
    runtime,
  );

const url = (runtime: Runtime): string =>
  stackTs(`orders.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`, runtime);

interface Texts {
  readonly wrong: string;
  readonly right: string;
}

function cases(
  given: Omit<Parameters<typeof loop>[0], "text">,
  stack: (runtime: Runtime) => string,
  texts: Readonly<Record<Runtime, Texts>>,
): readonly Loop[] {
  return bothRuntimes((runtime) => {
    const { wrong, right } = texts[runtime];
    return loop({ call: get, ...given, text: stack(runtime) + wrong, right });
  });
}

const nodeHeaders = `const headers = {
  "Access-Control-Allow-Origin": "https://app.acmecorp.com",
  "Access-Control-Allow-Headers": "content-type",
};`;
const pythonHeaders = `HEADERS = {
    "Access-Control-Allow-Origin": "https://app.acmecorp.com",
    "Access-Control-Allow-Headers": "content-type",
}`;

const inBody = cases(
  { rule: "cors-headers-in-body", what: "REST API", reads: { status: 200, body: `{"orders":[]}` } },
  rest("GET"),
  {
    node: {
      wrong: nodeHandler(
        `  return { statusCode: 200, body: JSON.stringify({ orders: [], headers: { "Access-Control-Allow-Origin": "${APP}" } }) };`,
      ),
      right: nodeHandler(
        `  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "${APP}" }, body: JSON.stringify({ orders: [] }) };`,
      ),
    },
    python: {
      wrong: pythonHandler(
        `    return {"statusCode": 200, "body": json.dumps({"orders": [], "headers": {"Access-Control-Allow-Origin": "${APP}"}})}`,
        "import json",
      ),
      right: pythonHandler(
        `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "${APP}"}, "body": '{"orders":[]}'}`,
      ),
    },
  },
);

const nodeOptions = (status: number): string =>
  nodeHandler(
    `  if (event.requestContext.http.method === "OPTIONS") {
    return { statusCode: ${status}, headers, body: "" };
  }
  return { statusCode: 200, headers, body: "orders" };`,
    nodeHeaders,
  );
const pythonOptions = (status: number): string =>
  pythonHandler(
    `    if event["requestContext"]["http"]["method"] == "OPTIONS":
        return {"statusCode": ${status}, "headers": HEADERS, "body": ""}
    return {"statusCode": 200, "headers": HEADERS, "body": "orders"}`,
    pythonHeaders,
  );

const notOk = cases({ rule: "preflight-answer-not-ok", what: "Function URL", call: post }, url, {
  node: { wrong: nodeOptions(405), right: nodeOptions(204) },
  python: { wrong: pythonOptions(405), right: pythonOptions(204) },
});

const nodeEcho = (value: string): string =>
  nodeHandler(
    `  const origin = event.headers.Origin ?? event.headers.origin ?? "";
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": ${value}, Vary: "Origin" },
    body: "orders",
  };`,
    `const allowed = ["${APP}", "https://qa.acmecorp.com"];`,
  );
const pythonEcho = (value: string): string =>
  pythonHandler(
    `    origin = event["headers"].get("Origin") or event["headers"].get("origin") or ""
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": ${value}, "Vary": "Origin"},
        "body": "orders",
    }`,
    `ALLOWED = ["${APP}", "https://qa.acmecorp.com"]`,
  );
const nodeExact = nodeEcho("allowed.includes(origin) ? origin : allowed[0]");
const pythonExact = pythonEcho("origin if origin in ALLOWED else ALLOWED[0]");

const strangers: readonly Loop[] = [
  ...cases(
    {
      rule: "origin-check-bypassable",
      what: "the beginning decides",
      kind: "admitted",
      stranger: { origin: `${APP}.evil.test`, sandboxed: false },
    },
    rest("GET"),
    {
      node: {
        wrong: nodeEcho(`origin.startsWith("${APP}") ? origin : allowed[0]`),
        right: nodeExact,
      },
      python: {
        wrong: pythonEcho(`origin if origin.startswith("${APP}") else ALLOWED[0]`),
        right: pythonExact,
      },
    },
  ),
  ...cases(
    {
      rule: "origin-check-bypassable",
      what: "the end decides",
      kind: "admitted",
      stranger: { origin: "https://evilacmecorp.com", sandboxed: false },
    },
    rest("GET"),
    {
      node: {
        wrong: nodeEcho(`origin.endsWith("acmecorp.com") ? origin : allowed[0]`),
        right: nodeExact,
      },
      python: {
        wrong: pythonEcho(`origin if origin.endswith("acmecorp.com") else ALLOWED[0]`),
        right: pythonExact,
      },
    },
  ),
  ...cases(
    {
      rule: "reflected-origin-unchecked",
      what: "REST API",
      kind: "admitted",
      stranger: { origin: "https://evil.test", sandboxed: false },
    },
    rest("GET"),
    {
      node: { wrong: nodeEcho("origin"), right: nodeExact },
      python: { wrong: pythonEcho("origin"), right: pythonExact },
    },
  ),
];

const middy = (middlewares: string): string => `//- /lambda/orders.mjs
import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";

const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };

const find = async (event) => {
  if (!event.queryStringParameters?.id) {
    throw Object.assign(new Error("Which order?"), { statusCode: 422 });
  }
  return { statusCode: 200, headers, body: "orders" };
};

export const handler = middy(find)${middlewares};
`;

const misplaced = loop({
  rule: "middleware-misplaced",
  what: "middy, an error",
  text:
    rest("GET")("node") +
    middy(`.use(httpErrorHandler({ logger: false })).use(httpCors({ origin: "${APP}" }))`),
  right: middy(`.use(httpCors({ origin: "${APP}" })).use(httpErrorHandler({ logger: false }))`),
  call: get,
  reads: { status: 422, body: "Which order?" },
});

const custom = (mapped: string, declared: string): string =>
  stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
const integration = new apigateway.LambdaIntegration(orders, {
  proxy: false,
  integrationResponses: [{ statusCode: "200"${mapped} }],
});
api.root.addResource("orders").addMethod("GET", integration, {
  methodResponses: [{ statusCode: "200"${declared} }],
});`,
    "python",
  );

const header = `"method.response.header.Access-Control-Allow-Origin"`;

const unmapped = loop({
  rule: "integration-response-without-cors",
  what: "a function behind an integration that is no proxy, handler in Python",
  text: custom("", "") + pythonHandler(`    return {"orders": []}`),
  right: custom(
    `, responseParameters: { ${header}: "'https://app.acmecorp.com'" }`,
    `, responseParameters: { ${header}: true }`,
  ),
  call: get,
  reads: { status: 200, body: `{"orders":[]}` },
});

export const byHand: readonly Loop[] = [...inBody, ...notOk, ...strangers, misplaced, unmapped];
