import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class PreflightStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api");
    const cors: apigateway.CorsOptions = {
      allowOrigins: ["https://a.example.com"],
      allowMethods: ["GET", "OPTIONS"],
    };
    api.root.addCorsPreflight({ ...cors, allowHeaders: ["x-root"] });
    api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const users = api.root.addResource("users");
    users.addMethod("GET", new apigateway.LambdaIntegration(fn));
    users.addCorsPreflight(cors);
    users.addResource("{id}").addMethod("GET", new apigateway.LambdaIntegration(fn));
    const proxy = api.root.addProxy({
      defaultIntegration: new apigateway.LambdaIntegration(fn),
      anyMethod: true,
    });
    void proxy;
  }
}
