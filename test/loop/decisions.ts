/** Handlers that decide wrongly: who may read, what a preflight is answered with, where the headers go. */
import { APP, type Loop } from "./loop";
import {
  bothRuntimes,
  functionUrl,
  get,
  loop,
  nodeHandler,
  post,
  pythonHandler,
  restApi,
  type Runtime,
} from "./parts";

function cases(
  given: Omit<Parameters<typeof loop>[0], "text">,
  stack: (runtime: Runtime) => string,
  texts: Readonly<Record<Runtime, string>>,
): readonly Loop[] {
  return bothRuntimes((runtime) =>
    loop({ call: get, ...given, text: stack(runtime) + texts[runtime] }),
  );
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
  restApi,
  {
    node: nodeHandler(
      `  return { statusCode: 200, body: JSON.stringify({ orders: [], headers: { "Access-Control-Allow-Origin": "${APP}" } }) };`,
    ),
    python: pythonHandler(
      `    return {
        "statusCode": 200,
        "body": json.dumps(
            {"orders": [], "headers": {"Access-Control-Allow-Origin": "${APP}"}},
            separators=(",", ":"),
        ),
    }`,
      "import json",
    ),
  },
);

const lost = cases(
  { rule: "cors-headers-in-body", what: "Function URL, an answer without a status" },
  functionUrl,
  {
    node: nodeHandler(
      `  return { headers: { "Access-Control-Allow-Origin": "${APP}" }, body: "orders" };`,
    ),
    python: pythonHandler(
      `    return {"headers": {"Access-Control-Allow-Origin": "${APP}"}, "body": "orders"}`,
    ),
  },
);

const notOk = cases(
  { rule: "preflight-answer-not-ok", what: "Function URL", call: post },
  functionUrl,
  {
    node: nodeHandler(
      `  if (event.requestContext.http.method === "OPTIONS") {
    return { statusCode: 405, headers, body: "" };
  }
  return { statusCode: 200, headers, body: "orders" };`,
      nodeHeaders,
    ),
    python: pythonHandler(
      `    if event["requestContext"]["http"]["method"] == "OPTIONS":
        return {"statusCode": 405, "headers": HEADERS, "body": ""}
    return {"statusCode": 200, "headers": HEADERS, "body": "orders"}`,
      pythonHeaders,
    ),
  },
);

const bare = cases(
  {
    rule: "preflight-answer-not-ok",
    what: "Function URL, an answer without headers",
    call: post,
    says: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  },
  functionUrl,
  {
    node: nodeHandler(
      `  if (event.requestContext.http.method === "OPTIONS") {
    return { statusCode: 200, body: "" };
  }
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "${APP}" }, body: "orders" };`,
    ),
    python: pythonHandler(
      `    if event["requestContext"]["http"]["method"] == "OPTIONS":
        return {"statusCode": 200, "body": ""}
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "${APP}"}, "body": "orders"}`,
    ),
  },
);

const nodeEcho = (value: string): string =>
  nodeHandler(
    `  const origin = event.headers.Origin ?? event.headers.origin ?? "";
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": ${value}, Vary: "Origin" },
    body: "orders",
  };`,
  );
const pythonEcho = (value: string): string =>
  pythonHandler(
    `    origin = event["headers"].get("Origin") or event["headers"].get("origin") or ""
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": ${value}, "Vary": "Origin"},
        "body": "orders",
    }`,
  );

const strangers: readonly Loop[] = [
  ...cases(
    {
      rule: "origin-check-bypassable",
      what: "the beginning decides",
      kind: "admitted",
      stranger: { origin: `${APP}.evil.test`, sandboxed: false },
    },
    restApi,
    {
      node: nodeEcho(`origin.startsWith("${APP}") ? origin : "${APP}"`),
      python: pythonEcho(`origin if origin.startswith("${APP}") else "${APP}"`),
    },
  ),
  ...cases(
    {
      rule: "origin-check-bypassable",
      what: "the end decides",
      kind: "admitted",
      stranger: { origin: "https://evilacmecorp.com", sandboxed: false },
    },
    restApi,
    {
      node: nodeEcho(`origin.endsWith("acmecorp.com") ? origin : "${APP}"`),
      python: pythonEcho(`origin if origin.endswith("acmecorp.com") else "${APP}"`),
    },
  ),
  ...cases(
    {
      rule: "reflected-origin-unchecked",
      what: "REST API",
      kind: "admitted",
      stranger: { origin: "https://evil.test", sandboxed: false },
    },
    restApi,
    { node: nodeEcho("origin"), python: pythonEcho("origin") },
  ),
];

export const decisions: readonly Loop[] = [...inBody, ...lost, ...notOk, ...bare, ...strangers];
