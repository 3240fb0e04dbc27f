import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "upload-refused-by-bucket";

/** A stack with a bucket and a function that signs, behind an API that pages of `origin` may call. */
function shopTs(
  bucket: string,
  { variable = "photos.bucketName", origin = "https://app.acmecorp.com" } = {},
): string {
  return stackTs(`
      import { Bucket, CfnBucket, HttpMethods } from "aws-cdk-lib/aws-s3";
      ${bucket}
      const sign = new NodejsFunction(stack, "Sign", { entry: "/sign.ts", environment: { BUCKET: ${variable} } });
      const api = new HttpApi(stack, "PhotosApi", { corsPreflight: { allowOrigins: ["${origin}"], allowHeaders: ["content-type"] } });
      api.addRoutes({ path: "/uploads", methods: [HttpMethod.POST, HttpMethod.GET], integration: new HttpLambdaIntegration("I", sign) });`);
}

const signTs = `
//- /sign.ts
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
export const handler = async () => {
  const url = await getSignedUrl(new S3Client({}), new PutObjectCommand({ Bucket: process.env.BUCKET!, Key: "x" }));
  return { statusCode: 200, body: JSON.stringify({ url }) };
};
`;

const page = (upload: string): string => `
//- /web/upload.ts
import axios from "axios";
const api = import.meta.env.VITE_PHOTOS_API_URL;
export async function upload(file: File) {
  const response = await fetch(api + "/uploads", { method: "POST" });
  const { url } = await response.json();
  ${upload}
}
`;

const put = page(
  `await fetch(url, { method: "PUT", headers: { "Content-Type": file.type, "x-amz-meta-name": file.name }, body: file });`,
);
const none = `new Bucket(stack, "Photos");`;
const marked = `const photos = ${none}
      //                 ^^^^^^ [warning] The browser refuses uploads to Photos: the bucket has no CORS rule.`;

const rulesWith = (
  options: string,
  mark = "",
): string => `const photos = new Bucket(stack, "Photos");
      photos.addCorsRule({
        allowedOrigins: ["https://app.acmecorp.com"],
        ${options}${mark}
      });`;

