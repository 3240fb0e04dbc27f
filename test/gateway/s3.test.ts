import assert from "node:assert/strict";
import { ruleBucket, type BucketRequest } from "../../shared/src/gateway/s3";
import type { Bucket, CorsPolicy, Strings, Value } from "../../shared/src/model/model";

const at = { file: "/stack.ts", start: 0, end: 0 };
const strings = (values: readonly string[]): Strings => ({
  kind: "known",
  at,
  value: values.map((value): Value<string> => ({ kind: "known", value, at })),
});
const field = (values: readonly string[]) => ({ name: at, entry: at, value: strings(values) });

function rule(origins: string[], methods: string[], headers?: string[]): CorsPolicy {
  return {
    form: "bucket",
    language: "typescript",
    at,
    allowOrigins: field(origins),
    allowMethods: field(methods),
    ...(headers ? { allowHeaders: field(headers) } : {}),
    ignored: [],
    complete: true,
  };
}

const bucket = (...rules: CorsPolicy[]): Bucket => ({
  id: "b",
  name: "Photos",
  language: "typescript",
  at,
  call: at,
  rules,
});
const app = "https://app.acmecorp.com";
const upload = (headers: string[] = [], method = "PUT", origin = app): BucketRequest => ({
  origin,
  method,
  headers,
});

describe("S3", () => {
  const table: readonly [string, Bucket, BucketRequest, string][] = [
    ["has no rule", bucket(), upload(), "rules"],
    ["has the exact origin", bucket(rule([app], ["PUT"])), upload(), "allows"],
    ["has every origin", bucket(rule(["*"], ["PUT"])), upload(), "allows"],
    ["has one * in it", bucket(rule(["https://*.acmecorp.com"], ["PUT"])), upload(), "allows"],
    ["has * for no text", bucket(rule([`${app}*`], ["PUT"])), upload(), "allows"],
    [
      "has * that does not fit",
      bucket(rule(["http://*.acmecorp.com"], ["PUT"])),
      upload(),
      "origin",
    ],
    [
      "has overlapping ends",
      bucket(rule(["https://app.acme*app.acmecorp.com"], ["PUT"])),
      upload(),
      "origin",
    ],
    ["has several *", bucket(rule(["https://*.*.com"], ["PUT"])), upload(), "unknown"],
    ["has another case", bucket(rule(["https://App.acmecorp.com"], ["PUT"])), upload(), "unknown"],
    ["lacks the method", bucket(rule(["*"], ["GET", "POST"], ["*"])), upload(), "method"],
    ["has no headers and none is asked", bucket(rule(["*"], ["PUT"])), upload(), "allows"],
    ["has no headers", bucket(rule(["*"], ["PUT"])), upload(["content-type"]), "headers"],
    [
      "has headers in another case",
      bucket(rule(["*"], ["PUT"], ["Content-Type"])),
      upload(["content-type"]),
      "allows",
    ],
    [
      "has a part of the headers",
      bucket(rule(["*"], ["PUT"], ["x-amz-*"])),
      upload(["content-type", "x-amz-acl"]),
      "headers",
    ],
    [
      "has all in a later rule",
      bucket(rule([app], ["GET"]), rule(["*"], ["PUT"], ["*"])),
      upload(["x-amz-acl"]),
      "allows",
    ],
    [
      "has the parts in several rules",
      bucket(rule([app], ["GET"], ["*"]), rule(["https://other.com"], ["PUT"])),
      upload(),
      "method",
    ],
    ["may have other rules", { ...bucket(), open: "not seen" }, upload(), "unknown"],
    [
      "may have the rule",
      bucket({ ...rule(["*"], ["PUT"]), conditional: true }),
      upload(),
      "unknown",
    ],
  ];
  for (const [name, given, request, expected] of table)
    it(name, () => {
      const ruling = ruleBucket(given, request);
      assert.equal(ruling.kind === "refuses" ? ruling.lack.what : ruling.kind, expected);
    });

  it("takes the first rule that fits", () => {
    const [first, second] = [rule(["*"], ["PUT"]), rule([app], ["PUT"])];
    const ruling = ruleBucket(bucket(first, second), upload());
    assert.deepEqual(ruling, { kind: "allows", rule: first });
  });
});
