import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class EmptyStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const corsPreflight: apigwv2.CorsPreflightOptions = {};
    const api = new apigwv2.HttpApi(this, "Api", { corsPreflight, createDefaultStage: true });
    api.addRoutes({
      path: "/x",
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration("X", fn),
    });
    new apigwv2.HttpApi(this, "Other", { corsPreflight: undefined });
  }
}
