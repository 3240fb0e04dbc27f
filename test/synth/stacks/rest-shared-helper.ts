import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

import { RemovalPolicy } from "aws-cdk-lib";
import * as logs from "aws-cdk-lib/aws-logs";

type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

abstract class BaseStack extends Stack {
  protected readonly api: apigateway.RestApi;

  constructor(scope: Construct, id: string, origins: string[]) {
    super(scope, id);
    const log = new logs.LogGroup(this, "Log", { removalPolicy: RemovalPolicy.DESTROY });
    this.api = new apigateway.RestApi(this, `${id}Api`, {
      deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(log) },
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      defaultCorsPreflightOptions: this.cors(origins),
    });
    this.build();
  }

  protected abstract build(): void;

  protected cors(allowOrigins: string[]): apigateway.CorsOptions {
    return { allowOrigins, allowHeaders: ["content-type"] };
  }

  protected endpoint(path: string, verbs: Verb[], fn: lambda.IFunction): apigateway.IResource {
    const parts = path.split("/").filter((part) => part !== "");
    let resource: apigateway.IResource = this.api.root;
    for (const part of parts) {
      resource = resource.getResource(part) ?? resource.addResource(part);
    }
    verbs.map((verb) => resource.addMethod(verb, new apigateway.LambdaIntegration(fn)));
    return resource;
  }
}

export class CatalogStack extends BaseStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, ["https://catalog.example.com"]);
  }

  protected override build(): void {
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    this.endpoint("/products", ["GET", "POST"], fn);
    this.endpoint("/products/{id}", ["PATCH", "DELETE"], fn);
  }

  protected override cors(allowOrigins: string[]): apigateway.CorsOptions {
    return { ...super.cors(allowOrigins), allowCredentials: true };
  }
}