describe(rule, () => {
  it("tells of a bucket without rules, by fetch, axios, XMLHttpRequest and through functions", async () => {
    const uploads = [
      `await fetch(url, { method: "PUT", body: file });`,
      `await axios.put(url, file, { headers: { "Content-Type": file.type } });`,
      `await axios({ url, method: "put", data: file });`,
      `const request = new XMLHttpRequest();
  request.open("PUT", url);
  request.send(file);`,
      `const send = (to: string, body: Blob) => fetch(to, { method: "PUT", body });
  return send(url, file);`,
    ];
    for (const upload of uploads) await check(rule, shopTs(marked) + signTs + page(upload));
    const uppy = `
//- /web/upload.ts
import Uppy from "@uppy/core";
import AwsS3 from "@uppy/aws-s3";
const api = import.meta.env.VITE_PHOTOS_API_URL;
new Uppy().use(AwsS3, {
  async getUploadParameters(file) {
    const response = await fetch(api + "/uploads", { method: "POST" });
    const { url } = await response.json();
    return { method: "PUT", url, headers: { "content-type": file.type } };
  },
});
`;
    await check(rule, shopTs(marked) + signTs + uppy);
    const chained = `
//- /web/upload.ts
const api = import.meta.env.VITE_PHOTOS_API_URL;
export const upload = (file: File) =>
  axios.post(api + "/uploads").then(({ data }) => axios.put(data.upload.url, file));
import axios from "axios";
`;
    await check(rule, shopTs(marked) + signTs + chained);
  });

  it("tells of methods and headers that the nearest rule lacks, and completes it", async () => {
    await check(
      rule,
      shopTs(
        rulesWith(
          `allowedMethods: [HttpMethods.GET],
      //^^^^^^^^^^^^^^ [warning] The browser refuses uploads to Photos: no CORS rule allows PUT.`,
        ),
      ) +
        signTs +
        put,
      shopTs(
        rulesWith(
          `allowedMethods: [HttpMethods.GET, HttpMethods.PUT],
        allowedHeaders: ["content-type", "x-amz-meta-name"],`,
        ),
      ) +
        signTs +
        put,
    );
    await check(
      rule,
      shopTs(
        rulesWith(`allowedMethods: [HttpMethods.PUT],
        allowedHeaders: ["Content-*"],
      //^^^^^^^^^^^^^^ [warning] The browser refuses uploads to Photos: the page sends x-amz-meta-name.`),
      ) +
        signTs +
        put,
      shopTs(
        rulesWith(`allowedMethods: [HttpMethods.PUT],
        allowedHeaders: ["Content-*", "x-amz-meta-name"],`),
      ) +
        signTs +
        put,
    );
  });

  it("tells of an origin that the API allows and the bucket does not", async () => {
    const bucket = (
      origins: string,
      mark = "",
    ) => `const photos = new CfnBucket(stack, "Photos", { corsConfiguration: { corsRules: [{
        allowedMethods: ["PUT"],
        allowedHeaders: ["*"],
        allowedOrigins: [${origins}],${mark}
      }] } });`;
    const mark = `
      //^^^^^^^^^^^^^^ [warning] The browser refuses uploads from https://app.acmecorp.com.`;
    const files = (text: string) => shopTs(text, { variable: "photos.ref" }) + signTs + put;
    await check(
      rule,
      files(bucket(`"https://www.acmecorp.com"`, mark)),
      files(bucket(`"https://www.acmecorp.com", "https://app.acmecorp.com"`)),
    );
    await check(rule, files(bucket(`"https://*.acmecorp.com"`)));
  });

  it("is silent where rules allow it, cannot be seen, or another call may be meant", async () => {
    const silent = [
      rulesWith(`allowedMethods: [HttpMethods.PUT], allowedHeaders: ["*"],`),
      rulesWith(`allowedMethods: [HttpMethods.PUT], allowedHeaders: process.argv,`),
      `const photos = new Bucket(stack, "Photos", { cors: JSON.parse(process.argv[2]) });`,
      `const photos = Bucket.fromBucketName(stack, "Photos", "photos");`,
      `import { AwsCustomResource } from "aws-cdk-lib/custom-resources";
      const photos = new Bucket(stack, "Photos");
      new AwsCustomResource(stack, "Rules", { onCreate: { service: "S3", action: "putBucketCors", parameters: {} } });`,
      `const photos = new Bucket(stack, "Photos", options(stack));
       declare function options(stack: Stack): object;`,
    ];
    for (const bucket of silent) await check(rule, shopTs(bucket) + signTs + put);
    // What is put together with the answer is another URL: what pages may ask for is an information all the same.
    await check(
      rule,
      shopTs(marked.replace("[warning]", "[information]")) +
        signTs +
        page(`await fetch("https://files.acmecorp.com/" + url, { method: "PUT", body: file });`),
    );
  });

  it("is an information where no page is seen, and silent where no page may call", async () => {
    const told = `const photos = ${none}
      //                 ^^^^^^ [information] The browser refuses uploads to Photos: the bucket has no CORS rule.`;
    await check(rule, shopTs(told) + signTs);
    const apart = shopTs(`const photos = ${none}`).replace(/, \{ corsPreflight: .*? \} \}\)/, ")");
    await check(rule, apart + signTs);
  });

  it("knows the SDKs of both languages, and what a function is granted", async () => {
    const signers = [
      `import AWS from "aws-sdk";
const s3 = new AWS.S3();
export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ url: s3.getSignedUrl("putObject", { Bucket: process.env.BUCKET, Key: "x" }) }) });`,
      `import { S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
export const handler = async () => ({ statusCode: 200, body: JSON.stringify(await createPresignedPost(new S3Client({}), { Bucket: process.env.BUCKET!, Key: "x" })) });`,
    ];
    const post = page(`const form = new FormData();
  form.append("file", file);
  await fetch(url, { method: "POST", body: form });`);
    await check(rule, `${shopTs(marked)}\n//- /sign.ts\n${signers[0] ?? ""}\n${put}`);
    await check(rule, `${shopTs(marked)}\n//- /sign.ts\n${signers[1] ?? ""}\n${post}`);
    const stack = (mark = "") =>
      stackPy(`
      from aws_cdk import aws_s3 as s3
      photos = s3.Bucket(stack, "Photos")${mark}
      sign = lambda_.Function(stack, "Sign", runtime=lambda_.Runtime.PYTHON_3_13, handler="sign.handler", code=lambda_.Code.from_asset("/lambda"))
      photos.grant_read_write(sign)
      api = apigwv2.HttpApi(stack, "PhotosApi", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"], allow_headers=["content-type"]))
      api.add_routes(path="/uploads", methods=[apigwv2.HttpMethod.POST], integration=integrations.HttpLambdaIntegration("I", sign))`);
    const handler = `
#- /lambda/sign.py
import boto3
from settings import BUCKET

def handler(event, context):
    client = boto3.client("s3")
    post = client.generate_presigned_post(Bucket=BUCKET, Key="x")
    return {"statusCode": 200, "body": str(post)}
`;
    const mark = `
      #           ^^^^^^ [warning] The browser refuses uploads to Photos: the bucket has no CORS rule.`;
    await check(rule, stack(mark) + handler + post);
  });

  it("tells of ETag where the rule that is taken does not expose it", async () => {
    const reads = page(`const answer = await fetch(url, { method: "PUT", body: file });
  return answer.headers.get("ETag");
  //                        ^^^^^^ [warning] The page gets null here: the bucket's rule does not expose ETag.`);
    const allowed = "allowedMethods: [HttpMethods.PUT],";
    const other = "response-header-not-exposed";
    const silent = reads.replace(/\n *\/\/ *\^.*/, "");
    await check(
      other,
      shopTs(rulesWith(allowed)) + signTs + reads,
      shopTs(rulesWith(`${allowed}\n        exposedHeaders: ["ETag"],`)) + signTs + silent,
    );
    await check(other, shopTs(rulesWith("allowedMethods: [HttpMethods.GET],")) + signTs + silent);
  });

  it("follows routes that a framework calls", async () => {
    const stack = stackPy(`
      from aws_cdk import aws_s3 as s3
      photos = s3.Bucket(stack, "Photos")
      #           ^^^^^^ [information] The browser refuses uploads to Photos: the bucket has no CORS rule.
      sign = lambda_.Function(stack, "Sign", runtime=lambda_.Runtime.PYTHON_3_13, handler="sign.handler", code=lambda_.Code.from_asset("/lambda"), environment={"BUCKET": photos.bucket_name})
      api = apigwv2.HttpApi(stack, "PhotosApi", cors_preflight=apigwv2.CorsPreflightOptions(allow_origins=["https://app.acmecorp.com"], allow_headers=["content-type"]))
      api.add_routes(path="/{proxy+}", methods=[apigwv2.HttpMethod.POST], integration=integrations.HttpLambdaIntegration("I", sign))`);
    const signed = `client.generate_presigned_url(ClientMethod="put_object", Params={"Bucket": os.getenv("BUCKET"), "Key": "x"})`;
    const fastapi = `
#- /lambda/sign.py
import boto3
import os
from fastapi import APIRouter, FastAPI
from mangum import Mangum
app = FastAPI()
router = APIRouter()
client = boto3.client("s3")
@router.post("/uploads")
def sign(name: str):
    return {"url": ${signed}}
app.include_router(router)
handler = Mangum(app)
`;
    const powertools = `
#- /lambda/sign.py
import boto3
import os
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
app = APIGatewayHttpResolver()
@app.post("/uploads")
def sign():
    client = boto3.client("s3")
    return {"url": ${signed}}
def handler(event, context):
    return app.resolve(event, context)
`;
    await check(rule, stack + fastapi);
    await check(rule, stack + powertools);
    const express = `
//- /sign.ts
import express from "express";
import serverless from "serverless-http";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
const app = express();
app.post("/uploads", async (request, response) => {
  const command = new PutObjectCommand({ Bucket: process.env.BUCKET, Key: "x" });
  response.json({ url: await getSignedUrl(new S3Client({}), command) });
});
export const handler = serverless(app);
`;
    await check(rule, shopTs(marked.replace("[warning]", "[information]")) + express);
  });

  it("knows a template's bucket by its id and by the parameter that names it", async () => {
    const template = (variable: string, name: string): string => `#- /template.yaml
Transform: AWS::Serverless-2016-10-31
Parameters:
  PhotosName:
    Type: String
Resources:
  Other:
    Type: AWS::S3::Bucket
  Photos:
# ^^^^^^ [information] The browser refuses uploads to Photos: the bucket has no CORS rule.
    Type: AWS::S3::Bucket${name}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins:
          - https://app.acmecorp.com
  Sign:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: sign.handler
      Environment:
        Variables:
          BUCKET: ${variable}
      Events:
        Upload:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api
            Path: /uploads
            Method: POST
${signTs}`;
    await check(rule, template("!Ref Photos", ""));
    const named = "\n    Properties:\n      BucketName: !Ref PhotosName";
    await check(rule, template("!Ref PhotosName", named));
  });
});
