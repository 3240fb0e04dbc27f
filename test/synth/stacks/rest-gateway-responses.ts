import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class ResponsesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Api", {
      defaultCorsPreflightOptions: { allowOrigins: apigateway.Cors.ALL_ORIGINS },
    });
    api.root.addMethod("GET", new apigateway.LambdaIntegration(fn));
    const responseHeaders = {
      "Access-Control-Allow-Origin": "'*'",
      "Access-Control-Allow-Headers": "'Content-Type,Authorization'",
    };
    api.addGatewayResponse("Default4xx", {
      type: apigateway.ResponseType.DEFAULT_4XX,
      responseHeaders,
    });
    api.addGatewayResponse("Default5xx", {
      type: apigateway.ResponseType.DEFAULT_5XX,
      responseHeaders,
    });
    new apigateway.GatewayResponse(this, "Unauthorized", {
      restApi: api,
      type: apigateway.ResponseType.UNAUTHORIZED,
      statusCode: "401",
      responseHeaders: { "Access-Control-Allow-Origin": "method.request.header.origin" },
      templates: { "application/json": '{"message":$context.error.messageString}' },
    });
    new apigateway.CfnGatewayResponse(this, "Expired", {
      restApiId: api.restApiId,
      responseType: "EXPIRED_TOKEN",
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
    });
  }
}
