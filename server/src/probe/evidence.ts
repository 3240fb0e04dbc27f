/** Which exchange a verdict was judged from, and which of its bytes failed. */
import { getHeader, type StepId } from "../../../shared/src/browser";
import type { ProbeReport } from "./run";
import type { Verdict } from "./verdicts";
import type { WireExchange } from "./wire";

/** The exchange of this stage for the verdict's page; null when none was asked. */
export function exchangeOf(
  exchanges: readonly WireExchange[],
  { url, origin, method }: Verdict,
  stage: "preflight" | "response",
): WireExchange | null {
  const [plain] = url.split("?");
  const own = exchanges.filter(({ request }) => {
    const isPreflight = request.method === "OPTIONS";
    const same = request.url.split("?")[0] === plain;
    return (
      same &&
      isPreflight === (stage === "preflight") &&
      getHeader(request.headers, "Origin") === origin
    );
  });
  const asked = own.find(({ request }) => {
    const meant = getHeader(request.headers, "Access-Control-Request-Method") ?? request.method;
    return meant === method;
  });
  return asked ?? own[0] ?? null;
}

const HEADER_OF: readonly (readonly [step: RegExp, header: string])[] = [
  [/allow-origin/, "Access-Control-Allow-Origin"],
  [/allow-credentials/, "Access-Control-Allow-Credentials"],
  [/methods-valid|method-allowed/, "Access-Control-Allow-Methods"],
  [/headers-valid|header-allowed|authorization-listed/, "Access-Control-Allow-Headers"],
  [/redirect/, "Location"],
];

/** What the failing step looked at, byte for byte as far as a text can show it. */
export function failingBytes(
  report: Pick<ProbeReport, "exchanges">,
  verdict: Verdict,
  step: StepId,
): readonly string[] {
  const stage = step.startsWith("preflight-") ? "preflight" : "response";
  const response = exchangeOf(report.exchanges, verdict, stage)?.response;
  if (!response) return [];
  if (step === "preflight-status-ok") return [`status: ${String(response.status)}`];
  const header = HEADER_OF.find(([pattern]) => pattern.test(step))?.[1];
  if (header === undefined) return [];
  const lines = response.headers.filter(([name]) => name.toLowerCase() === header.toLowerCase());
  if (lines.length === 0) return [`${header}: (absent)`];
  return lines.map(([name, value]) => `${name}: ${value}`);
}
