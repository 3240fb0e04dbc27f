/** Lists of headers and methods, as policies write them, as handlers and pages name them. */
import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const api = (list: string) => `
      const api = new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://rope.acmecorp.com"], allowMethods: [CorsHttpMethod.ANY], allowHeaders: [${list}] } });
      api.addRoutes({ path: "/knots", methods: [HttpMethod.GET, HttpMethod.POST], integration: backend });`;

/** The same, and what is told of its headers. */
const lacking = (told: string) => `
      const api = new HttpApi(stack, "Api", { corsPreflight: {
        allowOrigins: ["https://rope.acmecorp.com"],
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: ["content-type"],
      //^^^^^^^^^^^^ [warning] ${told}
      } });
      api.addRoutes({ path: "/knots", methods: [HttpMethod.GET, HttpMethod.POST], integration: backend });`;

describe("a header that a page sends", () => {
  it("and that belongs to responses is never asked of the policy", async () => {
    await check(
      ["request-refused-by-policy", "response-header-on-request"],
      `${stackTs(api('"content-type"'))}//- /web/knots.ts
const API = process.env.API_URL;
export const knots = () =>
  fetch(API + "/knots", {
    headers: { "Access-Control-Allow-Origin": "*" },
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser asks whether it may send Access-Control-Allow-Origin, and no server says yes.
  });
`,
    );
    await check(
      ["request-refused-by-policy", "response-header-on-request"],
      `${stackPy(`
      api = apigwv2.HttpApi(stack, "Api", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://rope.acmecorp.com"], allow_methods=[apigwv2.CorsHttpMethod.GET], allow_headers=["content-type"]))
      api.add_routes(path="/knots", methods=[apigwv2.HttpMethod.GET], integration=backend)`)}//- /web/knots.js
import axios from "axios";
const rope = axios.create({
  baseURL: process.env.API_URL,
  headers: { "Access-Control-Allow-Origin": "*" },
  #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser asks whether it may send Access-Control-Allow-Origin, and no server says yes.
});
export const knots = () => rope.get("/knots");
`,
    );
  });

  it("and that an interceptor of the workspace deletes never leaves it", async () => {
    await check(
      ["request-refused-by-policy", "allow-headers-missing"],
      `${stackTs(lacking("The browser may not send x-tenant, so it does not send the request."))}//- /web/spinner.interceptor.ts
import { HttpInterceptorFn } from "@angular/common/http";
export const spinner: HttpInterceptorFn = (req, next) =>
  req.headers.has("x-no-spinner") ? next(req.clone({ headers: req.headers.delete("x-no-spinner") })) : next(req);
//- /web/orders.service.ts
import { HttpClient, HttpHeaders } from "@angular/common/http";
import { Injectable, inject } from "@angular/core";
@Injectable({ providedIn: "root" })
export class OrdersService {
  private readonly http = inject(HttpClient);
  private readonly base = inject(API_BASE);
  add(knot: unknown) {
    const headers = new HttpHeaders({ "x-no-spinner": "1", "x-tenant": "a" });
    return this.http.post(this.base + "/knots", knot, { headers });
  }
}
`,
    );
  });

  it("is appended, or set by other clients than fetch and axios", async () => {
    await check(
      ["request-refused-by-policy", "allow-headers-missing", "response-header-on-request"],
      `${stackTs(lacking("The browser may not send some headers that the API needs, so it sends no request."))}//- /web/page.js
import { get } from "aws-amplify/api";
import $ from "jquery";
import { ofetch } from "ofetch";
const API = import.meta.env.VITE_API_URL;
export function appended() {
  const headers = new Headers();
  headers.append("x-tenant", "a");
  return fetch(API + "/knots", { headers });
}
export const amplify = () =>
  get({ apiName: "api", path: "/knots", options: { headers: { "Access-Control-Allow-Origin": "*" } } }).response;
  //                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [error] The browser asks whether it may send Access-Control-Allow-Origin, and no server says yes.
export const unjs = () =>
  ofetch("/knots", { baseURL: API, headers: { "x-trace": "b" } });
export const jquery = () =>
  $.ajax({ url: API + "/knots", headers: { "x-shop": "c" } });
`,
    );
  });
});

describe("an entry of a header list", () => {
  it("holds several names: right in a REST API, which joins them, and no name elsewhere", async () => {
    await check(
      "allow-headers-missing",
      stackTs(`
      const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, "Who", { cognitoUserPools: [] });
      const rest = new apigateway.RestApi(stack, "Rest");
      const orders = rest.root.addResource("orders");
      orders.addCorsPreflight({ allowOrigins: ["https://rope.acmecorp.com"], allowHeaders: ["Content-Type, Authorization"], allowMethods: ["POST"] });
      orders.addMethod("POST", new apigateway.HttpIntegration("https://x.acmecorp.com"), { authorizer });`),
    );
    await check(
      "allow-methods-missing",
      stackPy(`
      api = apigateway.RestApi(stack, "Api", default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://rope.acmecorp.com"], allow_methods=["GET,PUT"]))
      #                                                                                                                                         ^^^^^^^^^^^^^ [warning] The browser may not use PATCH, so it does not send the request.
      orders = api.root.add_resource("orders")
      orders.add_method("PUT", apigateway.HttpIntegration("https://x.acmecorp.com"))
      orders.add_method("PATCH", apigateway.HttpIntegration("https://x.acmecorp.com"))`),
    );
    await check(
      ["allow-headers-missing", "request-refused-by-policy"],
      `${stackTs(`
      const api = new HttpApi(stack, "Api", {
        corsPreflight: {
          allowOrigins: ["https://rope.acmecorp.com"],
          allowHeaders: ["Content-Type, Authorization"],
          //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [warning] An entry of the allowed headers is no header name: the browser never finds it.
        },
      });
      api.addRoutes({ path: "/knots", methods: [HttpMethod.POST], integration: backend });`)}//- /web/page.ts
const API = import.meta.env.VITE_API_URL;
export const tie = (token: string) =>
  fetch(API + "/knots", {
    method: "POST",
    headers: { Authorization: token },
  });
`,
    );
  });

  it("is missing though the handler reads the header", async () => {
    await check(
      "allow-headers-missing",
      `${stackTs(`
      const fn = new NodejsFunction(stack, "Fn", { entry: "orders.ts" });
      const api = new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://rope.acmecorp.com"], allowMethods: [CorsHttpMethod.POST], allowHeaders: ["content-type"] } });
      //                                                                                                                                         ^^^^^^^^^^^^ [warning] The browser may not send x-tenant, so it does not send the request.
      api.addRoutes({ path: "/knots", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("I", fn) });`)}//- /orders.ts
const headers = { "Access-Control-Allow-Origin": "https://rope.acmecorp.com", "Access-Control-Allow-Headers": "content-type, x-tenant" };
export const handler = async (event: any) => ({ statusCode: 200, headers, body: event.headers["x-tenant"] });
`,
    );
  });
});

describe("a list of methods", () => {
  it("is not asked about methods that need no entry", async () => {
    const policy = (methods: string) =>
      stackTs(`
      const api = new HttpApi(stack, "Api", { corsPreflight: { allowOrigins: ["https://rope.acmecorp.com"], allowMethods: [CorsHttpMethod.ANY], allowHeaders: ["content-type"], allowCredentials: true } });
      api.addRoutes({ path: "/knots", methods: [${methods}], integration: backend });`);
    await check("wildcard-without-effect", policy("HttpMethod.GET"));
  });
});

describe("an option that is present and undefined", () => {
  it("is like an absent one: the default authorizer applies, and its header is needed", async () => {
    await check(
      "allow-headers-missing",
      stackTs(`
      const api = new HttpApi(stack, "Api", {
        defaultAuthorizer: users,
        corsPreflight: { allowOrigins: ["https://toll.acmecorp.com"], allowMethods: [CorsHttpMethod.GET], allowHeaders: ["content-type"] },
        //                                                                                                ^^^^^^^^^^^^ [warning] The browser may not send authorization, so it does not send the request.
      });
      const add = (path: string, authorizer?: any) => api.addRoutes({ path, methods: [HttpMethod.GET], integration: backend, authorizer });
      add("/gates");`),
    );
    await check(
      "allow-headers-missing",
      stackPy(`
      api = apigwv2.HttpApi(stack, "Api", default_authorizer=users, cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://toll.acmecorp.com"], allow_methods=[apigwv2.CorsHttpMethod.GET], allow_headers=["content-type"]))
      #                                                                                                                                                                                                  ^^^^^^^^^^^^^ [warning] The browser may not send authorization, so it does not send the request.


      def add(path, authorizer=None):
          api.add_routes(path=path, methods=[apigwv2.HttpMethod.GET], integration=backend, authorizer=authorizer)


      add("/gates")`),
    );
  });
});
