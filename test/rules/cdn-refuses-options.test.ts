import { check } from "./check";
import { stackTs } from "./samples";

const rule = "cdn-refuses-options";

describe(rule, () => {
  it("is silent when the distribution serves the pages as well", async () => {
    await check(
      rule,
      stackTs(`
      import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
      import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
      import { Bucket } from "aws-cdk-lib/aws-s3";
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://a.acmecorp.com", "https://b.acmecorp.com"] } });
      new cloudfront.Distribution(stack, "Edge", {
        defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Pages")) },
        additionalBehaviors: { "/api/*": { origin: new HttpOrigin(api.apiId + ".execute-api.eu-west-1.amazonaws.com") } },
      });`),
    );
  });

  it("is silent at behaviours of the pages' bucket, whatever the stack around it was given", async () => {
    const main = (before: string) => `//- /main.ts
import { App, Stack, type StackProps } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket } from "aws-cdk-lib/aws-s3";
class Pages extends Stack {
  constructor(app: App, id: string, props: StackProps & { apiId: string }) {
    super(app, id, props);
    new cloudfront.Distribution(this, "Edge", {
      ${before}
    });
  }
}
const app = new App();
const backend = new Stack(app, "Backend");
const api = new HttpApi(backend, "A", { corsPreflight: { allowOrigins: ["https://a.acmecorp.com"] } });
new Pages(app, "Pages", { apiId: api.apiId });
`;
    await check(
      rule,
      main(
        `defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(this, "B")) },`,
      ),
    );
    const named = '{ bucketName: this.account + "-pages" }';
    await check(
      rule,
      main(
        `defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(this, "B", ${named})) },`,
      ),
    );
    await check(
      rule,
      main(`defaultBehavior: { origin: new HttpOrigin(props.apiId + ".execute-api.eu-west-1.amazonaws.com") },
    //^^^^^^^^^^^^^^^ The browser's preflight gets 403`),
    );
  });
});
