import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readHandler } from "../../shared/src/readers/handler/read";
import type { Framework, Handler } from "../../shared/src/model/model";
import type { Project } from "../../shared/src/ir/project";
import { frontends } from "../../server/src/workspace/languages";
import { runNode } from "./execute-node";
import type { Outcome } from "./outcome";
import { request } from "./request";

const folder = join(__dirname, "cases", "frameworks");
const root = join(__dirname, "..", "..");

async function read(name: string): Promise<Handler> {
  const file = join(folder, name);
  const reader = await frontends.typescript.reader();
  const text = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const project: Project = {
    root,
    candidates: [file],
    facts: (path) => {
      const found = path.includes("node_modules") ? undefined : text(path);
      return found === undefined ? undefined : reader(path, found);
    },
    isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
    json: (path) => JSON.parse(text(path) ?? "null") as unknown,
    tsPaths: () => [],
    workspacePackage: () => undefined,
    pythonRoots: () => [],
    text,
  };
  const at = { file, start: 0, end: 0 };
  const handler = readHandler(project, `${file}#handler`, { k: "file", file, name: "handler", at });
  assert.ok(handler, `${name} is a handler`);
  return handler;
}

function hasAllowOrigin(outcome: Outcome | undefined): boolean {
  return outcome?.k === "answered" && outcome.headers.has("access-control-allow-origin");
}

function isOk(outcome: Outcome | undefined): boolean {
  return outcome?.k === "answered" && (outcome.status ?? 0) >= 200 && (outcome.status ?? 0) < 300;
}

interface Expected {
  readonly name: string;
  readonly cors: Framework["cors"]["kind"];
  /** ACAO on the answer to a GET, on the answer to a GET that throws, and on an OPTIONS that is answered with 2xx. */
  readonly sends: { readonly ok: boolean; readonly error?: boolean; readonly preflight: boolean };
}

