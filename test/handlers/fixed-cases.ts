/** Broken handlers in both languages, and what they answer after the fix. */
import type { Fix } from "../../shared/src/finding";

export interface Fixed {
  readonly rule: string;
  readonly what: string;
  readonly safety: Fix["safety"];
  readonly node: string;
  readonly python: string;
  /** Events and the answers to them, the CORS headers without their common beginning. */
  readonly answers: readonly { readonly event: object; readonly answer: string }[];
}

const APP = "https://app.acmecorp.com";
const QA = "https://qa.acmecorp.com";
const EVIL = "https://app.acmecorp.com.evil.test";

/** An event of a REST API, as far as these handlers look. */
const event = (origin?: string, given: object = {}): object => ({
  httpMethod: "GET",
  headers: origin === undefined ? {} : { origin, Origin: origin },
  queryStringParameters: null,
  body: null,
  ...given,
});

const node = (body: string, before = ""): string =>
  `${before}\nexports.handler = async (event) => {\n${body}\n};\n`;
const python = (body: string, before = ""): string =>
  `${before}\n\n\ndef handler(event, context):\n${body}\n`;

/** Answers to three origins and to none. */
const byOrigin = (app: string, qa: string, evil: string, none: string): Fixed["answers"] => [
  { event: event(APP), answer: app },
  { event: event(QA), answer: qa },
  { event: event(EVIL), answer: evil },
  { event: event(), answer: none },
];

const to = (origin: string): string => `200 allow-origin ${origin}, vary Origin`;
const checked = byOrigin(to(APP), to(QA), to(APP), to(APP));

const echoNode = (value: string, before = ""): string =>
  node(
    `  const origin = event.headers.origin ?? "";
  return {
    statusCode: 200,
    headers: { "Access-Control-Allow-Origin": ${value}, Vary: "Origin" },
    body: "orders",
  };`,
    before,
  );
const echoPython = (value: string, before = ""): string =>
  python(
    `    origin = event["headers"].get("origin", "")
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": ${value}, "Vary": "Origin"},
        "body": "orders",
    }`,
    before,
  );

const reflected: readonly Fixed[] = [
  {
    rule: "reflected-origin-unchecked",
    what: "in the headers' literal",
    safety: "review",
    node: echoNode("origin"),
    python: echoPython("origin"),
    answers: checked,
  },
  {
    rule: "reflected-origin-unchecked",
    what: "by an assignment",
    safety: "review",
    node: node(`  const headers = { Vary: "Origin" };
  headers["Access-Control-Allow-Origin"] = event.headers.origin || event.headers.Origin;
  return { statusCode: 200, headers, body: "orders" };`),
    python: python(`    headers = {"Vary": "Origin"}
    headers["Access-Control-Allow-Origin"] = event["headers"].get("origin") or event["headers"].get("Origin")
    return {"statusCode": 200, "headers": headers, "body": "orders"}`),
    answers: checked,
  },
  {
    rule: "reflected-origin-unchecked",
    what: "in a helper",
    safety: "review",
    node: node(
      `  return { statusCode: 200, headers: cors(event.headers.origin), body: "orders" };`,
      `function cors(origin) {\n  return { 'Access-Control-Allow-Origin': origin, 'Vary': 'Origin' }\n}\n`,
    ),
    python: python(
      `    return {"statusCode": 200, "headers": cors(event["headers"].get("origin")), "body": "orders"}`,
      `def cors(origin):\n    return dict(**{'Access-Control-Allow-Origin': origin}, Vary='Origin')`,
    ),
    answers: checked,
  },
];

const bypassed = (
  what: string,
  test: { readonly node: string; readonly python: string },
  answers: Fixed["answers"],
  before: { readonly node: string; readonly python: string } = { node: "", python: "" },
): Fixed => ({
  rule: "origin-check-bypassable",
  what,
  safety: "review",
  node: echoNode(`${test.node} ? origin : "${APP}"`, before.node),
  python: echoPython(`origin if ${test.python} else "${APP}"`, before.python),
  answers,
});

const onlyApp = byOrigin(to(APP), to(APP), to(APP), to(APP));

