import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class WholeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const added = new apigwv2.HttpApi(this, "Added");
    (added.node.defaultChild as apigwv2.CfnApi).addPropertyOverride("CorsConfiguration", {
      AllowOrigins: ["https://app.example.com"],
      AllowMethods: ["GET", "PUT"],
      AllowHeaders: ["content-type"],
      AllowCredentials: true,
    });
    added.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });

    const removed = new apigwv2.HttpApi(this, "Removed", {
      corsPreflight: { allowOrigins: ["*"], allowMethods: [apigwv2.CorsHttpMethod.ANY] },
    });
    const l1 = removed.node.defaultChild as apigwv2.CfnApi;
    l1.addPropertyDeletionOverride("CorsConfiguration");

    const assigned = new apigwv2.HttpApi(this, "Assigned", {
      corsPreflight: { allowOrigins: ["*"] },
    });
    const cfn = assigned.node.defaultChild as apigwv2.CfnApi;
    cfn.corsConfiguration = {
      allowOrigins: ["https://assigned.example.com"],
      allowMethods: ["GET"],
      allowHeaders: ["authorization"],
      maxAge: 60,
    };

    const merged = new apigwv2.HttpApi(this, "Merged", {
      corsPreflight: {
        allowOrigins: ["https://m.example.com"],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
      },
    });
    (merged.node.defaultChild as apigwv2.CfnApi).addOverride("Properties.CorsConfiguration", {
      ExposeHeaders: ["etag"],
    });
  }
}
