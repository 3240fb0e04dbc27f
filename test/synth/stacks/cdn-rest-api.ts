import { Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const handler = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.LambdaRestApi(this, "Api", {
      handler,
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://app.example.com", "https://admin.example.com"],
      },
    });
    const cachePolicy = new cloudfront.CachePolicy(this, "Cache", {
      headerBehavior: cloudfront.CacheHeaderBehavior.allowList("Origin", "Authorization"),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
      defaultTtl: Duration.minutes(1),
    });
    const distribution = new cloudfront.Distribution(this, "Cdn", {
      defaultBehavior: {
        origin: new origins.RestApiOrigin(api),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy,
      },
    });
    distribution.addBehavior("/reports/*", new origins.RestApiOrigin(api), {
      originRequestPolicy: new cloudfront.OriginRequestPolicy(this, "Forward", {
        headerBehavior: cloudfront.OriginRequestHeaderBehavior.allowList("origin", "Accept"),
      }),
    });
    distribution.addBehavior("/files/*", new origins.RestApiOrigin(api), {
      cachePolicy: new cloudfront.CachePolicy(this, "Never", {
        maxTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        minTtl: Duration.seconds(0),
      }),
      originRequestPolicy: new cloudfront.OriginRequestPolicy(this, "Except", {
        headerBehavior: cloudfront.OriginRequestHeaderBehavior.denyList("Host"),
      }),
    });
    distribution.addBehavior(
      "/plain/*",
      new origins.HttpOrigin(`${api.restApiId}.execute-api.eu-west-1.amazonaws.com`, {
        originPath: "/prod",
      }),
    );
  }
}