const loose: readonly Fixed[] = [
  bypassed(
    "the end decides, and names no origin",
    { node: `origin.endsWith("acmecorp.com")`, python: `origin.endswith("acmecorp.com")` },
    checked,
  ),
  bypassed(
    "the beginning decides, and names one",
    { node: `origin.startsWith("${APP}")`, python: `origin.startswith("${APP}")` },
    onlyApp,
  ),
  bypassed(
    "a part decides",
    { node: `origin?.includes("acmecorp.com")`, python: `"acmecorp.com" in origin` },
    checked,
  ),
  bypassed(
    "a pattern without its end",
    {
      node: String.raw`/^https:\/\/(app|qa)\.acmecorp\.com/.test(origin)`,
      python: String.raw`re.match(r"https://(app|qa)\.acmecorp\.com", origin)`,
    },
    checked,
    { node: "", python: "import re" },
  ),
  bypassed(
    "a dot that matches everything",
    {
      node: String.raw`/^https:\/\/app.acmecorp.com$/.test(origin)`,
      python: `re.fullmatch("https://app.acmecorp.com", origin)`,
    },
    onlyApp,
    { node: "", python: "import re" },
  ),
  bypassed(
    "the beginnings on a list",
    {
      node: "allowed.some((one) => origin.startsWith(one))",
      python: "any(origin.startswith(one) for one in ALLOWED)",
    },
    checked,
    {
      node: `const allowed = ["${APP}", "${QA}"];`,
      python: `ALLOWED = ["${APP}", "${QA}"]`,
    },
  ),
  bypassed(
    "pages of the own machine, whatever comes behind its name",
    {
      node: `origin.startsWith("http://localhost")`,
      python: `origin.startswith("http://localhost")`,
    },
    [
      { event: event("http://localhost:3000"), answer: to("http://localhost:3000") },
      { event: event("http://localhost.evil.test"), answer: to(APP) },
    ],
  ),
];

const inBody: readonly Fixed[] = [
  {
    rule: "cors-headers-in-body",
    what: "the whole of headers",
    safety: "safe",
    node: node(`  const orders = [1];
  return {
    statusCode: 200,
    body: JSON.stringify({
      orders,
      headers: {
        "Content-Type": "application/json",
        "Access-Control-Allow-Origin": "${APP}",
      },
    }),
  };`),
    python: python(
      `    orders = [1]
    return {
        "statusCode": 200,
        "body": json.dumps({
            "orders": orders,
            "headers": {
                "Content-Type": "application/json",
                "Access-Control-Allow-Origin": "${APP}",
            },
        }),
    }`,
      "import json",
    ),
    answers: [{ event: event(APP), answer: `200 allow-origin ${APP}` }],
  },
  {
    rule: "cors-headers-in-body",
    what: "beside the data, and the response has headers",
    safety: "safe",
    node: node(`  const body = { orders: [], "Access-Control-Allow-Origin": "${APP}" };
  return { statusCode: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };`),
    python: python(
      `    body = {"orders": [], "Access-Control-Allow-Origin": "${APP}"}
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(body)}`,
      "import json",
    ),
    answers: [{ event: event(APP), answer: `200 allow-origin ${APP}` }],
  },
  {
    rule: "cors-headers-in-body",
    what: "a constant, and one body for two responses",
    safety: "safe",
    node: node(
      `  const body = JSON.stringify({ headers: cors });
  if (!event.queryStringParameters) return { statusCode: 400, body };
  return { statusCode: 200, body };`,
      `const cors = { "Access-Control-Allow-Origin": "${APP}" };`,
    ),
    python: python(
      `    body = json.dumps({"headers": CORS})
    if not event["queryStringParameters"]:
        return {"statusCode": 400, "body": body}
    return {"statusCode": 200, "body": body}`,
      `import json\n\nCORS = {"Access-Control-Allow-Origin": "${APP}"}`,
    ),
    answers: [
      { event: event(APP), answer: `400 allow-origin ${APP}` },
      {
        event: event(APP, { queryStringParameters: { id: "1" } }),
        answer: `200 allow-origin ${APP}`,
      },
    ],
  },
];

const options = event(APP, { httpMethod: "OPTIONS" });

const preflight: readonly Fixed[] = [
  {
    rule: "preflight-answer-not-ok",
    what: "a status that refuses",
    safety: "review",
    node: node(
      `  if (event.httpMethod === "OPTIONS") return { statusCode: 405, headers };
  return { statusCode: 200, headers, body: "orders" };`,
      `const headers = { "Access-Control-Allow-Origin": "${APP}" };`,
    ),
    python: python(
      `    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 405, "headers": HEADERS}
    return {"statusCode": 200, "headers": HEADERS, "body": "orders"}`,
      `HEADERS = {"Access-Control-Allow-Origin": "${APP}"}`,
    ),
    answers: [
      { event: options, answer: `204 allow-origin ${APP}` },
      { event: event(APP), answer: `200 allow-origin ${APP}` },
    ],
  },
  {
    rule: "preflight-answer-not-ok",
    what: "a status that refuses, with a body and through a helper",
    safety: "review",
    node: node(
      `  if (event.httpMethod === "OPTIONS") return answer(400, "unknown method");
  return answer(200, "orders");`,
      `const answer = (statusCode, body) => ({ statusCode, headers: { "Access-Control-Allow-Origin": "${APP}" }, body });`,
    ),
    python: python(
      `    if event["httpMethod"] == "OPTIONS":
        return answer(400, "unknown method")
    return answer(200, "orders")`,
      `def answer(status, body):\n    return {"statusCode": status, "headers": {"Access-Control-Allow-Origin": "${APP}"}, "body": body}`,
    ),
    answers: [
      { event: options, answer: `200 allow-origin ${APP}` },
      { event: event(APP), answer: `200 allow-origin ${APP}` },
    ],
  },
  {
    rule: "preflight-answer-not-ok",
    what: "no headers, where a constant has them",
    safety: "review",
    node: node(
      `  if (event.httpMethod === "OPTIONS") return { statusCode: 204 };
  return { statusCode: 200, headers, body: "orders" };`,
      `const headers = { "Access-Control-Allow-Origin": "${APP}" };`,
    ),
    python: python(
      `    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204}
    return {"statusCode": 200, "headers": HEADERS, "body": "orders"}`,
      `HEADERS = {"Access-Control-Allow-Origin": "${APP}"}`,
    ),
    answers: [
      {
        event: options,
        answer: `204 allow-headers content-type, allow-methods GET, POST, PUT, PATCH, DELETE, allow-origin ${APP}`,
      },
      { event: event(APP), answer: `200 allow-origin ${APP}` },
    ],
  },
];

