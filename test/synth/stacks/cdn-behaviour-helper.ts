import { Stack, StackProps } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, OriginGroup, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const api = new apigateway.RestApi(this, "Api", { deployOptions: { stageName: "api" } });
    api.root.addMethod("GET", new apigateway.HttpIntegration("https://upstream.example.com"));
    const backup = new Bucket(this, "Backup");
    const distribution = new cloudfront.Distribution(this, "Web", {
      defaultBehavior: this.toApi(api, false),
      additionalBehaviors: {
        "api/*": this.toApi(api, true),
        "assets/*": { origin: S3BucketOrigin.withOriginAccessControl(backup) },
      },
    });
    distribution.addBehavior(
      "group/*",
      new OriginGroup({
        primaryOrigin: new HttpOrigin(this.domainOf(api)),
        fallbackOrigin: S3BucketOrigin.withOriginAccessControl(backup),
      }),
    );
  }

  private domainOf(api: apigateway.RestApi): string {
    return api.restApiId + ".execute-api." + this.region + ".amazonaws.com";
  }

  private toApi(api: apigateway.RestApi, isDynamic: boolean): cloudfront.BehaviorOptions {
    return {
      origin: new HttpOrigin(this.domainOf(api), {
        originPath: `/${api.deploymentStage.stageName}`,
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      ...(isDynamic && {
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      }),
    };
  }
}
