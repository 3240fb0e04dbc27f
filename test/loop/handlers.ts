/** Broken handlers, each in Node and in Python, behind a REST API with a policy or behind a Function URL. */
import { ADMIN, STRANGER, type Loop } from "./loop";
import {
  bothRuntimes,
  get,
  loop,
  nodeHandler,
  pythonHandler,
  stackTs,
  type Runtime,
} from "./parts";

const restStack = (runtime: Runtime): string =>
  stackTs(
    `const api = new apigateway.RestApi(stack, "Api", {
  defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"], allowCredentials: true },
});
const responseHeaders = { "Access-Control-Allow-Origin": "'https://app.acmecorp.com'" };
api.addGatewayResponse("ClientErrors", { type: apigateway.ResponseType.DEFAULT_4XX, responseHeaders });
api.addGatewayResponse("ServerErrors", { type: apigateway.ResponseType.DEFAULT_5XX, responseHeaders });
api.root.addResource("orders").addMethod("GET", new apigateway.LambdaIntegration(orders));`,
    runtime,
  );

interface Texts {
  readonly node: string;
  readonly python: string;
}

/** The handler's two texts, behind the REST API. */
function restCases(
  given: Omit<Parameters<typeof loop>[0], "text">,
  texts: Texts,
  stack = restStack,
): readonly Loop[] {
  return bothRuntimes((runtime) =>
    loop({ call: get, ...given, text: stack(runtime) + texts[runtime] }),
  );
}

const cookies = { ...get, credentials: "include" } as const;

const nodeHeaders = `const headers = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };`;
const pythonHeaders = `HEADERS = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}`;

const absent: readonly Loop[] = [
  ...restCases(
    {
      rule: "success-response-without-allow-origin",
      what: "REST API, nothing to take the header from",
    },
    {
      node: nodeHandler(`  return { statusCode: 200, body: "orders" };`),
      python: pythonHandler(`    return {"statusCode": 200, "body": "orders"}`),
    },
  ),
  ...restCases(
    { rule: "success-response-without-allow-origin", what: "REST API" },
    {
      node: nodeHandler(
        `  if (event.queryStringParameters?.id === "") {
    return { statusCode: 400, headers, body: "Which order?" };
  }
  return { statusCode: 200, body: "orders" };`,
        nodeHeaders,
      ),
      python: pythonHandler(
        `    if (event["queryStringParameters"] or {}).get("id") == "":
        return {"statusCode": 400, "headers": HEADERS, "body": "Which order?"}
    return {"statusCode": 200, "body": "orders"}`,
        pythonHeaders,
      ),
    },
  ),
  ...restCases(
    {
      rule: "error-response-without-allow-origin",
      what: "REST API, an early return",
      reads: { status: 400, body: "Which order?" },
    },
    {
      node: nodeHandler(
        `  if (!event.queryStringParameters?.id) {
    return { statusCode: 400, body: "Which order?" };
  }
  return { statusCode: 200, headers, body: "orders" };`,
        nodeHeaders,
      ),
      python: pythonHandler(
        `    if "id" not in (event["queryStringParameters"] or {}):
        return {"statusCode": 400, "body": "Which order?"}
    return {"statusCode": 200, "headers": HEADERS, "body": "orders"}`,
        pythonHeaders,
      ),
    },
  ),
  ...restCases(
    {
      rule: "error-response-without-allow-origin",
      what: "REST API, after an exception",
      call: { ...get, path: "/orders?id=x" },
      reads: { status: 500, body: "Something broke" },
    },
    {
      node: nodeHandler(
        `  try {
    const id = JSON.parse(event.queryStringParameters.id);
    return { statusCode: 200, headers, body: "orders" + id };
  } catch {
    return { statusCode: 500, body: "Something broke" };
  }`,
        nodeHeaders,
      ),
      python: pythonHandler(
        `    try:
        number = json.loads(event["queryStringParameters"]["id"])
        return {"statusCode": 200, "headers": HEADERS, "body": "orders" + str(number)}
    except ValueError:
        return {"statusCode": 500, "body": "Something broke"}`,
        `import json\n\n${pythonHeaders}`,
      ),
    },
  ),
];

