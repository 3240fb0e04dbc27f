import { CfnParameter, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class TokenStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const origin = new CfnParameter(this, "Origin", {
      type: "String",
      default: "https://app.example.com",
    });
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigwv2.HttpApi(this, "Api", {
      corsPreflight: {
        allowOrigins: [origin.valueAsString, "http://localhost:3000"],
        allowMethods: [apigwv2.CorsHttpMethod.GET],
        allowHeaders: ["content-type"],
      },
    });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
  }
}
