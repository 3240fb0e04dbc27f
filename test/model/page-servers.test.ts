/** Code that lies among pages and runs on a server, and addresses that are the page's own: no call of a page to an API. */
import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";
import { stackPy, stackTs } from "../rules/samples";

const stacks = [
  stackTs(`
const orders = new HttpApi(stack, "OrdersApi");
orders.addRoutes({ path: "/orders", methods: [HttpMethod.POST], integration: backend });`),
  stackPy(`
orders = apigwv2.HttpApi(stack, "OrdersApi")
orders.add_routes(path="/orders", methods=[apigwv2.HttpMethod.POST], integration=backend)`),
];

/** The files whose calls lead to the API. */
async function callers(stack: string, pages: string): Promise<readonly string[]> {
  const model = link(await memoryProject(parseLiteral(stack + pages.trimStart()).files));
  return [...new Set(model.requests.flatMap(({ at, api }) => (api ? [at.file] : [])))];
}

async function calledFrom(pages: string, expected: readonly string[]): Promise<void> {
  for (const stack of stacks) assert.deepEqual(await callers(stack, pages), expected);
}

const manifest = (name: string): string => `//- /web/package.json
{"dependencies":{"${name}":"1.0.0","react":"19.0.0"}}
`;
const call = (base: string): string =>
  `export const save = () => fetch(${base} + "/orders", { method: "POST" });`;

describe("page code that runs on a server", () => {
  for (const server of ["dotenv", "server-only", "node:fs", "next/headers"]) {
    it(`what imports ${server} by way of another file`, () =>
      calledFrom(
        `${manifest("next")}//- /web/lib/env.ts
import config from "${server}";
export const env = config as any;
//- /web/lib/orders.ts
import { env } from "./env";
${call("env.ORDERS_API_URL")}
//- /web/components/form.tsx
"use client";
${call("process.env.NEXT_PUBLIC_ORDERS_API_URL")}
`,
        ["/web/components/form.tsx"],
      ));
  }

  it("in a package of pages alone such an import says nothing", () =>
    calledFrom(
      `${manifest("vite")}//- /web/lib/env.ts
import config from "dotenv";
export const env = config as any;
//- /web/lib/orders.ts
import { env } from "./env";
${call("env.ORDERS_API_URL")}
`,
      ["/web/lib/orders.ts"],
    ));

  it("what the App Router begins with, unless it says that it is for the client", () =>
    calledFrom(
      `${manifest("next")}//- /web/app/orders/page.tsx
${call("process.env.ORDERS_API_URL")}
//- /web/app/layout.tsx
"use client";
${call("process.env.NEXT_PUBLIC_ORDERS_API_URL")}
`,
      ["/web/app/layout.tsx"],
    ));

  it("a worker at the edge with what it imports", () =>
    calledFrom(
      `${manifest("react")}//- /web/wrangler.toml
name = "orders"
main = "src/worker.ts"
//- /web/src/worker.ts
import { save } from "./forward";
export default { fetch: () => save() };
//- /web/src/forward.ts
${call("env.ORDERS_API_URL")}
//- /web/src/form.tsx
${call("import.meta.env.VITE_ORDERS_API_URL")}
`,
      ["/web/src/form.tsx"],
    ));
});

describe("an address of the page's own", () => {
  for (const own of [
    "location",
    "location.href",
    "window.location.origin",
    "document.baseURI",
    "document.URL",
    "self.location.origin",
  ]) {
    it(own, () => calledFrom(`//- /web/orders.ts\n${call(own)}\n`, []));
  }

  it("a part of another address is none", () =>
    calledFrom(`//- /web/orders.ts\n${call("window.config.api.href")}\n`, ["/web/orders.ts"]));
});
