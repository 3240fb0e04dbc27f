import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ImportedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = apigateway.RestApi.fromRestApiAttributes(this, "Imported", {
      restApiId: "abc123",
      rootResourceId: "root1",
    });
    const extra = api.root.addResource("extra", {
      defaultCorsPreflightOptions: { allowOrigins: ["https://app.example.com"] },
    });
    extra.addMethod("GET", new apigateway.LambdaIntegration(fn));
  }
}
