import { check } from "./check";
import { stackTs } from "./samples";

const rule = "cdn-caches-one-origin";

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

  it("a cache that somebody chose is not turned off unasked", async () => {
    const edge = (policy: string, caret: string) =>
      stackTs(`
      import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
      import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
      const api = new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["https://a.acmecorp.com", "https://b.acmecorp.com"] } });
      new cloudfront.Distribution(stack, "Edge", {
        defaultBehavior: {
      ${caret}
          origin: new HttpOrigin(api.apiId + ".execute-api.eu-west-1.amazonaws.com"),
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          cachePolicy: cloudfront.CachePolicy.${policy},
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      });`).replace(/\n *\n( *origin:)/, "\n$1");
    await check(
      rule,
      edge("CACHING_OPTIMIZED", "//^^^^^^^^^^^^^^^ The browser may get an answer"),
      edge("CACHING_DISABLED", ""),
      { safety: "review" },
    );
  });
});
