/** Buckets that browsers upload to, by URLs that the application signs. */
import type { Language } from "../ir/facts";
import type { Span } from "../ir/span";
import type { CorsPolicy } from "./model";

export interface Bucket {
  readonly id: string;
  /** The construct id, or the logical id of a template. */
  readonly name: string;
  readonly language: Language;
  /** The class name in `new Bucket(…)`, or the logical id: the word to underline. */
  readonly at: Span;
  /** The whole expression or resource. */
  readonly call: Span;
  /** Its CORS rules, in the order in which S3 tries them. */
  readonly rules: readonly CorsPolicy[];
  /** Why there may be other rules than these. */
  readonly open?: string;
  /** Its name in S3, where the code gives one. */
  readonly physicalName?: string;
  /** A whole new list of rules can be written as an option of the construct. */
  readonly takesRules?: true;
}

/** A place where code signs a URL by which whoever holds it may upload. */
export interface SignedUpload {
  readonly at: Span;
  readonly method: "PUT" | "POST";
  /** Ids of the buckets: code that several stacks deploy signs for the one of each. */
  readonly buckets?: readonly string[];
  /** How the code names the bucket: the variable of the environment that holds its name, or the name itself. */
  readonly named?: { readonly variable?: string; readonly text?: string };
}
