/** What functions in the place of origins let through, as middleware of Express, Fastify and Hono calls them. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type { Guard, Value } from "../../shared/src/model/model";
import { memoryProject } from "../rules/memory-project";

const apps: Readonly<Record<"express" | "fastify" | "hono", (origin: string) => string>> = {
  express: (origin) => `import cors from "cors";
import express from "express";
import serverless from "serverless-http";
const app = express();
app.use(cors({ origin: ${origin} }));
app.get("/x", (request, response) => response.json([]));
export const handler = serverless(app);
`,
  fastify: (origin) => `import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import fastify from "fastify";
const app = fastify();
app.register(cors, { origin: ${origin} });
app.get("/x", async () => []);
export const handler = awsLambdaFastify(app);
`,
  hono: (origin) => `import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { cors } from "hono/cors";
const app = new Hono();
app.use("*", cors({ origin: ${origin} }));
app.get("/x", (c) => c.json([]));
export const handler = handle(app);
`,
};

const before = `const allowed = ["https://app.acmecorp.com", "https://shop.acmecorp.com"];
const refuse = (origin) => new Error("no " + origin);
`;

interface Row {
  readonly what: string;
  readonly callback?: string;
  readonly returned?: string;
  /** What is let through, in the order of paths; `-` where nothing is known. */
  readonly lets: readonly string[];
}

const list = "exact https://app.acmecorp.com https://shop.acmecorp.com";

const rows: readonly Row[] = [
  {
    what: "a list, with requests that have no origin let through",
    callback:
      "(origin, done) => { if (!origin || allowed.includes(origin)) done(null, true); else done(refuse(origin)); }",
    returned: "(origin) => (!origin || allowed.includes(origin) ? origin : null)",
    lets: [list],
  },
  {
    what: "a list, by an early return",
    callback:
      "function (origin, done) { if (!origin) return done(null, true); if (allowed.indexOf(origin) === -1) return done(null, false); return done(null, origin); }",
    returned:
      "function (origin) { if (allowed.indexOf(origin) === -1) return undefined; return origin; }",
    lets: [list],
  },
  {
    what: "a loose end",
    callback: '(origin, done) => done(null, origin?.endsWith("acmecorp.com"))',
    returned: '(origin) => (origin.endsWith("acmecorp.com") ? origin : "")',
    lets: ["bypassable"],
  },
  {
    what: "everyone",
    callback: "(origin, done) => done(null, true)",
    returned: "(origin) => origin",
    lets: ["none"],
  },
  {
    what: "one origin whoever asks",
    callback: '(origin, done) => done(null, "https://app.acmecorp.com")',
    returned: '() => "https://app.acmecorp.com"',
    lets: ["https://app.acmecorp.com"],
  },
  {
    what: "a list that is handed on",
    callback: "(origin, done) => done(null, allowed)",
    lets: [list],
  },
  {
    what: "what a helper that cannot be seen says",
    callback: "(origin, done) => (isKnown(origin) ? done(null, true) : done(null, false))",
    returned: "(origin) => (isKnown(origin) ? origin : null)",
    lets: ["unknown"],
  },
  {
    what: "what a helper that cannot be seen gives",
    callback: "(origin, done) => done(null, choose(origin))",
    lets: ["unknown"],
  },
  {
    what: "what a helper that cannot be seen returns",
    returned: "(origin) => choose(origin)",
    lets: [],
  },
  {
    what: "nobody",
    callback: "(origin, done) => done(null, false)",
    returned: "() => null",
    lets: [],
  },
];

function guardText(guard: Guard): string {
  if (guard.kind !== "exact" || guard.allowed.kind !== "known") return guard.kind;
  const items = guard.allowed.value.map((item) => (item.kind === "known" ? item.value : "?"));
  return `exact ${items.join(" ")}`;
}

function lets(value: Value<string | number | boolean>): readonly string[] {
  if (value.kind === "oneOf") return value.of.flatMap(lets);
  if (value.kind === "known") return [String(value.value)];
  return [value.kind === "fromRequest" ? guardText(value.guard) : "?"];
}

async function sentBy(code: string): Promise<readonly string[]> {
  const model = link(await memoryProject(new Map([["/app.js", code]])));
  const cors = model.handlers[0]?.framework?.cors;
  assert.equal(cors?.kind, "configured");
  const fields = cors.kind === "configured" ? cors.sends.flat() : [];
  return [
    ...new Set(
      fields.filter(({ name }) => /allow-origin$/i.test(name)).flatMap(({ value }) => lets(value)),
    ),
  ];
}

describe("functions that decide about origins", () => {
  for (const { what, callback, returned, lets: expected } of rows) {
    for (const [name, app] of Object.entries(apps)) {
      const fn = name === "hono" ? returned : callback;
      if (fn === undefined) continue;
      it(`${what} (${name})`, async () => {
        assert.deepEqual(await sentBy(before + app(fn)), expected);
      });
    }
  }
});
