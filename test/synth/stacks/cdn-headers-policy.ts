import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";

export class HeadersStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const url = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    const headers = new cloudfront.ResponseHeadersPolicy(this, "Headers", {
      corsBehavior: {
        accessControlAllowOrigins: ["https://app.example.com"],
        accessControlAllowMethods: ["GET", "POST"],
        accessControlAllowHeaders: ["content-type"],
        accessControlExposeHeaders: ["etag"],
        accessControlAllowCredentials: true,
        accessControlMaxAge: Duration.hours(1),
        originOverride: true,
      },
    });
    new cloudfront.ResponseHeadersPolicy(this, "Fonts", {
      corsBehavior: {
        accessControlAllowOrigins: ["*"],
        accessControlAllowMethods: ["ALL"],
        accessControlAllowHeaders: ["*"],
        accessControlAllowCredentials: false,
        originOverride: false,
      },
    });
    new cloudfront.ResponseHeadersPolicy(this, "Security", {
      securityHeadersBehavior: { contentTypeOptions: { override: true } },
    });
    new cloudfront.Distribution(this, "Cdn", {
      defaultBehavior: {
        origin: new origins.FunctionUrlOrigin(url),
        responseHeadersPolicy: headers,
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        originRequestPolicy: cloudfront.OriginRequestPolicy.CORS_CUSTOM_ORIGIN,
      },
    });
    const api = new apigwv2.HttpApi(this, "Api");
    api.addRoutes({ path: "/x", integration: new HttpLambdaIntegration("I", fn) });
    new cloudfront.Distribution(this, "Second", {
      defaultBehavior: {
        origin: new origins.HttpOrigin(
          `${api.httpApiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`,
        ),
        responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS,
      },
      additionalBehaviors: {
        "*.png": {
          origin: new origins.S3StaticWebsiteOrigin(
            new s3.Bucket(this, "Images", { websiteIndexDocument: "index.html" }),
          ),
        },
      },
    });
  }
}
