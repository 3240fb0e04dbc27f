/** What really came out of a handler. */

export interface Answered {
  readonly k: "answered";
  /** Absent where the handler gave none. */
  readonly status?: number;
  /** CORS headers and Vary by lower-case name, with all their values as texts. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

export type Outcome =
  | Answered
  | { readonly k: "threw"; readonly because: string }
  /** `undefined`, `null`, a text: no response in the format of the integration. */
  | { readonly k: "nothing" };

export const threw = (error: unknown): Outcome => ({
  k: "threw",
  because: error instanceof Error ? error.message : String(error),
});

/** The outcome that a handler's value is. */
export function outcomeOf(value: unknown): Outcome {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { k: "nothing" };
  const { statusCode, headers, multiValueHeaders } = value as Record<string, unknown>;
  const found = new Map<string, string[]>();
  for (const part of [headers, multiValueHeaders]) {
    for (const [name, content] of Object.entries(part ?? {})) {
      if (content === undefined || content === null || !isCors(name)) continue;
      const values = (Array.isArray(content) ? content : [content]).map(String);
      found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), ...values]);
    }
  }
  return {
    k: "answered",
    ...(statusCode === undefined ? {} : { status: Number(statusCode) }),
    headers: found,
  };
}

/** Headers that decide about CORS. */
export function isCors(name: string): boolean {
  return /^(access-control-.*|vary)$/i.test(name);
}
