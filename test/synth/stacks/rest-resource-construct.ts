import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ResourcesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultIntegration: new apigateway.LambdaIntegration(fn),
    });
    const parent = new apigateway.Resource(this, "Parent", {
      parent: api.root,
      pathPart: "parent",
      defaultCorsPreflightOptions: { allowOrigins: ["https://p.example.com"] },
    });
    parent.addMethod("GET");
    new apigateway.Method(this, "Put", {
      httpMethod: "PUT",
      resource: parent,
      integration: new apigateway.LambdaIntegration(fn),
    });
    const child = parent.addResource("child");
    child.addMethod("GET");
  }
}
