import { ApiGatewayToLambda } from "@aws-solutions-constructs/aws-apigateway-lambda";
import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class PackagedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const lambdaFunctionProps = {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    };
    new ApiGatewayToLambda(this, "Signed", { lambdaFunctionProps });
    new ApiGatewayToLambda(this, "Open", {
      lambdaFunctionProps,
      apiGatewayProps: {
        defaultCorsPreflightOptions: {
          allowOrigins: ["https://shop.example.com"],
          allowMethods: ["GET", "POST"],
        },
        defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.NONE },
      },
    });
    const parts = new ApiGatewayToLambda(this, "Parts", {
      lambdaFunctionProps,
      apiGatewayProps: { proxy: false },
    });
    const orders = parts.apiGateway.root.addResource("orders");
    orders.addMethod("POST");
    orders.addCorsPreflight({ allowOrigins: ["https://till.example.com"] });
    parts.apiGateway.addGatewayResponse("Refused", {
      type: apigateway.ResponseType.DEFAULT_4XX,
      responseHeaders: { "Access-Control-Allow-Origin": "'https://till.example.com'" },
    });
  }
}
