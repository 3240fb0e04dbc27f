/** The fix of unhandled-error-without-allow-origin: what it writes, that all rules are silent then, and where there is none. */
import assert from "node:assert/strict";
import { spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import { findingsIn, fixedFiles } from "./check";
import { parseLiteral } from "./literal";
import { stackTs } from "./samples";

const rule = "unhandled-error-without-allow-origin";

const url = (construct: string): string =>
  stackTs(`
  const fn = ${construct};
  fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });`);
const node = url(`new NodejsFunction(stack, "Fn", { entry: "lambda/orders.ts" })`);
const python = url(`new lambda.Function(stack, "Fn", {
    runtime: lambda.Runtime.PYTHON_3_13,
    handler: "orders.handler",
    code: lambda.Code.fromAsset("lambda"),
  })`);

/** The files of an application whose handler has this text; more files may follow in it. */
function appOf(text: string): ReadonlyMap<string, string> {
  const isPython = /^(@|def |import |from |\w+ = |class )/m.test(text) && !/[=;]>|;$/m.test(text);
  return parseLiteral(
    isPython ? `${python}#- /lambda/orders.py\n${text}` : `${node}//- /lambda/orders.ts\n${text}`,
  ).files;
}

const fileOf = (files: ReadonlyMap<string, string>): string =>
  [...files.keys()].find((file) => file.startsWith("/lambda/orders")) ?? "";

/** The handler after the fix. Nothing may be reported that was not before. */
async function fixed(text: string): Promise<string | undefined> {
  const files = appOf(text);
  const before = await findingsIn(files, undefined);
  const own = before.filter((finding) => finding.rule === rule);
  assert.equal(own.length, 1, "it is reported");
  const after = await fixedFiles(files, [rule], { safety: "review" });
  const left = await findingsIn(after, undefined);
  assert.deepEqual(
    left.map((finding) => finding.rule).sort(),
    before
      .filter((finding) => finding.rule !== rule)
      .map((finding) => finding.rule)
      .sort(),
  );
  return after.get(fileOf(files));
}

async function assertFixed(before: string, after: string): Promise<void> {
  assert.equal(await fixed(before), after);
}

/** It is reported, and nothing is offered. */
async function assertLeft(text: string): Promise<void> {
  const files = appOf(text);
  const own = await findingsIn(files, [rule]);
  assert.equal(own.length, 1, "it is reported");
  const fixes = own.flatMap((finding) => finding.fixes);
  const edits = await Promise.all(
    fixes.map((fix) => spell(fix, frontends, (file) => files.get(file))),
  );
  assert.deepEqual(
    edits.filter((each) => each !== undefined),
    [],
  );
}

const cors = `const cors = { "Access-Control-Allow-Origin": "https://app.acmecorp.com" };\n`;
const CORS = `CORS = {"Access-Control-Allow-Origin": "https://app.acmecorp.com"}\n`;

describe(`the fix of ${rule}`, () => {
  it("awaits what comes from other async functions, and nothing else", async () => {
    await assertFixed(
      `import { load, show } from "./orders-lib";
${cors}
async function list() {
  return { statusCode: 200, headers: cors, body: await load() };
}
function found(body: string) {
  return { statusCode: 200, headers: cors, body };
}
const failed = (status: number) => ({ statusCode: status, headers: cors });

export const handler = async (event: any) => {
  const { method } = event.requestContext.http;
  if (method === "OPTIONS") return failed(204);
  if (method === "PUT") return event.body ? list() : failed(400);
  if (method === "GET") return list();
  if (method === "POST") return Promise.resolve(found(await load()));
  const answer = found(await load());
  if (method === "HEAD") return answer;
  const later = list();
  return later;
};
`,
      `import { load, show } from "./orders-lib";
${cors}
async function list() {
  return { statusCode: 200, headers: cors, body: await load() };
}
function found(body: string) {
  return { statusCode: 200, headers: cors, body };
}
const failed = (status: number) => ({ statusCode: status, headers: cors });

export const handler = async (event: any) => {
  try {
    const { method } = event.requestContext.http;
    if (method === "OPTIONS") return failed(204);
    if (method === "PUT") return await (event.body ? list() : failed(400));
    if (method === "GET") return await list();
    if (method === "POST") return await Promise.resolve(found(await load()));
    const answer = found(await load());
    if (method === "HEAD") return answer;
    const later = list();
    return await later;
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: cors,
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
};
`,
    );
  });

  it("answers by the helper that answers other failures", async () => {
    await assertFixed(
      `import json

import boto3

table = boto3.resource("dynamodb").Table("orders")


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"},
        "body": json.dumps(body),
    }


def handler(event, context):
    item = table.get_item(Key={"id": event["rawPath"]})
    if "Item" not in item:
        return respond(404, {"error": f"No {event['rawPath']}"})
    return respond(200, item["Item"])
`,
      `import json
import logging

import boto3

table = boto3.resource("dynamodb").Table("orders")


def respond(status, body):
    return {
        "statusCode": status,
        "headers": {"Access-Control-Allow-Origin": "https://app.acmecorp.com"},
        "body": json.dumps(body),
    }


def handler(event, context):
    try:
        item = table.get_item(Key={"id": event["rawPath"]})
        if "Item" not in item:
            return respond(404, {"error": f"No {event['rawPath']}"})
        return respond(200, item["Item"])
    except Exception:
        logging.exception("Unhandled error")
        return respond(500, {"error": "Internal Server Error"})
`,
    );
  });

  it("writes headers out that the body makes", async () => {
    await assertFixed(
      `export const handler = async (event: any) => {
  const headers = {
    "Access-Control-Allow-Origin": process.env.ORIGIN ?? "https://app.acmecorp.com",
    "Content-Type": "application/json",
  };
  return { statusCode: 200, headers, body: JSON.stringify(JSON.parse(event.body)) };
};
`,
      `export const handler = async (event: any) => {
  try {
    const headers = {
      "Access-Control-Allow-Origin": process.env.ORIGIN ?? "https://app.acmecorp.com",
      "Content-Type": "application/json",
    };
    return { statusCode: 200, headers, body: JSON.stringify(JSON.parse(event.body)) };
  } catch (error) {
    console.error(error);
    return {
      statusCode: 500,
      headers: { "Access-Control-Allow-Origin": process.env.ORIGIN ?? "https://app.acmecorp.com" },
      body: JSON.stringify({ message: "Internal Server Error" }),
    };
  }
};
`,
    );
  });

  it("does not repeat credentials that browsers refuse", async () => {
    const text = await fixed(`import json


def handler(event, context):
    order = json.loads(event["body"])
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"},
        "body": order["id"],
    }
`);
    assert.match(text ?? "", /"headers": \{"Access-Control-Allow-Origin": "\*"\},\n {12}"body"/);
  });

  it("asks the handler's own list of origins", async () => {
    const text =
      await fixed(`const allowed = ["https://app.acmecorp.com", "https://admin.acmecorp.com"];
export const handler = async (event: any) => {
  const origin = event.headers.origin ?? "";
  const headers = {
    "Access-Control-Allow-Origin": allowed.includes(origin) ? origin : allowed[0],
    Vary: "Origin",
  };
  return { statusCode: 200, headers, body: JSON.parse(event.body).id };
};
`);
    const list = `const allowedOrigins = ["https://app.acmecorp.com", "https://admin.acmecorp.com"];`;
    assert.ok(text?.startsWith(list), text);
    assert.match(text ?? "", /headers: corsHeaders\(event\),/);
  });

  for (const [what, text] of [
    [
      "Powertools around it",
      `from aws_lambda_powertools import Logger, Metrics, Tracer

log = Logger()
tracer = Tracer()
${CORS}

@tracer.capture_lambda_handler
@log.inject_lambda_context(log_event=True)
@Metrics().log_metrics
def handler(event, context):
    return {"statusCode": 200, "headers": CORS, "body": event["body"].find(open("x"))}
`,
    ],
    [
      "an exported function",
      `${cors}
export async function handler(event: any) {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
}
`,
    ],
    [
      "a function that is exported in the end",
      `${cors}
const handle = async function (event: any) {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
};
export { handle as handler };
`,
    ],
    [
      "CommonJS",
      `${cors}
module.exports.handler = async (event) => ({ statusCode: 200, headers: cors, body: JSON.parse(event.body).id });
`,
    ],
    [
      "an exception that is thrown again",
      `${cors}
export const handler = async (event: any) => {
  try {
    return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
  } catch (error) {
    if (event.body) throw error;
    return { statusCode: 400, headers: cors, body: "" };
  }
};
`,
    ],
    [
      "a promise that a \`try\` hands on",
      `${cors}
async function find(event: any) {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
}
export const handler = async (event: any) => {
  try {
    return find(event);
  } catch {
    return { statusCode: 400, headers: cors, body: "" };
  }
};
`,
    ],
  ] as const)
    it(`is there with ${what}`, async () => {
      const after = await fixed(text);
      assert.match(after ?? "", /catch \(error\) \{\n|except Exception:\n/);
    });

  for (const [what, text] of [
    [
      "a function that is not async",
      `${cors}
export const handler = (event: any) => Promise.resolve({ statusCode: 200, headers: cors, body: JSON.parse(event.body).id });
`,
    ],
    [
      "a callback",
      `${cors}
export const handler = (event: any, context: any, callback: any) => {
  callback(null, { statusCode: 200, headers: cors, body: JSON.parse(event.body).id });
};
`,
    ],
    [
      "a callback in an async function",
      `${cors}
export const handler = async (event: any, context: any, callback: any) => {
  callback(null, { statusCode: 200, headers: cors, body: JSON.parse(event.body).id });
};
`,
    ],
    [
      "a method",
      `${cors}
class Orders {
  async handle(event: any) {
    return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
  }
}
const orders = new Orders();
export const handler = orders.handle;
`,
    ],
    [
      "a wrapper",
      `${cors}
const logged = (inner: any) => async (event: any) => {
  console.log(event);
  return await inner(event);
};
export const handler = logged(async (event: any) => {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
});
`,
    ],
    [
      "a function of elsewhere",
      `export { handler } from "./other";
//- /lambda/other.ts
${cors}
export const handler = async (event: any) => {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
};
`,
    ],
    [
      "Sentry, which has to see the exception",
      `import * as Sentry from "@sentry/serverless";
${cors}
export const handler = Sentry.AWSLambda.wrapHandler(async (event: any) => {
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
});
`,
    ],
    [
      "events of queues, which are tried again",
      `${cors}
export const handler = async (event: any) => {
  if (event.Records) return JSON.parse(event.Records[0].body);
  return { statusCode: 200, headers: cors, body: JSON.parse(event.body).id };
};
`,
    ],
    [
      "a default that throws",
      `${cors}
export const handler = async ({ body, order = JSON.parse(body) }: any) => {
  return { statusCode: 200, headers: cors, body: order.id };
};
`,
    ],
    [
      "a decorator that is not known",
      `import json
from lib import checked

${CORS}

@checked
def handler(event, context):
    return {"statusCode": 200, "headers": CORS, "body": json.loads(event["body"])["id"]}
`,
    ],
    [
      "a decorator of its own",
      `import json

${CORS}

def checked(inner):
    def wrapper(event, context):
        return inner(event, context)
    return wrapper


@checked
def handler(event, context):
    return {"statusCode": 200, "headers": CORS, "body": json.loads(event["body"])["id"]}
`,
    ],
    [
      "an answer that echoes every origin",
      `export const handler = async (event: any) => {
  const headers = { "Access-Control-Allow-Origin": event.headers.origin, Vary: "Origin" };
  return { statusCode: 200, headers, body: JSON.parse(event.body).id };
};
`,
    ],
    [
      "half-typed code",
      `${cors}
export const handler = async (event: any) => {
  const order = JSON.parse(event.body);
  const x = 
  return { statusCode: 200, headers: cors, body: order.id };
};
`,
    ],
  ] as const)
    it(`is not there with ${what}`, async () => {
      await assertLeft(text);
    });
});
