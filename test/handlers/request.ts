/** Requests as functions get them from their fronts. */

interface Wishes {
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** A request as a Function URL and payload 2.0 make it, with what serverless adapters look for. */
export function request(
  method: string,
  way: string,
  { origin = "https://shop.example.com", headers = {}, path = "/orders" }: Wishes = {},
): object {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: `way=${way}`,
    headers: {
      host: "api.example.com",
      origin,
      ...(method === "OPTIONS" ? { "access-control-request-method": "GET" } : {}),
      ...headers,
    },
    queryStringParameters: { way },
    requestContext: {
      accountId: "1",
      apiId: "a",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.1",
        userAgent: "test",
      },
      requestId: "r-1",
      routeKey: "$default",
      stage: "$default",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 0,
    },
    httpMethod: method,
    path,
    isBase64Encoded: false,
  };
}
