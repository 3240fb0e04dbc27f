import { check } from "./check";
import { stackPy, stackTs } from "./samples";

/** What the policy lacks for every caller is told at the policy, what only this call asks for at the call. */
const rules = ["request-refused-by-policy", "allow-headers-missing", "allow-methods-missing"];

/** A page in TypeScript whose call is refused three times. */
const refused = `
//- /web/api.ts
const api = import.meta.env.VITE_API_URL;
export const save = (id: string) =>
  fetch(api + "/orders/" + id, {
    method: "PUT",
    credentials: "include",
    //           ^^^^^^^^^ [warning] The browser does not hand over this response: the policy allows no credentials.
    headers: { "X-Request-Id": "7" },
  });
`;
const allowed = refused.replace(/^ *\/\/ +\^.*\n/gm, "");

describe("calls of pages, against policies in both languages", () => {
  it("of TypeScript: method, header and credentials, each with the policy's line, fixed there", async () => {
    const before = stackTs(`
      const api = new HttpApi(stack, "Api", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.GET],
      //  ^^^^^^^^^^^^ [warning] The browser may not use PUT, so it does not send the request.
          allowHeaders: ["content-type"],
      //  ^^^^^^^^^^^^ [warning] The browser may not send x-request-id, so it does not send the request.
        },
      });
      api.addRoutes({ path: "/orders/{id}", methods: [HttpMethod.GET, HttpMethod.PUT], integration: backend });`);
    const after = stackTs(`
      const api = new HttpApi(stack, "Api", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
          allowHeaders: ["content-type", "x-request-id"],
          allowCredentials: true,
        },
      });
      api.addRoutes({ path: "/orders/{id}", methods: [HttpMethod.GET, HttpMethod.PUT], integration: backend });`);
    await check(rules, before + refused, after + allowed);
  });

  it("of Python: the same", async () => {
    const stack = (options: string): string =>
      stackPy(`
      api = apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(
      ${options}
      ))
      api.add_routes(path="/orders/{id}", methods=[apigwv2.HttpMethod.PUT], integration=backend)`);
    const before = stack(`    allow_origins=["https://app.acmecorp.com"],
          allow_methods=[apigwv2.CorsHttpMethod.GET],
      #   ^^^^^^^^^^^^^ [warning] The browser may not use PUT, so it does not send the request.
          allow_headers=["content-type"],
      #   ^^^^^^^^^^^^^ [warning] The browser may not send x-request-id, so it does not send the request.`);
    const after = stack(`    allow_origins=["https://app.acmecorp.com"],
          allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.PUT],
          allow_headers=["content-type", "x-request-id"],
          allow_credentials=True,`);
    await check(rules, before + refused, after + allowed);
  });

  it("of a REST API: the policy of the resource that the call goes to", async () => {
    await check(
      rules,
      stackTs(`
      const api = new apigateway.RestApi(stack, "Api");
      const orders = api.root.addResource("orders");
      orders.addMethod("PUT", new apigateway.HttpIntegration("https://backend.acmecorp.com"));
      orders.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"], allowMethods: ["GET"] });
      //                                                                    ^^^^^^^^^^^^ The browser may not use PUT
      const reports = api.root.addResource("reports");
      reports.addMethod("PUT", new apigateway.HttpIntegration("https://backend.acmecorp.com"));
      reports.addCorsPreflight({ allowOrigins: ["https://app.acmecorp.com"], allowMethods: ["PUT"] });
      //- /web/api.ts
      const api = import.meta.env.VITE_API_URL;
      export const order = () => fetch(api + "/orders", { method: "PUT" });
      export const report = () => fetch(api + "/reports", { method: "PUT" });
      `),
    );
  });

  it("what an interceptor adds is sent by every call of its client", async () => {
    await check(
      "allow-headers-missing",
      stackPy(`
      api = apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(
          allow_origins=["https://app.acmecorp.com"],
          allow_headers=["content-type"],
      #   ^^^^^^^^^^^^^ [warning] The browser may not send x-tenant
      ))
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)
      //- /web/client.ts
      import axios from "axios";
      export const client = axios.create({ baseURL: import.meta.env.VITE_API_URL });
      client.interceptors.request.use((config) => {
        const tenant = localStorage.getItem("tenant");
        if (tenant) config.headers["X-Tenant"] = tenant;
        //                         ^^^^^^^^^^< The page may send x-tenant here.
        return config;
      });
      //- /web/orders.tsx
      import { client } from "./client";
      export const Orders = () => <button onClick={() => client.get("/orders")}>Load</button>;
      `),
    );
  });

  it("are evidence that an API without a policy serves browsers", async () => {
    await check(
      "cors-not-configured",
      stackPy(`
      api = apigwv2.HttpApi(stack, "Api")
      #             ^^^^^^^ [warning] The browser's preflight gets no CORS headers
      api.add_routes(path="/orders", methods=[apigwv2.HttpMethod.GET], integration=backend)
      //- /web/orders.ts
      export const load = () => fetch(import.meta.env.VITE_API_URL + "/orders");
      `),
    );
  });

  it("of servers and of other hosts are none", async () => {
    await check(
      ["request-refused-by-policy", "cors-not-configured"],
      stackTs(`
      const api = new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["content-type"] } });
      api.addRoutes({ path: "/orders", methods: [HttpMethod.PUT], integration: backend });
      //- /web/api.ts
      export const partner = () => fetch("https://api.partner.example/orders", { method: "PUT", credentials: "include" });
      export const own = () => fetch("/orders", { method: "PUT" });
      //- /jobs/sync.ts
      import fs from "node:fs";
      export const sync = () => fetch(process.env.API_URL + "/orders", { method: "PUT", headers: { "x-a": "1" } });
      `),
    );
  });
});
