/** Faults of the allow-list, of caches, and what stops a request before CORS. */
import { type Respond } from "./loopback";
import { server, isPreflight, put, own, PAGE, type Exhibit } from "./zoo-server";

/** A cache that forgets to put Origin into its key. */
function cachingOneOrigin(): Respond {
  const kept = new Map<string, string>();
  const origin = server({ vary: null, allow: (asked) => asked });
  return (request, socket) => {
    if (isPreflight(request)) return server({})(request, socket);
    const hit = kept.get(request.path);
    if (hit !== undefined)
      return hit.replace("\r\n", "\r\nX-Cache: Hit from cloudfront\r\nAge: 3\r\n");
    const fresh = origin(request, socket) ?? "";
    kept.set(request.path, fresh);
    return fresh.replace("\r\n", "\r\nX-Cache: Miss from cloudfront\r\n");
  };
}

export const listFaults: readonly Exhibit[] = [
  {
    name: "any origin reflected with credentials",
    respond: server({ allow: (origin) => origin }),
    finds: ["reflected-origin-unchecked"],
    options: own,
  },
  {
    name: "any origin reflected without credentials",
    respond: server({ allow: (origin) => origin, credentials: null }),
    finds: ["reflected-origin-unchecked"],
    options: put,
  },
  {
    name: "startsWith",
    respond: server({ allow: (origin) => (origin?.startsWith(PAGE) === true ? origin : null) }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "endsWith",
    respond: server({
      allow: (origin) =>
        origin?.endsWith("app.example.com") === true && origin.startsWith("https") ? origin : null,
    }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "the API's own host at the beginning",
    respond: server({
      allow: (origin) =>
        origin === PAGE || origin?.startsWith("https://api.example.com") === true ? origin : null,
    }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "any origin reflected for preflights of a method that is not read",
    respond: server({
      allow: (origin) => origin,
      allowInResponse: (origin) => (origin === PAGE ? origin : null),
    }),
    finds: ["reflected-origin-unchecked"],
    options: put,
  },
  {
    name: "unescaped dot",
    respond: server({
      allow: (origin) => (/^https:\/\/app.example.com$/.test(origin ?? "") ? origin : null),
    }),
    finds: ["origin-check-bypassable"],
    options: own,
  },
  {
    name: "every sub-domain",
    respond: server({
      allow: (origin) =>
        /^https:\/\/([\w-]+\.)?app\.example\.com$/.test(origin ?? "") ? origin : null,
    }),
    finds: ["subdomain-origin-accepted"],
    options: own,
  },
  {
    name: "http as well",
    respond: server({
      allow: (origin) => (/^https?:\/\/app\.example\.com$/.test(origin ?? "") ? origin : null),
    }),
    finds: ["http-origin-accepted"],
    options: own,
  },
  {
    name: "null allowed",
    respond: server({ allow: (origin) => (origin === "null" || origin === PAGE ? origin : null) }),
    finds: ["null-origin-allowed"],
    options: put,
  },
  {
    name: "no Vary",
    respond: server({ vary: null }),
    finds: ["vary-origin-missing"],
    options: put,
  },
  {
    name: "no Vary without Origin, and cacheable",
    respond: (request, socket) =>
      server({
        vary: request.get("origin") === null ? null : "Origin",
        headersOfResponse: { "Cache-Control": "max-age=60" },
      })(request, socket),
    finds: ["vary-origin-missing"],
    options: put,
  },
  {
    name: "shared cache without Origin in the key",
    respond: cachingOneOrigin(),
    finds: ["reflected-origin-unchecked", "vary-origin-missing", "cdn-caches-one-origin"],
    options: put,
  },
  {
    name: "public page, local API",
    respond: server({}),
    finds: ["local-network-permission"],
    options: put,
    at: "http-loopback",
  },
  {
    name: "https page, http API",
    respond: server({}),
    finds: ["mixed-content"],
    options: put,
    at: "http",
  },
];
