/** Endpoints that are right, or whose oddities are nobody's fault: a probe has nothing to say. */
import { response } from "./loopback";
import { server, preflightOnly, star, put, own, PAGE, posts, type Exhibit } from "./zoo-server";

export const correct: readonly Exhibit[] = [
  {
    name: "exact allow-list with credentials",
    respond: server({}),
    finds: [],
    options: { ...own, credentials: true },
  },
  {
    name: "public * for GET, OPTIONS not served",
    respond: preflightOnly(response(405), star),
    finds: [],
    options: { origins: [] },
  },
  { name: "public * with lists", respond: server(star), finds: [], options: put },
  {
    name: "public * for GET, OPTIONS not served, a page that reads",
    respond: preflightOnly(response(404), star),
    finds: [],
  },
  {
    name: "no CORS that nobody needs",
    respond: () => response(200),
    finds: [],
    options: { origins: [] },
    note: /sends no CORS headers/,
  },
  { name: "401 with CORS headers", respond: server({ status: 401 }), finds: [], options: put },
  { name: "404 with CORS headers", respond: server({ status: 404 }), finds: [], options: put },
  {
    name: "one fixed origin for everybody",
    respond: server({ allow: () => PAGE, vary: null }),
    finds: [],
    options: own,
  },
  {
    name: "one fixed origin, learned from the wire",
    respond: server({ allow: () => PAGE, vary: null }),
    finds: [],
    options: { origins: [] },
  },
  {
    name: "Vary in a list",
    respond: server({ vary: "Accept-Encoding, Origin" }),
    finds: [],
    options: put,
  },
  {
    name: "preflight 200 with odd but tolerated head",
    respond: preflightOnly(
      `HTTP/1.1 200 OK\nAccess-Control-Allow-Origin:\n ${PAGE}\nAccess-Control-Allow-Methods : PUT\nAccess-Control-Allow-Headers: *, authorization\nVary: Origin\ngarbage\n\nbody`,
    ),
    finds: [],
    options: put,
    note: /obs-fold/,
  },
  {
    name: "shared cache with Origin in the key",
    respond: server({ headersOfResponse: { "X-Cache": "Miss from cloudfront" } }),
    finds: [],
    options: put,
  },
  {
    name: "redirect on the same origin, CORS headers on both",
    respond: (request, socket) =>
      request.path.startsWith("/final")
        ? server({})(request, socket)
        : server({ status: 307, headersOfResponse: { Location: "/final" } })(request, socket),
    finds: [],
    options: put,
  },
  { name: "HTTP/2 only", respond: server({}), finds: [], options: put, at: "h2" },
  {
    name: "loopback page, loopback API",
    respond: server(star),
    finds: [],
    options: { ...put, origins: ["http://localhost:3000"] },
    at: "http-loopback",
  },
  {
    name: "a POST of which no page is known, and a list without Content-Type",
    respond: server({ headers: "X-Upload" }),
    finds: [],
    options: { api: posts },
  },
  {
    name: "private cache without Vary",
    respond: server({ vary: null, headersOfResponse: { "Cache-Control": "no-store" } }),
    finds: [],
    options: put,
  },
];
