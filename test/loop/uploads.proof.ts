/** Uploads: what the rule says a browser refuses, a browser refuses; after the fix it does not. */
import assert from "node:assert/strict";
import { requires } from "../requires";
import { findingsIn, fixedFiles } from "../rules/check";
import { synthesizeText } from "../synth/synthesize-text";
import { CHROMIUM, hasBrowser, openPages, type Visit } from "./browser";
import { bucketOf, rulesIn } from "./bucket";
import { startServer } from "./server";

const rule = "upload-refused-by-bucket";

interface Case {
  readonly what: string;
  /** Options of the bucket. */
  readonly bucket: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly refused: boolean;
}

const png = { "content-type": "image/png" };
const rules = (text: string): string => `, { cors: [${text}] }`;
const cases: readonly Case[] = [
  { what: "no rule", bucket: "", headers: png, refused: true },
  {
    what: "another method",
    bucket: rules(`{ allowedOrigins: ["*"], allowedMethods: [s3.HttpMethods.GET] }`),
    headers: png,
    refused: true,
  },
  {
    what: "a header that no rule allows",
    bucket: rules(
      `{ allowedOrigins: ["https://app.acmecorp.com"], allowedMethods: [s3.HttpMethods.PUT], allowedHeaders: ["content-*"] }`,
    ),
    headers: { ...png, "x-amz-meta-name": "x" },
    refused: true,
  },
  {
    what: "another origin",
    bucket: rules(
      `{ allowedOrigins: ["https://www.acmecorp.com"], allowedMethods: [s3.HttpMethods.PUT], allowedHeaders: ["*"] }`,
    ),
    headers: png,
    refused: true,
  },
  {
    what: "a later rule that fits",
    bucket: rules(
      `{ allowedOrigins: ["*"], allowedMethods: [s3.HttpMethods.GET] }, { allowedOrigins: ["https://*.acmecorp.com"], allowedMethods: [s3.HttpMethods.PUT], allowedHeaders: ["x-*", "content-type"] }`,
    ),
    headers: { ...png, "x-amz-meta-name": "x" },
    refused: false,
  },
];

function files({ bucket, headers }: Case): ReadonlyMap<string, string> {
  const stack = `import { App, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";

export const app = new App();
const stack = new Stack(app, "Shop");
const photos = new s3.Bucket(stack, "Photos"${bucket});
const sign = new lambda.Function(stack, "Sign", {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: "index.handler",
  code: lambda.Code.fromInline(\`
const { PutObjectCommand, S3Client } = require("@aws-sdk/client-s3");
const { getSignedUrl } = require("@aws-sdk/s3-request-presigner");
exports.handler = async () => {
  const command = new PutObjectCommand({ Bucket: process.env.BUCKET, Key: "x" });
  return { statusCode: 200, body: JSON.stringify({ url: await getSignedUrl(new S3Client({}), command) }) };
};\`),
  environment: { BUCKET: photos.bucketName },
});
const api = new HttpApi(stack, "PhotosApi", {
  corsPreflight: {
    allowOrigins: ["https://app.acmecorp.com"],
    allowMethods: [CorsHttpMethod.POST],
  },
});
api.addRoutes({ path: "/uploads", methods: [HttpMethod.POST], integration: new HttpLambdaIntegration("I", sign) });
`;
  const page = `const api = import.meta.env.VITE_PHOTOS_API_URL;
export async function upload(body) {
  const { url } = await (await fetch(api + "/uploads", { method: "POST" })).json();
  await fetch(url, { method: "PUT", headers: ${JSON.stringify(headers)}, body });
}
`;
  return new Map([
    ["/stack.ts", stack],
    ["/web/upload.js", page],
  ]);
}

describe("uploads to a bucket, in a browser", function () {
  this.timeout(120_000);

  it("are refused as the rule says, and made after the fix", async function () {
    requires(this, hasBrowser(), `no Chromium at ${CHROMIUM} (set CHROMIUM)`);
    const gateways = new Map<string, ReturnType<typeof bucketOf>>();
    const visits: Visit[] = [];
    const visit = async (host: string, one: Case, text: string): Promise<void> => {
      const [template] = await synthesizeText(text, "/");
      assert.ok(template);
      gateways.set(host, bucketOf(rulesIn(template)));
      const { headers } = one;
      const run = { method: "PUT", path: "/x", headers, body: "x", credentials: "omit" } as const;
      visits.push({ host, origin: "https://app.acmecorp.com", sandboxed: false, run });
    };
    for (const [index, one] of cases.entries()) {
      const before = files(one);
      const found = await findingsIn(before, [rule]);
      assert.equal(found.length, one.refused ? 1 : 0, one.what);
      const after = await fixedFiles(before, [rule], { safety: "review" });
      assert.deepEqual(await findingsIn(after, [rule]), [], one.what);
      await visit(`before-${String(index)}.s3.test`, one, before.get("/stack.ts") ?? "");
      await visit(`after-${String(index)}.s3.test`, one, after.get("/stack.ts") ?? "");
    }
    const server = await startServer({ gateways, scripts: new Map() });
    const pages = await openPages(server);
    try {
      const outcomes = new Map(
        (await pages.visit(visits)).map(({ host, outcome }) => [host, outcome.ok]),
      );
      for (const [index, { what, refused }] of cases.entries()) {
        assert.equal(outcomes.get(`before-${String(index)}.s3.test`), !refused, `${what}: before`);
        assert.equal(outcomes.get(`after-${String(index)}.s3.test`), true, `${what}: after`);
      }
    } finally {
      await pages.close();
      await server.close();
    }
  });
});
