import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import type { Construct } from "constructs";

export class SpecStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new apigateway.SpecRestApi(this, "Api", {
      apiDefinition: apigateway.ApiDefinition.fromInline({
        openapi: "3.0.1",
        info: { title: "api" },
        paths: { "/x": { get: { "x-amazon-apigateway-integration": { type: "mock" } } } },
      }),
    });
  }
}
