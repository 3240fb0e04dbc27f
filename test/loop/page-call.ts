/** A call as a page's script makes it. */
export interface PageCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credentials: "omit" | "same-origin" | "include";
}
