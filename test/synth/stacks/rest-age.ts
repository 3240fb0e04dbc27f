import { Duration, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class AgeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api");
    const zero = api.root.addResource("zero", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://a.example.com"],
        maxAge: Duration.seconds(0),
      },
    });
    zero.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const never = api.root.addResource("never");
    never.addCorsPreflight({
      allowOrigins: ["https://a.example.com"],
      disableCache: true,
      allowMethods: ["ANY"],
    });
    never.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const none = api.root.addResource("none");
    none.addMethod("GET", new apigateway.LambdaIntegration(fn));
  }
}
