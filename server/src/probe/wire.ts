/** What goes over the wire and comes back, as plain data for the report. */
import type { Header, Tolerated } from "../../../shared/src/browser";

/** A request byte for byte, but for the version's own framing. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  /** Without Host and Connection, which the transport writes. */
  readonly headers: readonly Header[];
}

export type FailureKind =
  | "dns"
  | "connect"
  | "tls"
  | "timeout"
  | "reset"
  | "invalid-head"
  | "head-too-large"
  | "refused"
  | "cancelled";

/** Why there is no response. */
export interface WireFailure {
  readonly kind: FailureKind;
  /** What Chromium would print. */
  readonly netError: string;
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** The head of a response; bodies are never read. */
export interface WireHead {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly protocol: "HTTP/1.1" | "h2";
  /** Slips that Chromium forgives and other parsers do not. */
  readonly tolerated: readonly Tolerated[];
}

/** One request and what came of it. */
export interface WireExchange {
  readonly request: WireRequest;
  readonly response: WireHead | null;
  readonly failure: WireFailure | null;
  /** The address that was connected to. */
  readonly address: string | null;
  /** Milliseconds from the first connection attempt to the end of the head. */
  readonly duration: number;
}

export function failure(kind: FailureKind, netError: string, reason: string): WireFailure {
  return { kind, netError, reason };
}

/** Whether a value is a failure. */
export function isFailure(value: object): value is WireFailure {
  return "netError" in value;
}

/** Whether anything went to the network: an address that is refused or has no number is not asked. */
export function wasSent({ failure: lost }: WireExchange): boolean {
  return lost?.kind !== "refused" && lost?.kind !== "dns";
}
