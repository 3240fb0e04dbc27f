/**
 * A bucket on loopback: S3's CORS procedure as AWS documents it (PutBucketCors, "Troubleshooting CORS"), written from that
 * text and not with the product's own `gateway/s3`.
 */
import type { Json } from "../synth/template";
import type { Gateway } from "./gateway";

interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
}

/** The rules of the only bucket of a template. */
export function rulesIn(template: Json): readonly CorsRule[] {
  interface Resource {
    readonly Type: string;
    readonly Properties?: { readonly CorsConfiguration?: { readonly CorsRules: CorsRule[] } };
  }
  const { Resources } = template as unknown as { Resources: Record<string, Resource> };
  const [bucket, ...others] = Object.values(Resources).filter(
    ({ Type }) => Type === "AWS::S3::Bucket",
  );
  if (!bucket || others.length > 0) throw new Error("not one bucket");
  return bucket.Properties?.CorsConfiguration?.CorsRules ?? [];
}

export function bucketOf(rules: readonly CorsRule[]): Gateway {
  return ({ method, headers }) => {
    const sent = (name: string): string | undefined =>
      headers.find(([each]) => each.toLowerCase() === name)?.[1];
    const origin = sent("origin") ?? "";
    const isPreflight = method === "OPTIONS";
    const wanted = isPreflight ? (sent("access-control-request-method") ?? "") : method;
    const asked = (isPreflight ? (sent("access-control-request-headers") ?? "") : "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const rule = rules.find(
      ({ AllowedOrigins, AllowedMethods, AllowedHeaders = [] }) =>
        AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
        AllowedMethods.includes(wanted) &&
        asked.every((name) => AllowedHeaders.some((pattern) => matches(pattern, name))),
    );
    const answer = { body: "", status: isPreflight && !rule ? 403 : 200 };
    const own: [string, string][] = [["ETag", '"1"']];
    if (!rule) return Promise.resolve({ ...answer, headers: own });
    const open = rule.AllowedOrigins.find((pattern) => matches(pattern, origin)) === "*";
    const cors: [string, string][] = [
      ["Access-Control-Allow-Origin", open ? "*" : origin],
      ["Access-Control-Allow-Methods", rule.AllowedMethods.join(", ")],
      ["Access-Control-Expose-Headers", (rule.ExposedHeaders ?? []).join(", ")],
      ...(asked.length > 0
        ? [["Access-Control-Allow-Headers", asked.join(", ")] as [string, string]]
        : []),
      ...(open ? [] : [["Access-Control-Allow-Credentials", "true"] as [string, string]]),
    ];
    return Promise.resolve({ ...answer, headers: [...own, ...cors] });
  };
}

/** One `*` is any text. */
function matches(pattern: string, text: string): boolean {
  const [begin = "", end] = pattern.toLowerCase().split("*");
  const lower = text.toLowerCase();
  if (end === undefined) return begin === lower;
  return (
    lower.length >= begin.length + end.length && lower.startsWith(begin) && lower.endsWith(end)
  );
}
