import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class CustomStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", { binaryMediaTypes: ["*/*"] });
    const headers = {
      "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
    };
    const declared = { "method.response.header.Access-Control-Allow-Origin": true };
    const integration = new apigateway.LambdaIntegration(fn, {
      proxy: false,
      integrationResponses: [
        { statusCode: "200", responseParameters: headers },
        { statusCode: "400", selectionPattern: "Bad.*", responseParameters: headers },
        { statusCode: "500", selectionPattern: ".*Error.*" },
      ],
    });
    api.root.addMethod("POST", integration, {
      methodResponses: [
        { statusCode: "200", responseParameters: declared },
        { statusCode: "400", responseParameters: declared },
        { statusCode: "500" },
      ],
    });
    api.root
      .addResource("site")
      .addMethod("GET", new apigateway.HttpIntegration("https://upstream.example.com"));
    api.root.addResource("queue").addMethod(
      "POST",
      new apigateway.AwsIntegration({
        service: "sqs",
        path: "123456789012/queue",
        options: { integrationResponses: [{ statusCode: "200", responseParameters: headers }] },
      }),
      { methodResponses: [{ statusCode: "200", responseParameters: declared }] },
    );
  }
}
