/** What an authorizer says to a request before any integration is asked. */
import type { Authorization } from "../model/model";
import { requestHeader, type ApiRequest } from "./types";

export type Admission =
  /** As far as its token or signature is valid. */
  | { readonly kind: "admitted" }
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly because: string }
  | { readonly kind: "unknown"; readonly because: string };

/** Requests with a header that carries an identity are admitted: whether the identity is valid is not the code's to tell. */
export function admission(authorization: Authorization, request: ApiRequest): Admission {
  if (authorization.kind === "none") return { kind: "admitted" };
  if (authorization.kind === "unknown") return { kind: "unknown", because: authorization.because };
  const { headers, type } = authorization;
  if (headers.length === 0)
    return { kind: "unknown", because: `what the ${type} authorizer looks at cannot be seen` };
  if (headers.some((name) => requestHeader(request, name) !== undefined))
    return { kind: "admitted" };
  const status = type === "iam" ? 403 : 401;
  const what =
    request.method === "OPTIONS"
      ? "a preflight carries no credentials"
      : `the request has no ${headers[0] ?? ""}`;
  return { kind: "refused", status, because: `The ${type} authorizer refuses it: ${what}.` };
}