const cases: Readonly<Record<string, Expected>> = {
  "middy-cors.mjs": {
    name: "middy",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "middy-cors-after-errors.mjs": {
    name: "middy",
    cors: "misplaced",
    sends: { ok: true, error: false, preflight: true },
  },
  "middy-cors-without-origin.mjs": {
    name: "middy",
    cors: "misplaced",
    sends: { ok: false, preflight: false },
  },
  "middy-plain.mjs": { name: "middy", cors: "none", sends: { ok: true, preflight: false } },
  "express-cors.mjs": {
    name: "Express",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "express-cors-last.mjs": {
    name: "Express",
    cors: "misplaced",
    sends: { ok: false, preflight: true },
  },
  "express-plain.mjs": { name: "Express", cors: "none", sends: { ok: false, preflight: false } },
  "express-by-hand.mjs": { name: "Express", cors: "unknown", sends: { ok: true, preflight: true } },
  "hono-cors.mjs": { name: "Hono", cors: "configured", sends: { ok: true, preflight: true } },
  "hono-cors-last.mjs": { name: "Hono", cors: "misplaced", sends: { ok: false, preflight: true } },
  "hono-plain.mjs": { name: "Hono", cors: "none", sends: { ok: false, preflight: false } },
  // @fastify/cors works wherever it is registered: its hook is there before the first request.
  "fastify-cors.mjs": {
    name: "Fastify",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "fastify-cors-last.mjs": {
    name: "Fastify",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "fastify-awaited-last.mjs": {
    name: "Fastify",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "fastify-delegator.mjs": {
    name: "Fastify",
    cors: "configured",
    sends: { ok: true, preflight: true },
  },
  // The routes within a plugin have it, the others have not.
  "fastify-within.mjs": { name: "Fastify", cors: "unknown", sends: { ok: false, preflight: true } },
  "fastify-off.mjs": { name: "Fastify", cors: "unknown", sends: { ok: false, preflight: false } },
  "fastify-plain.mjs": { name: "Fastify", cors: "none", sends: { ok: false, preflight: false } },
  "powertools-cors.mjs": {
    name: "Powertools",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "powertools-cors-last.mjs": {
    name: "Powertools",
    cors: "configured",
    sends: { ok: true, error: true, preflight: true },
  },
  "powertools-plain.mjs": {
    name: "Powertools",
    cors: "none",
    sends: { ok: false, preflight: false },
  },
};

describe("what frameworks do about CORS", function () {
  this.timeout(30_000);

  for (const [file, { name, cors, sends }] of Object.entries(cases)) {
    it(`${file}: ${cors}`, async () => {
      const wishes = [request("GET", "ok"), request("GET", "boom"), request("OPTIONS", "ok")];
      const [ok, error, preflight] = await runNode(join(folder, file), wishes);
      assert.equal(hasAllowOrigin(ok), sends.ok, `GET answers ${JSON.stringify(ok)}`);
      if (sends.error !== undefined)
        assert.equal(hasAllowOrigin(error), sends.error, JSON.stringify(error));
      assert.equal(
        isOk(preflight) && hasAllowOrigin(preflight),
        sends.preflight,
        `OPTIONS answers ${JSON.stringify(preflight)}`,
      );
      const { framework } = await read(file);
      assert.equal(framework?.name, name);
      assert.equal(framework.cors.kind, cors);
      if (framework.coversErrors !== "unknown" && sends.error !== undefined) {
        assert.equal(framework.coversErrors === "yes", sends.error, "errors of the library");
      }
    });
  }
});

/** Options of middleware, whose headers the model tells. */
const optionCases = [
  "express-cors.mjs",
  "express-open-credentials.mjs",
  "express-reflect-credentials.mjs",
  "express-list.mjs",
  "hono-cors.mjs",
  "hono-open-credentials.mjs",
  "hono-list.mjs",
  "middy-cors.mjs",
  "middy-open-credentials.mjs",
  "middy-list.mjs",
  "fastify-cors.mjs",
  "fastify-default.mjs",
  "fastify-list.mjs",
  "fastify-open-credentials.mjs",
  "fastify-reflect-credentials.mjs",
  "fastify-star-in-list.mjs",
  "powertools-cors.mjs",
  "powertools-open-credentials.mjs",
  "powertools-list.mjs",
  "express-function.mjs",
  "express-function-open.mjs",
  "hono-function.mjs",
  "hono-function-fixed.mjs",
  "fastify-function.mjs",
];

/** What the model says that a page of this origin gets. */
function told({ framework }: Handler, origin: string): { origin?: string; credentials: boolean } {
  assert.ok(framework?.cors.kind === "configured");
  const [sent, credentials] = framework.cors.sends[0] ?? [];
  const { value } = sent ?? {};
  const mayRead = { credentials: credentials !== undefined };
  if (value?.kind === "known") return { origin: String(value.value), ...mayRead };
  assert.ok(value?.kind === "fromRequest");
  if (value.guard.kind === "none") return { origin, ...mayRead };
  assert.ok(value.guard.kind === "exact" && value.guard.allowed.kind === "known");
  const allowed = value.guard.allowed.value.map((item) => item.kind === "known" && item.value);
  return allowed.includes(origin) ? { origin, ...mayRead } : { credentials: false };
}

describe("what CORS middleware sends", function () {
  this.timeout(30_000);

  for (const file of optionCases) {
    it(file, async () => {
      const handler = await read(file);
      for (const origin of ["https://shop.example.com", "https://evil.example.net"]) {
        const [outcome] = await runNode(join(folder, file), [request("GET", "ok", { origin })]);
        assert.ok(outcome?.k === "answered");
        const [sent] = outcome.headers.get("access-control-allow-origin") ?? [];
        const credentials = outcome.headers.get("access-control-allow-credentials")?.[0] === "true";
        const real = { ...(sent === undefined ? {} : { origin: sent }), credentials };
        // Without an allowed origin the browser does not look at credentials.
        const seen = sent === undefined ? { credentials: false } : real;
        assert.deepEqual(told(handler, origin), seen, origin);
      }
    });
  }
});

describe("errors of the library itself", function () {
  this.timeout(30_000);

  for (const file of ["express-cors.mjs", "fastify-cors.mjs", "powertools-cors.mjs"]) {
    it(`${file}: a path that it does not know`, async () => {
      const wish = request("GET", "ok", { path: "/nowhere" });
      const [outcome] = await runNode(join(folder, file), [wish]);
      assert.ok(outcome?.k === "answered");
      assert.equal(outcome.status, 404);
      const { framework } = await read(file);
      assert.equal(framework?.coversErrors, "yes");
      assert.ok(hasAllowOrigin(outcome));
    });
  }
});
