import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";

export class LegacyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: ["https://app.example.com"],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: ["accept"],
      },
    });
    api.addRoutes({ path: "/x", integration: new HttpLambdaIntegration("I", fn) });
    const pages = new s3.Bucket(this, "Pages");
    new cloudfront.CloudFrontWebDistribution(this, "Cdn", {
      originConfigs: [
        { s3OriginSource: { s3BucketSource: pages }, behaviors: [{ isDefaultBehavior: true }] },
        {
          customOriginSource: {
            domainName: `${api.apiId}.execute-api.${this.region}.amazonaws.com`,
          },
          behaviors: [
            { pathPattern: "/api/*", allowedMethods: cloudfront.CloudFrontAllowedMethods.ALL },
          ],
        },
      ],
    });
  }
}
