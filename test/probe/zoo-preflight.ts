/** Faults in the answer to OPTIONS. */
import { response } from "./loopback";
import { server, preflightOnly, isPreflight, posts, put, reset, type Exhibit } from "./zoo-server";

export const preflightFaults: readonly Exhibit[] = [
  {
    name: "OPTIONS behind an authorizer (401)",
    respond: preflightOnly(response(401), { status: 401 }),
    finds: ["preflight-needs-authorization"],
    options: put,
  },
  {
    name: "OPTIONS behind an authorizer (403 with challenge)",
    respond: preflightOnly(response(403, { "WWW-Authenticate": "Bearer" })),
    finds: ["preflight-needs-authorization"],
    options: put,
  },
  {
    name: "401 for all: even a page that nobody described needs Authorization",
    respond: preflightOnly(response(401), { status: 401 }),
    finds: ["preflight-needs-authorization"],
  },
  {
    name: "OPTIONS not routed (404)",
    respond: preflightOnly(response(404)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed (405)",
    respond: preflightOnly(response(405)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed (REST API without the method)",
    respond: preflightOnly(
      response(403, { "x-amzn-errortype": "MissingAuthenticationTokenException" }),
    ),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "Wrong path or stage of a REST API: no matter of CORS",
    respond: () => response(403, { "x-amzn-errortype": "MissingAuthenticationTokenException" }),
    finds: ["endpoint-unreachable"],
    options: put,
  },
  {
    name: "OPTIONS fails (500)",
    respond: server({ preflight: 500 }),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS 2xx without CORS headers",
    respond: preflightOnly(response(200)),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS not routed, and the page only reads so far",
    respond: preflightOnly(response(404)),
    finds: ["preflight-not-ok"],
  },
  {
    name: "OPTIONS dropped",
    respond: (request, socket) =>
      isPreflight(request) ? reset(socket) : server({})(request, socket),
    finds: ["preflight-not-ok"],
    options: put,
  },
  {
    name: "OPTIONS redirected",
    respond: preflightOnly(response(301, { Location: "/orders/" })),
    finds: ["preflight-redirected"],
    options: put,
  },
  {
    name: "method not allowed",
    respond: server({ methods: "GET, POST" }),
    finds: ["allow-methods-missing"],
    options: put,
  },
  {
    name: "method in lower case",
    respond: server({ methods: "get, patch" }),
    finds: ["allow-methods-missing"],
    options: { methods: ["PATCH"], headers: ["content-type"] },
  },
  {
    name: "methods that are no list",
    respond: server({ methods: "GET; PUT" }),
    finds: ["allow-methods-missing"],
    options: put,
  },
  {
    name: "methods * with credentials",
    respond: server({ methods: "*" }),
    finds: ["allow-methods-missing"],
    options: { ...put, credentials: true },
  },
  {
    name: "header not allowed",
    respond: server({ headers: "X-Other" }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "headers absent",
    respond: server({ headers: null }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "headers that are no list",
    respond: server({ headers: "Content-Type; Authorization" }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "malformed list on a page that nobody described",
    respond: server({ headers: '"Content-Type"' }),
    finds: ["allow-headers-missing"],
  },
  {
    name: "Authorization covered by *",
    respond: server({ headers: "*", credentials: null }),
    finds: ["allow-headers-missing"],
    options: put,
  },
  {
    name: "a POST of which no page is known, and no header allowed",
    respond: server({ headers: null, methods: "POST" }),
    finds: ["allow-headers-missing"],
    options: { api: posts },
  },
  {
    name: "max-age beyond every cap",
    respond: server({ preflightHeaders: { "Access-Control-Max-Age": "864000" } }),
    finds: ["max-age-beyond-browsers"],
    options: put,
  },
];
