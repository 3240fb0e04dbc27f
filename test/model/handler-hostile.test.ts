import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { readHandler } from "../../shared/src/readers/handler/read";
import type { Handler } from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";

type Files = Readonly<Record<string, string>>;

async function handlerIn(file: string, files: Files): Promise<Handler> {
  const project = await memoryProject(new Map(Object.entries(files)));
  const at = { file, start: 0, end: 0 };
  const handler = readHandler(project, file, { k: "file", file, name: "handler", at });
  assert.ok(handler, "it is a handler");
  return handler;
}

const typescript = (text: string): Promise<Handler> => handlerIn("/app.ts", { "/app.ts": text });
const python = (text: string): Promise<Handler> => handlerIn("/app.py", { "/app.py": text });

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** Nothing is claimed for certain: the handler is incomplete, or one of its answers is. */
function leftOpen(handler: Handler): boolean {
  return (
    !handler.complete ||
    handler.responses.some((path) => !path.headersComplete || path.status.kind === "unknown")
  );
}

describe("handlers that are hard to follow", () => {
  it("recursion without end", async () => {
    const handler = await typescript(`
const respond = (n) => n > 0 ? respond(n - 1) : respond(n + 1);
export const handler = async (event) => respond(event.body);`);
    assert.ok(leftOpen(handler));
    assert.ok(
      leftOpen(
        await python(`
def respond(n):
    return other(n)
def other(n):
    return respond(n)
def handler(event, context):
    return respond(event["body"])
`),
      ),
    );
  });

  it("a helper that calls itself twice for each of its branches", async () => {
    const handler = await typescript(`
const make = (event, a) => event.headers[a] ? { ...make(event, a + "x"), ...make(event, a + "y") } : { statusCode: event.headers[a + "s"] ? 200 : 400 };
export const handler = async (event) => make(event, "a");`);
    assert.ok(leftOpen(handler) || handler.responses.length > 0);
  });

  it("two to the power of forty ways", async () => {
    const handler = await typescript(`
export const handler = async (event) => {
  const headers = {};
  ${lines(40, (i) => `if (event.headers.h${i}) headers["x-${i}"] = "1";`)}
  return { statusCode: 200, headers };
};`);
    assert.equal(handler.complete, false);
    assert.match(handler.because ?? "", /ways/);
    const twin = await python(`
def handler(event, context):
    headers = {}
${lines(40, (i) => `    if event["headers"].get("h${i}"):\n        headers["x-${i}"] = "1"`)}
    return {"statusCode": 200, "headers": headers}
`);
    assert.equal(twin.complete, false);
  });

  it("loops without end", async () => {
    const handler = await typescript(`
export const handler = async (event) => {
  let i = 0;
  while (true) { i += 1; for (;;) { i -= 1; } }
  return { statusCode: 200 };
};`);
    assert.ok(handler.responses.every((path) => path.headers.length === 0));
    await python(`
def handler(event, context):
    while True:
        for i in range(10 ** 9):
            for j in range(i):
                pass
`);
  });

  it("a megabyte of answers", async () => {
    const handler = await typescript(`
export const handler = async (event) => {
  ${lines(12_000, (i) => `if (event.path === "/orders/${i}") return { statusCode: 200, headers: {}, body: "${i}" };`)}
  return { statusCode: 404 };
};`);
    assert.equal(handler.complete, false);
    assert.ok(handler.responses.length <= 1000);
  });

  it("a megabyte of data", async () => {
    const handler = await python(`
DATA = [
${lines(12_000, (i) => `    {"id": ${i}, "name": "n"},`)}
]
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": DATA}
`);
    assert.equal(handler.responses.length <= 1, true);
  });

  it("expressions nested thousands deep", async () => {
    const depth = 3000;
    for (const text of [
      `${"[".repeat(depth)}${"]".repeat(depth)}`,
      `${"(1 + ".repeat(depth)}1${")".repeat(depth)}`,
      `1${".a".repeat(depth)}`,
      `f${"(1)".repeat(depth)}`,
      `${"event.x ? 1 : ".repeat(depth)}2`,
    ]) {
      const source = `export const handler = async (event) => ({ statusCode: 200, body: ${text} });`;
      const project = await memoryProject(new Map([["/app.ts", source]]));
      assert.doesNotThrow(() => link(project));
    }
  });

  it("blocks nested thousands deep", async () => {
    const depth = 1000;
    await typescript(
      `export const handler = async (event) => { ${"if (event.a) {".repeat(depth)} return { statusCode: 200 }; ${"}".repeat(depth)} return { statusCode: 404 }; };`,
    );
    await typescript(`${lines(2000, (i) => `const f${i} = (e) => f${i + 1}(e);`)}
const f2000 = (e) => ({ statusCode: 200 });
export const handler = async (event) => f0(event);`);
  });

  it("modules that import one another", async () => {
    const handler = await handlerIn("/a.ts", {
      "/a.ts": `import { reply } from "./b";\nexport const CORS = { "Access-Control-Allow-Origin": "*" };\nexport const handler = async () => reply(200);`,
      "/b.ts": `import { CORS } from "./a";\nexport const reply = (statusCode) => ({ statusCode, headers: CORS });`,
    });
    assert.deepEqual(
      handler.responses.map((path) => path.status.kind),
      ["known"],
    );
    await handlerIn("/a.py", {
      "/a.py": `import b\nCORS = {}\ndef handler(event, context):\n    return b.reply()\n`,
      "/b.py": `from a import CORS\ndef reply():\n    return {"statusCode": 200, "headers": CORS}\n`,
    });
    await handlerIn("/a.ts", {
      "/a.ts": `export * from "./b";\nexport const handler = async () => ({ statusCode: 200 });`,
      "/b.ts": `export * from "./a";`,
    });
  });

  it("objects that hold themselves", async () => {
    const handler = await typescript(`
const box = { statusCode: 200, headers: {} };
box.self = box;
box.headers.up = box;
export const handler = async () => box;`);
    assert.equal(handler.responses.length, 1);
    assert.doesNotThrow(() => JSON.stringify(handler));
  });

  it("generators, proxies, evaluated text and getters that never end", async () => {
    const handler = await typescript(`
const odd = new Proxy({}, { get: () => odd });
function* answers() { while (true) yield { statusCode: 200 }; }
class Loop { get next() { return this.next; } }
export const handler = async (event) => {
  if (event.headers.a) return answers().next().value;
  if (event.headers.b) return eval("({ statusCode: 200 })");
  if (event.headers.c) return new Loop().next;
  return odd.statusCode;
};`);
    assert.ok(leftOpen(handler));
  });

  it("text that is no program", async () => {
    for (const text of [
      "export const handler = async (event => {{{ return",
      "\u0000\u0001\u0002",
      "export const handler = ;".repeat(500),
    ]) {
      const project = await memoryProject(
        new Map([
          ["/app.ts", text],
          ["/app.py", `def handler(event:\n  ${text}`],
        ]),
      );
      assert.doesNotThrow(() => link(project));
    }
  });

  it("text that is being typed: nothing is missing yet", async () => {
    const handler = await typescript(`
export const handler = async (event) => {
  if (event.body === null) return { statusCode: 400, headers: { 
  return { statusCode: 200, headers: {} };
};`);
    assert.ok(handler.responses.every((path) => !path.headersComplete));
  });

  it("many handlers that share a large helper", async () => {
    const files = new Map<string, string>();
    files.set(
      "/lib/respond.ts",
      `${lines(400, (i) => `export const make${i} = (event) => event.headers.x${i} ? { statusCode: 200 } : make${i + 1}(event);`)}
export const make400 = () => ({ statusCode: 500, headers: { "Access-Control-Allow-Origin": "*" } });`,
    );
    for (let i = 0; i < 20; i++) {
      files.set(
        `/lambda/h${i}.ts`,
        `import { make0 } from "../lib/respond";\nexport const handler = async (event) => make0(event);`,
      );
    }
    const { handlers } = link(await memoryProject(files));
    assert.ok(handlers.length <= 20);
  });
});
