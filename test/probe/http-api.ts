/** An HTTP API of API Gateway as it answers pages (AWS, http-api-cors), on loopback. */
import { type Loopback, type Received, response, startLoopback } from "./loopback";

/** The policy that is deployed. */
export interface Wire {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly credentials?: boolean;
  /** Headers of every answer of the function. */
  readonly sends?: Readonly<Record<string, string>>;
}

/** Origins are compared as texts; where one is not listed the answer has no CORS header at all. */
export function httpApi(wire: Wire): Promise<Loopback> {
  return startLoopback((request) => answer(wire, request));
}

function answer(wire: Wire, request: Received): string {
  const origin = request.get("origin");
  const preflight = request.method === "OPTIONS" && request.get("access-control-request-method");
  const common = { "apigw-requestid": "Jx1f8h2bIAMEJ9g=", ...(preflight ? {} : wire.sends) };
  const status = preflight ? 204 : 200;
  if (origin === null || !wire.origins.includes(origin)) return response(status, common);
  return response(status, {
    ...common,
    "access-control-allow-origin": origin,
    vary: "Origin",
    ...(wire.credentials === true ? { "access-control-allow-credentials": "true" } : {}),
    ...(preflight
      ? {
          "access-control-allow-methods": wire.methods.join(","),
          "access-control-allow-headers": wire.headers.join(","),
        }
      : {}),
  });
}
