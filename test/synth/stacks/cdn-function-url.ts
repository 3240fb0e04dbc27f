import { Duration, Stack } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export class UrlBehindCdn extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const url = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    const headers = new cloudfront.ResponseHeadersPolicy(this, "Headers", {
      corsBehavior: {
        accessControlAllowOrigins: ["https://app.example.com"],
        accessControlAllowMethods: ["GET", "POST"],
        accessControlAllowHeaders: ["content-type"],
        accessControlAllowCredentials: true,
        accessControlMaxAge: Duration.hours(1),
        originOverride: true,
      },
    });
    new cloudfront.Distribution(this, "Cdn", {
      defaultBehavior: {
        origin: origins.FunctionUrlOrigin.withOriginAccessControl(url),
        responseHeadersPolicy: headers,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy: new cloudfront.CachePolicy(this, "Cache", {
          headerBehavior: cloudfront.CacheHeaderBehavior.allowList("Origin"),
        }),
      },
    });
  }
}
