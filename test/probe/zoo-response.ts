/** Faults in Access-Control-Allow-Origin and in the response itself. */
import { response } from "./loopback";
import { server, star, put, PAGE, type Exhibit } from "./zoo-server";

export const originFaults: readonly Exhibit[] = [
  {
    name: "trailing slash",
    respond: server({ allow: () => `${PAGE}/` }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "upper-case host",
    respond: server({ allow: () => "https://APP.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "sub-domain wildcard",
    respond: server({ allow: () => "https://*.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "no scheme",
    respond: server({ allow: () => "app.example.com" }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "default port",
    respond: server({ allow: () => `${PAGE}:443` }),
    finds: ["origin-never-matches"],
    options: put,
  },
  {
    name: "another origin",
    respond: server({ allow: () => "https://www.example.com" }),
    finds: ["request-refused-by-policy"],
    options: put,
  },
  {
    name: "comma list",
    respond: server({ allow: () => `${PAGE}, https://www.example.com` }),
    finds: ["allow-origin-multiple-values"],
    options: put,
  },
  {
    name: "two lines",
    respond: (request, socket) =>
      (server({})(request, socket) ?? "").replace(
        "\r\n",
        `\r\nAccess-Control-Allow-Origin: ${PAGE}\r\n`,
      ),
    finds: ["allow-origin-multiple-values"],
    options: put,
  },
  {
    name: "* with credentials",
    respond: server({ allow: () => "*", vary: null }),
    finds: ["wildcard-origin-with-credentials"],
    options: put,
  },
  {
    name: "* and a page with credentials",
    respond: server(star),
    finds: ["wildcard-origin-with-credentials"],
    options: { ...put, credentials: true },
  },
  {
    name: "credentials True",
    respond: server({ credentials: "True" }),
    finds: ["credentials-value-invalid"],
    options: put,
  },
  {
    name: "credentials absent and needed",
    respond: server({ credentials: null }),
    finds: ["request-refused-by-policy"],
    options: { ...put, credentials: true },
  },
  {
    name: "no CORS and a page that needs it",
    respond: () => response(200),
    finds: ["cors-not-configured"],
    options: put,
  },
];

export const responseFaults: readonly Exhibit[] = [
  {
    name: "data without Allow-Origin",
    respond: server({ allowInResponse: () => null }),
    finds: ["success-response-without-allow-origin"],
    options: put,
  },
  {
    name: "401 without Allow-Origin",
    respond: server({ status: 401, allowInResponse: () => null }),
    finds: ["error-response-without-allow-origin"],
    options: put,
  },
  {
    name: "500 without Allow-Origin",
    respond: server({ status: 500, allowInResponse: () => null }),
    finds: ["error-response-without-allow-origin"],
    options: put,
  },
  {
    name: "unknown parameter without Allow-Origin",
    respond: (request, socket) =>
      request.path.includes("__cors_probe") && request.get("origin") === PAGE
        ? response(404)
        : server({})(request, socket),
    finds: ["error-response-without-allow-origin"],
    options: {
      api: { origins: [PAGE], routes: [{ path: "/orders/{id}", methods: ["GET"] }] },
      origins: [],
    },
  },
  {
    name: "preflight and response disagree",
    respond: server({ allowInResponse: () => "https://www.example.com", vary: null }),
    finds: ["preflight-and-response-disagree", "request-refused-by-policy"],
    options: put,
  },
  {
    name: "header that the page reads and cannot",
    respond: server({ headersOfResponse: { "X-Total-Count": "7" } }),
    finds: ["response-header-not-exposed"],
    options: {
      api: {
        origins: [PAGE],
        routes: [{ path: "/orders", methods: ["GET"], readsHeaders: { GET: ["X-Total-Count"] } }],
      },
    },
  },
];
