import assert from "node:assert/strict";
import type { Handler } from "../../shared/src/model/model";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";

async function handlerOf(file: string, text: string): Promise<Handler> {
  const [handler] = link(await memoryProject(new Map([[file, text]]))).handlers;
  assert.ok(handler);
  return handler;
}

const statusesOf = ({ responses }: Handler): unknown[] => [
  ...new Set(responses.map(({ status }) => status.kind === "known" && status.value)),
];

/** Each header doubles the ways: 2^12 of them lead to the one branch, one to the other. */
const flags = Array.from({ length: 12 }, (_, i) => i);

describe("handlers with more ways than are followed", () => {
  it("are seen from every side, in TypeScript", async () => {
    const many = flags.map((i) => `if (event.headers["x-${i}"]) headers["x-${i}"] = "1";`);
    const handler = await handlerOf(
      "/h.ts",
      `export const handler = async (event) => {
  if (event.httpMethod === "GET") {
    const headers = { "Access-Control-Allow-Origin": "*" };
    ${many.join("\n    ")}
    return { statusCode: 200, headers };
  }
  if (event.httpMethod === "POST") return { statusCode: 201, headers: {} };
  return { statusCode: 405, headers: {} };
};`,
    );
    assert.equal(handler.complete, false);
    assert.equal(handler.followedInPart, true);
    assert.deepEqual(statusesOf(handler).sort(), [200, 201, 405]);
  });

  it("are seen from every side, in Python", async () => {
    const many = flags.map(
      (i) => `if event["headers"].get("x-${i}"):\n            headers["x-${i}"] = "1"`,
    );
    const handler = await handlerOf(
      "/h.py",
      `def handler(event, context):
    if event["httpMethod"] == "GET":
        headers = {"Access-Control-Allow-Origin": "*"}
        ${many.join("\n        ")}
        return {"statusCode": 200, "headers": headers}
    if event["httpMethod"] == "POST":
        return {"statusCode": 201, "headers": {}}
    return {"statusCode": 405, "headers": {}}
`,
    );
    assert.equal(handler.complete, false);
    assert.equal(handler.followedInPart, true);
    assert.deepEqual(statusesOf(handler).sort(), [200, 201, 405]);
  });
});

describe("handlers that are followed in part", () => {
  it("are gaps with a place, in both languages", async () => {
    const node = `export const handler = async (event) => {
  const headers = { "Access-Control-Allow-Origin": "*" };
  ${flags.map((i) => `if (event.headers["x-${i}"]) headers["x-${i}"] = "1";`).join("\n  ")}
  return { statusCode: 200, headers };
};`;
    const python = `def handler(event, context):
    headers = {"Access-Control-Allow-Origin": "*"}
${flags.map((i) => `    if event["headers"].get("x-${i}"):\n        headers["x-${i}"] = "1"`).join("\n")}
    return {"statusCode": 200, "headers": headers}
`;
    for (const [file, text] of [
      ["/h.ts", node],
      ["/h.py", python],
    ] as const) {
      const model = link(await memoryProject(new Map([[file, text]])));
      const told = model.gaps.filter(({ because }) => because.includes("was followed in part"));
      assert.deepEqual(
        told.map(({ at }) => [at.file, text.slice(at.start, at.end)]),
        [[file, "handler"]],
      );
    }
  });

  it("are none where every path was followed", async () => {
    const text = `export const handler = async (event) => ({
  statusCode: event.body ? 200 : 400,
  headers: { "Access-Control-Allow-Origin": "*" },
});`;
    const model = link(await memoryProject(new Map([["/h.ts", text]])));
    assert.equal(model.handlers[0]?.complete, true);
    assert.equal(model.handlers[0].followedInPart, undefined);
    assert.deepEqual(model.gaps, []);
  });
});

