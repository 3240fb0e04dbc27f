import assert from "node:assert/strict";
import { link } from "../../shared/src/readers/link";
import type { BrowserRequest, Value } from "../../shared/src/model/model";
import { parseLiteral } from "../rules/literal";
import { memoryProject } from "../rules/memory-project";
import { stackPy, stackTs } from "../rules/samples";

const stack = stackTs(`
const fn = new lambda.Function(stack, "Fn", { handler: "orders.handler", code: lambda.Code.fromAsset("lambda") });
const orders = new HttpApi(stack, "OrdersApi");
orders.addRoutes({ path: "/orders", methods: [HttpMethod.GET, HttpMethod.POST], integration: new HttpLambdaIntegration("A", fn) });
orders.addRoutes({ path: "/orders/{id}", methods: [HttpMethod.PUT, HttpMethod.DELETE], integration: new HttpLambdaIntegration("B", fn) });
const reports = new HttpApi(stack, "ReportsApi");
reports.addRoutes({ path: "/reports", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("C", fn) });
//- /lambda/orders.js
exports.handler = async () => { await fetch("https://elsewhere.example/orders"); return { statusCode: 200 }; };
`);

/** The requests of page code in `/web`, one line each. */
async function requestsIn(page: string): Promise<string> {
  const model = link(await memoryProject(parseLiteral(stack + page.trimStart()).files));
  return model.requests.map(line).sort().join("\n");
}

async function requests(page: string, expected: string): Promise<void> {
  const lines = expected
    .trim()
    .split("\n")
    .map((each) => each.trim());
  assert.equal(await requestsIn(page), lines.sort().join("\n"));
}

