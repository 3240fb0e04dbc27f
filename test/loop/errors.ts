/** Exceptions that leave a handler behind a Function URL, each in Node and in Python. */
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

const said: Readonly<Record<Runtime, string>> = {
  node: `{"message":"Internal Server Error"}`,
  python: `{"message": "Internal Server Error"}`,
};

/** The handler's two texts. After the fix the page reads that something went wrong. */
function cases(
  given: Pick<Loop, "what"> & Partial<Pick<Loop, "call">>,
  texts: Readonly<Record<Runtime, string>>,
): readonly Loop[] {
  return bothRuntimes((runtime) =>
    loop({
      rule: "unhandled-error-without-allow-origin",
      call: get,
      ...given,
      reads: { status: 500, body: said[runtime] },
      text:
        stackTs(`orders.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`, runtime) +
        texts[runtime],
    }),
  );
}

const nodeHeaders = `const headers = {
  "Access-Control-Allow-Origin": "${APP}",
  "Access-Control-Allow-Headers": "content-type",
};`;
const pythonHeaders = `import json

HEADERS = {
    "Access-Control-Allow-Origin": "${APP}",
    "Access-Control-Allow-Headers": "content-type",
}`;

export const errors: readonly Loop[] = [
  ...cases(
    { what: "headers of the module", call: { ...post, body: "no JSON" } },
    {
      node: nodeHandler(
        `  if (event.requestContext.http.method === "OPTIONS") {
    return { statusCode: 204, headers };
  }
  const order = JSON.parse(event.body);
  return { statusCode: 200, headers, body: "order " + order.id };`,
        nodeHeaders,
      ),
      python: pythonHandler(
        `    if event["requestContext"]["http"]["method"] == "OPTIONS":
        return {"statusCode": 204, "headers": HEADERS}
    order = json.loads(event["body"])
    return {"statusCode": 200, "headers": HEADERS, "body": "order " + order["id"]}`,
        pythonHeaders,
      ),
    },
  ),
  ...cases(
    { what: "an origin of a list" },
    {
      node: nodeHandler(
        `  const origin = event.headers.origin;
  const headers = {
    "Access-Control-Allow-Origin": allowed.includes(origin) ? origin : allowed[0],
    Vary: "Origin",
  };
  return { statusCode: 200, headers, body: JSON.parse(event.rawQueryString).id };`,
        `const allowed = ["https://qa.acmecorp.com", "${APP}"];`,
      ),
      python: pythonHandler(
        `    origin = event["headers"].get("origin")
    headers = {
        "Access-Control-Allow-Origin": origin if origin in ALLOWED else ALLOWED[0],
        "Vary": "Origin",
    }
    return {"statusCode": 200, "headers": headers, "body": json.loads(event["rawQueryString"])["id"]}`,
        `import json\n\nALLOWED = ["https://qa.acmecorp.com", "${APP}"]`,
      ),
    },
  ),
  ...cases(
    { what: "another function's exception, and one helper for all answers" },
    {
      node: nodeHandler(
        `  if (event.rawPath !== "/orders") return respond(404, { message: "Which one?" });
  return list(event);`,
        `const respond = (statusCode, body) => ({
  statusCode,
  headers: { "Access-Control-Allow-Origin": "${APP}" },
  body: JSON.stringify(body),
});

async function list(event) {
  return respond(200, JSON.parse(event.rawQueryString));
}
`,
      ),
      python: pythonHandler(
        `    if event["rawPath"] != "/orders":
        return respond(404, {"message": "Which one?"})
    return list_orders(event)`,
        `import json


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Access-Control-Allow-Origin": "${APP}"},
        "body": json.dumps(body),
    }


def list_orders(event):
    return respond(200, json.loads(event["rawQueryString"]))`,
      ),
    },
  ),
];
