import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class OverrideStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: ["https://old.example.com"],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: ["content-type"],
      },
    });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    const cfnApi = api.node.defaultChild as apigwv2.CfnApi;
    cfnApi.addPropertyOverride("CorsConfiguration.AllowOrigins", [
      "https://new.example.com",
      "https://*.example.org",
    ]);
    cfnApi.addPropertyOverride("CorsConfiguration.AllowCredentials", true);
    cfnApi.addPropertyOverride("CorsConfiguration.MaxAge", 600);
    cfnApi.addPropertyDeletionOverride("CorsConfiguration.AllowHeaders");
  }
}