function line(request: BrowserRequest): string {
  const {
    via,
    method,
    path,
    base,
    headers,
    headersComplete,
    credentials,
    mode,
    readsResponse,
    readsHeaders = [],
    api,
  } = request;
  return [
    via,
    text(method),
    path ?? "?",
    base && `of ${base}`,
    headers.map(({ name, maybe }) => name.toLowerCase() + (maybe ? "?" : "")).join(",") +
      (headersComplete ? "" : "..."),
    text(credentials) === "same-origin" ? "" : text(credentials),
    text(mode) === "cors" ? "" : text(mode),
    readsResponse ? "read" : "",
    readsHeaders.map(({ name }) => `<${name}>`).join(""),
    api && `-> ${api.id.replace(/.*#/, "")}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}

function text(value: Value<string>): string {
  return value.kind === "known" ? value.value : "?";
}

describe("requests of pages", () => {
  it("fetch: options, bases of the environment, wrappers that are followed", () =>
    requests(
      `
      //- /web/api.ts
      const api = import.meta.env.VITE_ORDERS_API_URL;
      const base = process.env.REACT_APP_API || "http://localhost:3000";
      export async function save(order: { id: string }, token: string) {
        const response = await fetch(\`\${api}/orders/\${order.id}?notify=1\`, {
          method: "PUT",
          credentials: "include",
          headers: { "Content-Type": "application/json", Authorization: \`Bearer \${token}\` },
          body: JSON.stringify(order),
        });
        return response.json();
      }
      async function send(path: string, init: RequestInit = {}) {
        return fetch(base + path, { ...init, headers: { ...init.headers, "X-Request-Id": "1" } });
      }
      export const report = () => send("/reports", { method: "POST", headers: { "x-month": "5" } });
      export const list = () => send("/orders").then((response) => response.json());
      export const own = () => fetch("/orders");
      export const origin = () => fetch(window.location.origin + "/orders");
      export const other = () => fetch("https://api.example.com/orders");
      export const opaque = () => fetch(new Request(\`\${base}/orders\`, { mode: "no-cors" })).then((r) => r.text());
      `,
      `
      fetch GET ?
      fetch GET ?
      fetch GET /orders
      fetch GET /orders of REACT_APP_API no-cors read -> OrdersApi
      fetch GET /orders of REACT_APP_API x-request-id read -> OrdersApi
      fetch POST /reports of REACT_APP_API x-month,x-request-id -> ReportsApi
      fetch PUT /orders/{} of VITE_ORDERS_API_URL content-type,authorization include read -> OrdersApi
      `,
    ));

  it("axios: instances, defaults, interceptors, JSON bodies", () =>
    requests(
      `
      //- /web/client.ts
      import axios from "axios";
      export const client = axios.create({ baseURL: import.meta.env.VITE_API_URL, withCredentials: true, headers: { "X-App": "shop" } });
      client.interceptors.request.use((config) => {
        const token = localStorage.getItem("token");
        if (token) config.headers.Authorization = \`Bearer \${token}\`;
        config.headers["X-Trace"] = "1";
        return config;
      });
      axios.defaults.headers.common["X-Tenant"] = "acme";
      //- /web/orders.ts
      import axios from "axios";
      import { client } from "./client";
      export const add = (order: object) => client.post("/orders", { order });
      export const list = async () => (await client.get("orders")).data;
      export const change = (id: string) => axios({ method: "put", url: \`\${import.meta.env.VITE_ORDERS_URL}/orders/\${id}\`, data: { id } });
      `,
      `
      axios GET /orders of VITE_API_URL x-app,authorization?,x-trace include read -> OrdersApi
      axios POST /orders of VITE_API_URL x-app,authorization?,x-trace,content-type include -> OrdersApi
      axios PUT /orders/{} of VITE_ORDERS_URL x-tenant,content-type -> OrdersApi
      `,
    ));

  it("XMLHttpRequest, ky and Angular's HttpClient", () =>
    requests(
      `
      //- /web/old.js
      export function load() {
        const xhr = new XMLHttpRequest();
        xhr.open("delete", window.API_URL + "/orders/7");
        xhr.setRequestHeader("X-A", "1");
        xhr.withCredentials = true;
        xhr.send();
      }
      //- /web/ky.ts
      import ky from "ky";
      const api = ky.create({ prefixUrl: import.meta.env.VITE_REPORTS_URL, credentials: "include" });
      export const report = () => api.post("reports", { json: { month: 5 } }).json();
      //- /web/order.service.ts
      import { HttpClient, HttpHeaders } from "@angular/common/http";
      import { environment } from "./environment";
      export class OrderService {
        constructor(private http: HttpClient) {}
        add(order: object) {
          const headers = new HttpHeaders({ "X-A": "1" }).set("X-B", "2");
          return this.http.post<void>(\`\${environment.apiUrl}/orders\`, { order }, { headers, withCredentials: true });
        }
        list() {
          return this.http.get(environment.apiUrl + "/orders");
        }
      }
      //- /web/environment.ts
      export const environment = { apiUrl: "https://abc.execute-api.eu-central-1.amazonaws.com" };
      `,
      `
      HttpClient GET /orders ... -> OrdersApi
      HttpClient POST /orders x-a,x-b,content-type... include -> OrdersApi
      XMLHttpRequest DELETE /orders/7 of API_URL x-a include -> OrdersApi
      ky POST /reports of VITE_REPORTS_URL content-type include read -> ReportsApi
      `,
    ));

  it("headers of responses that the page reads, whatever the client", () =>
    requests(
      `
      //- /web/reads.ts
      import axios from "axios";
      import ky from "ky";
      const api = import.meta.env.VITE_API_URL;
      const TOTAL = "X-Total-Count";
      async function send(path: string, init?: RequestInit) {
        const response = await fetch(api + path, init);
        if (!response.ok) throw new Error(response.headers.get("X-Error-Code") ?? "");
        return response;
      }
      export async function list() {
        const { headers } = await send("/orders");
        return headers?.get(TOTAL);
      }
      export const add = () =>
        fetch(api + "/orders", { method: "POST" })
          .then((r) => r.clone())
          .then((r) => ({ id: r.headers.get("Location"), again: r.headers.has("Retry-After") }));
      export async function change(id: string, which: string) {
        const { headers, data } = await axios.put(\`\${api}/orders/\${id}\`);
        const { "x-version": version, link } = headers;
        return [version, link, headers["ETag"], headers.get("X-Rev"), headers[which], headers.toJSON(), data];
      }
      export const report = async () => (await ky.post(api + "/reports")).headers.get("Content-Disposition");
      //- /web/xhr.js
      export function remove() {
        const xhr = new XMLHttpRequest();
        xhr.open("DELETE", window.API_URL + "/orders/7");
        xhr.onload = () => show(xhr.getResponseHeader("X-Left"));
        xhr.send();
      }
      export function twice() {
        const xhr = new XMLHttpRequest();
        xhr.onload = () => show(xhr.getResponseHeader("X-Which"));
        xhr.open("DELETE", window.API_URL + "/orders/8");
        xhr.send();
        xhr.open("DELETE", window.API_URL + "/orders/9");
        xhr.send();
      }
      //- /web/order.service.ts
      import { HttpClient } from "@angular/common/http";
      import { firstValueFrom } from "rxjs";
      import { map, tap } from "rxjs/operators";
      import { environment } from "./environment";
      export class OrderService {
        constructor(private http: HttpClient) {}
        async list() {
          this.http.delete(environment.apiUrl + "/orders/3", { observe: "response" }).subscribe({ next: (r) => this.show(r.headers.get("X-Page")) });
          this.http.put(environment.apiUrl + "/orders/4", null).subscribe((body) => this.show(body.headers.get("X-Body")));
          const response = await firstValueFrom(this.http.post(environment.apiUrl + "/reports", null, { observe: "response" }).pipe(
            tap((r) => this.show(r.headers.get("X-Tapped"))), map((r) => r.body)));
          return response.headers.get("X-In-Body");
        }
      }
      //- /web/environment.ts
      export const environment = { apiUrl: "https://abc.execute-api.eu-central-1.amazonaws.com" };
      `,
      `
      HttpClient DELETE /orders/3 ... read <x-page> -> OrdersApi
      HttpClient POST /reports ... read <x-tapped> -> ReportsApi
      HttpClient PUT /orders/4 ... read -> OrdersApi
      XMLHttpRequest DELETE /orders/7 of API_URL <x-left> -> OrdersApi
      XMLHttpRequest DELETE /orders/8 of API_URL -> OrdersApi
      XMLHttpRequest DELETE /orders/9 of API_URL -> OrdersApi
      axios PUT /orders/{} of VITE_API_URL read <x-version><link><etag><x-rev> -> OrdersApi
      fetch GET /orders of VITE_API_URL read <x-error-code><x-total-count> -> OrdersApi
      fetch POST /orders of VITE_API_URL <location><retry-after> -> OrdersApi
      ky POST /reports of VITE_API_URL read <content-disposition> -> ReportsApi
      `,
    ));

  it("components: event handlers, effects, hooks and what objects hold", () =>
    requests(
      `
      //- /web/Orders.tsx
      import { useEffect, useState } from "react";
      import { useQuery } from "@tanstack/react-query";
      const api = import.meta.env.VITE_API_URL;
      export function useSave() {
        const save = async () => { await fetch(api + "/orders", { method: "POST", headers: { "x-save": "1" } }); };
        return { save };
      }
      export default function Orders({ id }: { id: string }) {
        const [orders, setOrders] = useState([]);
        useEffect(() => { fetch(api + "/orders").then((r) => r.json()).then(setOrders); }, []);
        useQuery({ queryKey: ["reports"], queryFn: () => fetch(api + "/reports", { method: "POST" }) });
        const remove = () => fetch(\`\${api}/orders/\${id}\`, { method: "DELETE" });
        return <ul>{orders.map((order) => <li onClick={() => remove()} key={order}>{order}</li>)}</ul>;
      }
      `,
      `
      fetch DELETE /orders/{} of VITE_API_URL -> OrdersApi
      fetch GET /orders of VITE_API_URL read -> OrdersApi
      fetch POST /orders of VITE_API_URL x-save -> OrdersApi
      fetch POST /reports of VITE_API_URL -> ReportsApi
      `,
    ));

  it("scripts of HTML, Vue and Svelte", () =>
    requests(
      `
      //- /web/client.ts
      export const base = import.meta.env.VITE_ORDERS_API_URL;
      //- /backend/templates/index.html
      <!doctype html>
      <form onsubmit="save()"></form>
      <script>
        const base = "https://" + window.API_HOST;
        async function save() {
          const response = await fetch(base + "/reports", { method: "POST", credentials: "include" });
          render(await response.json());
        }
      </script>
      //- /web/Orders.vue
      <template><textarea v-model="note" /><b @click="remove(1)">{{ note }}</b></template>
      <script setup lang="ts">
      import { base } from "./client";
      const remove = (id: number) => fetch(\`\${base}/orders/\${id}\`, { method: "DELETE" });
      </script>
      //- /web/Options.vue
      <script>
      import axios from "axios";
      import { base } from "./client";
      export default { methods: { load() { return axios.get(base + "/orders", { withCredentials: true }); } } };
      </script>
      //- /web/Orders.svelte
      <script lang="ts">
        import { base } from "./client";
        export let id: string;
        $: fetch(\`\${base}/orders/\${id}\`, { method: "PUT" });
      </script>
      {#if id < "b"}<p>{id}</p>{/if}
      `,
      `
      axios GET /orders of VITE_ORDERS_API_URL include -> OrdersApi
      fetch DELETE /orders/{} of VITE_ORDERS_API_URL -> OrdersApi
      fetch POST /reports of API_HOST include read -> ReportsApi
      fetch PUT /orders/{} of VITE_ORDERS_API_URL -> OrdersApi
      `,
    ));

  it("is silent about servers, tests and URLs that are not known", () =>
    requests(
      `
      //- /web/orders.test.ts
      test("x", () => fetch(import.meta.env.VITE_API_URL + "/orders"));
      //- /web/dev-server.ts
      import http from "node:http";
      export const go = () => fetch(process.env.API + "/orders");
      //- /lib/jobs.ts
      export const go = () => fetch(process.env.API + "/orders");
      //- /web/any.ts
      export const any = (url: string, init: RequestInit) => fetch(url, init);
      export const mixed = (base: string) => fetch(\`\${base}/orders-\${Math.random()}\`);
      `,
      `
      fetch ? ? ... ? ?
      fetch GET ?
      `,
    ));

  const calls = `
    //- /web/api.ts
    const base = "https://API.acmecorp.com/shop/";
    export const list = () => fetch(base + "orders");
    export const one = (id: string) => fetch(\`https://api.acmecorp.com:443/shop/orders/\${id}?x=1\`, { method: "PUT" });
    export const other = () => fetch("https://api.acmecorp.com/shopping/orders");
    export const root = () => fetch("https://reports.acmecorp.com");
    export const twice = () => fetch("https://both.acmecorp.com/orders");
    `;
  const endpoints = {
    OrdersApi: "https://api.acmecorp.com/shop",
    ReportsApi: "https://reports.acmecorp.com/",
    Gone: "https://api.acmecorp.com/shopping",
    One: "https://both.acmecorp.com",
    Other: "https://both.acmecorp.com/",
  };
  const expected = [
    "fetch GET /orders -> OrdersApi",
    "fetch GET / -> ReportsApi",
    "fetch GET /orders",
    "fetch GET /shopping/orders",
    "fetch PUT /orders/{} -> OrdersApi",
  ].sort();
  const stacks = {
    TypeScript: stack,
    Python: stackPy(`
      orders = apigwv2.HttpApi(stack, "OrdersApi")
      orders.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)
      reports = apigwv2.HttpApi(stack, "ReportsApi")
      `),
  };
  for (const [language, text] of Object.entries(stacks)) {
    it(`endpoints of the settings tell the API, for a stack in ${language}`, async () => {
      const project = await memoryProject(parseLiteral(text + calls.trimStart()).files);
      const model = link({ ...project, endpoints });
      assert.deepEqual(model.requests.map(line).sort(), expected);
    });
  }
});