describe("events that no request makes", () => {
  /** Behind a field of other events everything is left aside, however much there is. */
  const many = flags.map((i) => `if (event.headers["x-${i}"]) headers["x-${i}"] = "1";`);

  it("take nothing from the ways of requests", async () => {
    const handler = await handlerOf(
      "/h.ts",
      `export const handler = async (event) => {
  if (event.source === "job") {
    const headers = {};
    ${many.join("\n    ")}
    return { statusCode: 500, headers };
  }
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
};`,
    );
    assert.equal(handler.complete, true);
    assert.deepEqual(statusesOf(handler), [200]);
  });
});

describe("optional chaining", () => {
  it("goes on with nothing where one of several values is nothing", async () => {
    const handler = await handlerOf(
      "/h.ts",
      `const open = new Set(["/public"]);
function optionsFor(path) {
  if (open.has(path)) return { origins: ["*"] };
  return undefined;
}
export const handler = async (event) => {
  const origins = optionsFor(event.path)?.origins || ["https://shop.example.com"];
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origins[0] } };
};`,
    );
    const values = handler.responses.flatMap(({ headers }) =>
      headers.flatMap(({ value }) => (value.kind === "oneOf" ? value.of : [value])),
    );
    const texts = values.map((value) => value.kind === "known" && value.value);
    assert.deepEqual([...new Set(texts)].sort(), ["*", "https://shop.example.com"]);
  });
});

describe("much code", () => {
  /** As many steps as many ways of a handler take: every item is looked at in a table of its own. */
  const table = `[${Array.from({ length: 120 }, (_, i) => `{ id: ${i}, name: "n${i}" }`).join(", ")}]`;

  it("behind one call leaves the other ways theirs", async () => {
    const work = Array.from(
      { length: 25 },
      (_, i) => `db.put(items.map((item) => item.id + ${i}));`,
    );
    const kinds = Array.from(
      { length: 8 },
      (_, i) =>
        `if (kind === "k${i}") { ${work.join(" ")} return { statusCode: ${200 + i}, headers: {} }; }`,
    );
    const handler = await handlerOf(
      "/h.ts",
      `import { db } from "./db";
const items = ${table};
function dispatch(kind) {
  ${kinds.join("\n  ")}
  return { statusCode: 404, headers: {} };
}
export const handler = async (event) => {
  if (event.httpMethod === "POST") return dispatch(JSON.parse(event.body).kind);
  return { statusCode: 405, headers: { "Access-Control-Allow-Origin": "*" } };
};`,
    );
    const wanted = [...kinds.map((_, i) => 200 + i), 404, 405];
    assert.deepEqual(statusesOf(handler).sort(), wanted);
  });

  it("behind one import leaves the importing module its own", async () => {
    const files = new Map([
      [
        "/handler.ts",
        `import { total } from "./tables";
export const handler = async () => ({ statusCode: total ? 200 : 204, headers: { "Access-Control-Allow-Origin": "*" } });`,
      ],
      [
        "/tables.ts",
        `const items = ${table};
${Array.from({ length: 250 }, (_, i) => `export const t${i} = items.map((item) => item.id + ${i});`).join("\n")}
export const total = 1;`,
      ],
    ]);
    const [handler] = link(await memoryProject(files)).handlers;
    assert.equal(handler?.file, "/handler.ts");
  });
});

describe("members of what a library's call returned", () => {
  it("may be true or not, in TypeScript", async () => {
    const handler = await handlerOf(
      "/h.ts",
      `import axios from "axios";
export const handler = async () => {
  const response = await fetch("https://stock.example.com");
  if (!response.ok) return { statusCode: 502 };
  const { data } = await axios.get("https://users.example.com");
  if (!data.user) return { statusCode: 401 };
  return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" } };
};`,
    );
    assert.deepEqual(statusesOf(handler).sort(), [200, 401, 502]);
  });

  it("may be true or not, in Python", async () => {
    const handler = await handlerOf(
      "/h.py",
      `import boto3
import requests

def handler(event, context):
    response = requests.get("https://stock.example.com")
    if not response.ok:
        return {"statusCode": 502}
    if not response.json()["user"]:
        return {"statusCode": 401}
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
`,
    );
    assert.deepEqual(statusesOf(handler).sort(), [200, 401, 502]);
  });
});
