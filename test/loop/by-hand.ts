/** Faults that only a person can mend: the browser sees them, and sees that they are gone. */
import type { Loop } from "./loop";
import {
  bothRuntimes,
  functionUrl,
  get,
  loop,
  nodeHandler,
  post,
  pythonHandler,
  stackTs,
  type Runtime,
} from "./parts";

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

const unhandled = cases(
  {
    rule: "unhandled-error-without-allow-origin",
    what: "Function URL",
    call: { ...post, body: "no JSON" },
    reads: { status: 400, body: "Not an order" },
  },
  functionUrl,
  {
    node: {
      wrong: nodeHandler(
        `  if (event.requestContext.http.method === "OPTIONS") {
    return { statusCode: 204, headers };
  }
  const order = JSON.parse(event.body);
  return { statusCode: 200, headers, body: "order " + order.id };`,
        nodeHeaders,
      ),
      right: nodeHandler(
        `  try {
    if (event.requestContext.http.method === "OPTIONS") {
      return { statusCode: 204, headers };
    }
    const order = JSON.parse(event.body);
    return { statusCode: 200, headers, body: "order " + order.id };
  } catch {
    return { statusCode: 400, headers, body: "Not an order" };
  }`,
        nodeHeaders,
      ),
    },
    python: {
      wrong: pythonHandler(
        `    if event["requestContext"]["http"]["method"] == "OPTIONS":
        return {"statusCode": 204, "headers": HEADERS}
    order = json.loads(event["body"])
    return {"statusCode": 200, "headers": HEADERS, "body": "order " + order["id"]}`,
        `import json\n\n${pythonHeaders}`,
      ),
      right: pythonHandler(
        `    try:
        if event["requestContext"]["http"]["method"] == "OPTIONS":
            return {"statusCode": 204, "headers": HEADERS}
        order = json.loads(event["body"])
        return {"statusCode": 200, "headers": HEADERS, "body": "order " + order["id"]}
    except Exception:
        return {"statusCode": 400, "headers": HEADERS, "body": "Not an order"}`,
        `import json\n\n${pythonHeaders}`,
      ),
    },
  },
);

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

export const byHand: readonly Loop[] = [...unhandled, unmapped];
