/** The requests that every handler of `cases/` is run with: enough to drive each of its paths. */

const methods = ["GET", "POST", "OPTIONS", "DELETE"];

const origins = [
  undefined,
  "https://shop.example.com",
  "https://admin.example.com",
  "https://shop.example.com.evil.test",
  "https://evil-example.com",
  "http://localhost:5173",
];

/** What a request asks a handler to do: handlers read it as `queryStringParameters.way`. */
const ways = ["ok", "missing", "boom", "teapot", undefined];

const bodies = ['{"name":"pen","count":2}', "{}", "{broken", null];

interface Wish {
  readonly method: string;
  readonly origin: string | undefined;
  readonly way?: string | undefined;
  readonly body?: string | null;
  readonly path?: string;
  readonly token?: string;
}

/** An event that is read alike by handlers of payload format 1.0 and 2.0. */
export function eventOf({
  method,
  origin,
  way,
  body = null,
  path = "/orders",
  token,
}: Wish): object {
  const headers = {
    host: "api.example.com",
    ...(origin === undefined ? {} : { origin, Origin: origin }),
    ...(token === undefined ? {} : { authorization: token, Authorization: token }),
  };
  return {
    version: "2.0",
    httpMethod: method,
    path,
    rawPath: path,
    resource: path,
    routeKey: `${method} ${path}`,
    headers,
    queryStringParameters: way === undefined ? {} : { way },
    pathParameters: path === "/orders/7" ? { id: "7" } : {},
    requestContext: { http: { method, path }, requestId: "r-1" },
    body,
    isBase64Encoded: false,
  };
}

export const wishes: readonly Wish[] = [
  ...methods.flatMap((method) =>
    origins.flatMap((origin) => ways.map((way) => ({ method, origin, way }))),
  ),
  ...methods.flatMap((method) =>
    origins
      .slice(0, 3)
      .flatMap((origin) =>
        bodies.flatMap((body) =>
          ["ok", "boom", undefined].map((way) => ({ method, origin, way, body })),
        ),
      ),
  ),
  ...methods.flatMap((method) =>
    ["/orders/7", "/nowhere"].map((path) => ({ method, path, origin: origins[1], way: "ok" })),
  ),
  ...["Bearer good", "Bearer bad"].map((token) => ({
    method: "GET",
    token,
    origin: origins[1],
    way: "ok",
  })),
];
