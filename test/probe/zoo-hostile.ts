/** Servers that are broken or mean harm: nothing may hang. */
import { response } from "./loopback";
import { server, isPreflight, put, reset, drip, type Exhibit } from "./zoo-server";

export const hostile: readonly Exhibit[] = [
  { name: "nobody listens", respond: () => null, finds: ["endpoint-unreachable"], at: "closed" },
  {
    name: "certificate of nobody",
    respond: () => response(200),
    finds: ["tls-untrusted"],
    at: "untrusted",
  },
  {
    name: "endless head",
    respond: (_request, socket) => drip(socket, `X-Pad: ${"a".repeat(8000)}\r\n`),
    finds: ["endpoint-unreachable"],
  },
  {
    name: "slow drip",
    respond: (_request, socket) => (socket.write("HTTP/1.1 200 OK\r\nX: "), null),
    finds: ["endpoint-unreachable"],
    options: { timeout: 100 },
  },
  {
    name: "silence",
    respond: () => null,
    finds: ["endpoint-unreachable"],
    options: { timeout: 100 },
  },
  {
    name: "1 MB header",
    respond: () => response(200, { "X-Big": "a".repeat(1 << 20) }),
    finds: ["endpoint-unreachable"],
  },
  {
    name: "NUL in the head",
    respond: () => response(200, { X: "a\0b" }),
    finds: ["endpoint-unreachable"],
  },
  { name: "reset", respond: (_request, socket) => reset(socket), finds: ["endpoint-unreachable"] },
  { name: "empty answer", respond: () => "", finds: ["endpoint-unreachable"] },
  {
    name: "another protocol",
    respond: () => "SSH-2.0-OpenSSH_9.6\r\n",
    finds: ["endpoint-unreachable"],
  },
  {
    name: "half a head",
    respond: () => "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n",
    finds: ["endpoint-unreachable"],
  },
  {
    name: "OPTIONS answers, GET does not",
    respond: (request, socket) =>
      isPreflight(request) ? server({})(request, socket) : reset(socket),
    finds: ["endpoint-unreachable"],
    options: put,
  },
  {
    name: "redirect loop",
    respond: server({ status: 302, headersOfResponse: { Location: "/orders" } }),
    finds: ["endpoint-unreachable"],
    options: put,
  },
  {
    name: "redirects without end",
    respond: (request, socket) =>
      server({ status: 302, headersOfResponse: { Location: `${request.path}x` } })(request, socket),
    finds: [],
    options: put,
  },
  {
    name: "redirect to the metadata service",
    respond: server({
      status: 302,
      headersOfResponse: { Location: "https://169.254.169.254/latest" },
    }),
    finds: [],
    options: put,
  },
  {
    name: "slow down",
    respond: server({ status: 429, headersOfResponse: { "Retry-After": "60" } }),
    finds: [],
    options: put,
    note: /slow down/,
  },
];
