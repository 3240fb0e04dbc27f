import { NestedStack, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import { Construct } from "constructs";

class ApiNested extends NestedStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new apigateway.RestApi(this, "Inner", {
      defaultCorsPreflightOptions: {
        allowOrigins: ["https://inner.example.com"],
        allowMethods: ["POST"],
      },
    });
    api.root
      .addResource("jobs")
      .addMethod(
        "POST",
        new apigateway.HttpIntegration("https://jobs.example.com", { httpMethod: "POST" }),
      );
  }
}

export class OuterStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiNested(this, "Nested");
  }
}
