/** Drift: what the code says about CORS and what the deployed endpoint answers. */
import {
  byteLowercase,
  extractHeaderListValues,
  FAILURE,
  getHeader,
  type HeaderList,
} from "../../../shared/src/browser";
import { layerOf } from "./layer";
import type { RouteEvidence } from "./route-evidence";
import type { WireExchange } from "./wire";

/** The policy that the code configures; absent where the code does not say. */
export interface DeclaredPolicy {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

/** One contradiction, with the layer that probably made it. */
export interface Drift {
  readonly field: keyof DeclaredPolicy;
  /** What the code says and what the wire says, one sentence. */
  readonly message: string;
  readonly url: string;
  readonly layer?: string;
  /** Set by whoever knows the source. */
  readonly file?: string;
  readonly line?: number;
}

/** Contradictions between the declared policy and the answers to preflights, each field once. */
export function driftOf(declared: DeclaredPolicy, evidence: readonly RouteEvidence[]): Drift[] {
  const found = new Map<string, Drift>();
  const preflights = evidence.flatMap((route) => route.preflights);
  for (const { exchange, origin } of preflights) {
    const headers = exchange.response?.headers;
    if (headers === undefined) continue;
    const contradictions = [
      originDrift(declared, headers, origin),
      listDrift("allowMethods", declared.allowMethods, headers, "Access-Control-Allow-Methods"),
      listDrift("allowHeaders", declared.allowHeaders, headers, "Access-Control-Allow-Headers"),
      credentialsDrift(declared, headers),
      maxAgeDrift(declared, headers),
    ];
    for (const contradiction of contradictions) {
      if (contradiction === null || found.has(contradiction.field)) continue;
      found.set(contradiction.field, located(contradiction, exchange));
    }
  }
  return [...found.values()];
}

type Contradiction = Pick<Drift, "field" | "message">;

function located(contradiction: Contradiction, { request, response }: WireExchange): Drift {
  const layer = layerOf(response?.headers ?? []);
  return { ...contradiction, url: request.url, ...(layer === null ? {} : { layer }) };
}

function originDrift(
  { allowOrigins }: DeclaredPolicy,
  headers: HeaderList,
  origin: string,
): Contradiction | null {
  if (allowOrigins === undefined) return null;
  const declared = allowOrigins.includes("*") || allowOrigins.includes(origin);
  const value = getHeader(headers, "Access-Control-Allow-Origin");
  const allowed = value === "*" || value === origin;
  if (declared === allowed) return null;
  const message = declared
    ? `the code allows ${origin}, the endpoint answers ${value ?? "no Access-Control-Allow-Origin"}`
    : `the code does not allow ${origin}, the endpoint does`;
  // A pattern of the service (`https://*.example.com`) may cover the origin.
  const patterned = allowOrigins.some((pattern) => pattern !== "*" && pattern.includes("*"));
  return patterned && !declared ? null : { field: "allowOrigins", message };
}

function listDrift(
  field: "allowMethods" | "allowHeaders",
  declared: readonly string[] | undefined,
  headers: HeaderList,
  name: string,
): Contradiction | null {
  const listed = extractHeaderListValues(headers, name);
  if (declared === undefined || listed === null || listed === FAILURE) return null;
  const onWire = listed.map(byteLowercase);
  if (onWire.includes("*") || declared.includes("*")) return null;
  const missing = declared.filter((value) => !onWire.includes(byteLowercase(value)));
  if (missing.length === 0) return null;
  return {
    field,
    message: `the code allows ${missing.join(", ")}, the endpoint's ${name} does not`,
  };
}

function credentialsDrift(
  { allowCredentials }: DeclaredPolicy,
  headers: HeaderList,
): Contradiction | null {
  // Where the origin is refused the header says nothing.
  if (getHeader(headers, "Access-Control-Allow-Origin") === null) return null;
  const onWire = getHeader(headers, "Access-Control-Allow-Credentials") === "true";
  if (allowCredentials === undefined || allowCredentials === onWire) return null;
  const message = allowCredentials
    ? "the code allows credentials, the endpoint does not"
    : "the code does not allow credentials, the endpoint does";
  return { field: "allowCredentials", message };
}

function maxAgeDrift({ maxAge }: DeclaredPolicy, headers: HeaderList): Contradiction | null {
  const value = getHeader(headers, "Access-Control-Max-Age");
  if (maxAge === undefined || value === null || value === String(maxAge)) return null;
  const message = `the code sets a max-age of ${String(maxAge)} s, the endpoint answers ${value}`;
  return { field: "maxAge", message };
}
