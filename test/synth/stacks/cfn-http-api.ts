import { CfnOutput, Stack } from "aws-cdk-lib";
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";

export class RawStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new CfnApi(this, "RawApi", {
      name: "raw",
      protocolType: "HTTP",
      corsConfiguration: {
        allowOrigins: ["https://raw.example.com"],
        allowMethods: ["GET", "POST"],
        allowHeaders: ["content-type"],
        exposeHeaders: ["x-total"],
        allowCredentials: true,
        maxAge: 3600,
      },
    });
    const integration = new CfnIntegration(this, "Upstream", {
      apiId: api.ref,
      integrationType: "HTTP_PROXY",
      integrationMethod: "ANY",
      integrationUri: "https://upstream.example.com",
      payloadFormatVersion: "1.0",
    });
    new CfnRoute(this, "List", {
      apiId: api.ref,
      routeKey: "GET /items",
      target: `integrations/${integration.ref}`,
    });
    new CfnRoute(this, "Create", {
      apiId: api.attrApiId,
      routeKey: "POST /items",
      authorizationType: "AWS_IAM",
      target: `integrations/${integration.ref}`,
    });
    new CfnRoute(this, "Rest", {
      apiId: api.ref,
      routeKey: "$default",
      target: `integrations/${integration.ref}`,
    });
    new CfnStage(this, "Stage", { apiId: api.ref, stageName: "$default", autoDeploy: true });
    new CfnApi(this, "Chat", {
      name: "chat",
      protocolType: "WEBSOCKET",
      routeSelectionExpression: "$request.body.action",
    });
    new CfnOutput(this, "Id", { value: api.ref });
  }
}
