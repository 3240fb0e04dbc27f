/** Requests that may change data, as the user sees them before they are sent. */
import { parseUrl } from "../../../shared/src/browser";
import { requestHead } from "./http1";
import type { ProbePlan, SendWish } from "./plan";
import { printableLine as printable } from "../../../shared/src/base/printable";
import { redact } from "./redact";
import { requestOf } from "./http-session";

/** Every request of the plan that the user asked for besides those that change nothing: its bytes, without secrets. */
export function agreedRequests(plan: ProbePlan): readonly string[] {
  return plan.routes.flatMap(({ url, sends }) =>
    sends.map((method) => requestBytes(plan, { method, url })),
  );
}

/** The bytes of a request that the plan withholds or sends, one header a line; over HTTP/2 the framing differs. */
export function requestBytes(plan: ProbePlan, { method, url }: Required<SendWish>): string {
  const [origin = "null"] = plan.origins;
  const request = requestOf({ method, url, origin, secrets: plan.secrets });
  const exchange = { request, response: null, failure: null, address: null, duration: 0 };
  const shown = redact(exchange, plan.secrets).request;
  const parsed = parseUrl(shown.url);
  const port = parsed?.port ?? null;
  const host = `${parsed?.host ?? ""}${port === null ? "" : `:${String(port)}`}`;
  const lines = requestHead(shown, host, parsed?.path ?? "/").split("\r\n");
  return `${lines
    .filter((line) => line !== "")
    .map((line) => `  ${printable(line)}\n`)
    .join("")}`;
}