const failing = event(APP, { queryStringParameters: { id: "x" } });
const found = event(APP, { queryStringParameters: { id: "1" } });

const missing: readonly Fixed[] = [
  {
    rule: "error-response-without-allow-origin",
    what: "early, after an exception, and from a constant",
    safety: "safe",
    node: node(
      `  if (!event.queryStringParameters) {
    return { statusCode: 400, body: "Which order?" };
  }
  try {
    return { statusCode: 200, headers, body: "order " + JSON.parse(event.queryStringParameters.id) };
  } catch (error) {
    return { statusCode: 500, headers: { "Content-Type": "text/plain" }, body: String(error) };
  }`,
      `const headers = { "Access-Control-Allow-Origin": "${APP}" };`,
    ),
    python: python(
      `    if not event["queryStringParameters"]:
        return {"statusCode": 400, "body": "Which order?"}
    try:
        return {"statusCode": 200, "headers": HEADERS, "body": f"order {json.loads(event['queryStringParameters']['id'])}"}
    except Exception as error:
        return {"statusCode": 500, "headers": {"Content-Type": "text/plain"}, "body": str(error)}`,
      `import json\n\nHEADERS = {"Access-Control-Allow-Origin": "${APP}"}`,
    ),
    answers: [
      { event: event(APP), answer: `400 allow-origin ${APP}` },
      { event: failing, answer: `500 allow-origin ${APP}` },
      { event: found, answer: `200 allow-origin ${APP}` },
    ],
  },
  {
    rule: "vary-origin-missing",
    what: "in a literal",
    safety: "safe",
    node: node(`  const origin = event.headers.origin;
  const allowed = ["${APP}", "${QA}"].includes(origin) ? origin : "${APP}";
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": allowed }, body: "orders" };`),
    python: python(`    origin = event["headers"].get("origin")
    allowed = origin if origin in ("${APP}", "${QA}") else "${APP}"
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": allowed}, "body": "orders"}`),
    answers: checked,
  },
  {
    rule: "allow-origin-multiple-values",
    what: "a list",
    safety: "review",
    node: node(
      `  return { statusCode: 200, headers: { "Content-Type": "text/plain", "Access-Control-Allow-Origin": "${APP}, ${QA}" }, body: "orders" };`,
    ),
    python: python(
      `    return {"statusCode": 200, "headers": {"Content-Type": "text/plain", "Access-Control-Allow-Origin": "${APP}, ${QA}"}, "body": "orders"}`,
    ),
    answers: byOrigin(to(APP), to(QA), "200 vary Origin", "200 vary Origin"),
  },
  {
    rule: "credentials-value-invalid",
    what: "a text that is not true",
    safety: "safe",
    node: node(
      `  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "${APP}", "Access-Control-Allow-Credentials": "True" } };`,
    ),
    python: python(
      `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "${APP}", "Access-Control-Allow-Credentials": "True"}}`,
    ),
    answers: [{ event: event(APP), answer: `200 allow-credentials true, allow-origin ${APP}` }],
  },
  {
    rule: "cors-header-misspelled",
    what: "one letter too many",
    safety: "safe",
    node: node(
      `  return { statusCode: 200, headers: { "Access-Control-Allow-Origins": "${APP}" } };`,
    ),
    python: python(
      `    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origins": "${APP}"}}`,
    ),
    answers: [{ event: event(APP), answer: `200 allow-origin ${APP}` }],
  },
];

export const fixedHandlers: readonly Fixed[] = [
  ...reflected,
  ...loose,
  ...inBody,
  ...preflight,
  ...missing,
];