const wrong: readonly Loop[] = [
  ...restCases(
    { rule: "origin-never-matches", what: "REST API, a handler's header" },
    {
      node: nodeHandler(
        `  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://app.acmecorp.com/" }, body: "orders" };`,
      ),
      python: pythonHandler(
        `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com/"}, "body": "orders"}`,
      ),
    },
  ),
  ...restCases(
    { rule: "cors-header-misspelled", what: "REST API" },
    {
      node: nodeHandler(
        `  return { statusCode: 200, headers: { "Access-Control-Allow-Origins": "https://app.acmecorp.com" }, body: "orders" };`,
      ),
      python: pythonHandler(
        `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origins": "https://app.acmecorp.com"}, "body": "orders"}`,
      ),
    },
  ),
  ...restCases(
    { rule: "credentials-value-invalid", what: "REST API", call: cookies },
    {
      node: nodeHandler(`  return {
    statusCode: 200,
    headers: {
      "Access-Control-Allow-Origin": "https://app.acmecorp.com",
      "Access-Control-Allow-Credentials": "True",
    },
    body: "orders",
  };`),
      python: pythonHandler(`    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": "https://app.acmecorp.com",
            "Access-Control-Allow-Credentials": str(True),
        },
        "body": "orders",
    }`),
    },
  ),
  ...restCases(
    {
      rule: "response-wildcard-with-credentials",
      what: "REST API",
      call: cookies,
      otherwise: { "Do without credentials": get },
    },
    {
      node: nodeHandler(`  return {
    statusCode: 200,
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Credentials": "true",
    },
    body: "orders",
  };`),
      python: pythonHandler(`    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Credentials": "true",
        },
        "body": "orders",
    }`),
    },
  ),
  ...restCases(
    { rule: "allow-origin-multiple-values", what: "REST API, a list" },
    {
      node: nodeHandler(
        `  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://qa.acmecorp.com, https://app.acmecorp.com" }, body: "orders" };`,
      ),
      python: pythonHandler(
        `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://qa.acmecorp.com, https://app.acmecorp.com"}, "body": "orders"}`,
      ),
    },
  ),
  ...restCases(
    { rule: "allow-origin-multiple-values", what: "REST API, two spellings" },
    {
      node: nodeHandler(`  return {
    statusCode: 200,
    headers: {
      "Access-Control-Allow-Origin": "https://app.acmecorp.com",
      "access-control-allow-origin": "https://app.acmecorp.com",
    },
    body: "orders",
  };`),
      python: pythonHandler(`    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": "https://app.acmecorp.com",
            "access-control-allow-origin": "https://app.acmecorp.com",
        },
        "body": "orders",
    }`),
    },
  ),
  ...restCases(
    { rule: "vary-origin-missing", what: "REST API, another page has called", before: ADMIN },
    {
      node: nodeHandler(
        `  const origin = event.headers.Origin ?? event.headers.origin;
  return {
    statusCode: 200,
    headers: {
      "Cache-Control": "max-age=600",
      "Access-Control-Allow-Origin": allowed.includes(origin) ? origin : "https://app.acmecorp.com",
    },
    body: "orders",
  };`,
        `const allowed = ["https://app.acmecorp.com", "https://admin.acmecorp.com"];`,
      ),
      python: pythonHandler(
        `    origin = event["headers"].get("Origin") or event["headers"].get("origin")
    return {
        "statusCode": 200,
        "headers": {
            "Cache-Control": "max-age=600",
            "Access-Control-Allow-Origin": origin if origin in ALLOWED else "https://app.acmecorp.com",
        },
        "body": "orders",
    }`,
        `ALLOWED = ["https://app.acmecorp.com", "https://admin.acmecorp.com"]`,
      ),
    },
  ),
];

const urlStack = (runtime: Runtime): string =>
  stackTs(
    `orders.addFunctionUrl({
  authType: lambda.FunctionUrlAuthType.NONE,
  cors: { allowedOrigins: ["https://app.acmecorp.com"], allowedHeaders: ["content-type"] },
});`,
    runtime,
  );

const twice = restCases(
  { rule: "cors-headers-sent-twice", what: "Function URL" },
  {
    node: nodeHandler(`  return {
    statusCode: 200,
    headers: {
      "Content-Type": "text/plain",
      "Access-Control-Allow-Origin": "https://app.acmecorp.com",
    },
    body: "orders",
  };`),
    python: pythonHandler(`    return {
        "statusCode": 200,
        "headers": {
            "Content-Type": "text/plain",
            "Access-Control-Allow-Origin": "https://app.acmecorp.com",
        },
        "body": "orders",
    }`),
  },
  urlStack,
);

const strangers = restCases(
  {
    rule: "null-origin-allowed",
    what: "REST API, a handler's list",
    kind: "admitted",
    stranger: { origin: STRANGER, sandboxed: true },
  },
  {
    node: nodeHandler(
      `  const origin = event.headers.Origin ?? event.headers.origin;
  return {
    statusCode: 200,
    headers: {
      "Access-Control-Allow-Origin": allowed.includes(origin) ? origin : "https://app.acmecorp.com",
      Vary: "Origin",
    },
    body: "orders",
  };`,
      `const allowed = ["https://app.acmecorp.com", "null"];`,
    ),
    python: pythonHandler(
      `    origin = event["headers"].get("Origin") or event["headers"].get("origin")
    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": origin if origin in ALLOWED else "https://app.acmecorp.com",
            "Vary": "Origin",
        },
        "body": "orders",
    }`,
      `ALLOWED = ["https://app.acmecorp.com", "null"]`,
    ),
  },
);

export const handlers: readonly Loop[] = [...absent, ...wrong, ...twice, ...strangers];
