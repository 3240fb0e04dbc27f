import { Stack } from "aws-cdk-lib";
import { CfnGatewayResponse, CfnMethod, CfnResource, CfnRestApi } from "aws-cdk-lib/aws-apigateway";
import { Construct } from "constructs";

export class RawRestStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new CfnRestApi(this, "RawRest", { name: "raw" });
    const items = new CfnResource(this, "Items", {
      restApiId: api.ref,
      parentId: api.attrRootResourceId,
      pathPart: "items",
    });
    new CfnMethod(this, "Get", {
      restApiId: api.ref,
      resourceId: items.ref,
      httpMethod: "GET",
      authorizationType: "AWS_IAM",
      integration: {
        type: "HTTP_PROXY",
        integrationHttpMethod: "GET",
        uri: "https://upstream.example.com",
      },
    });
    new CfnMethod(this, "Options", {
      restApiId: api.ref,
      resourceId: items.ref,
      httpMethod: "OPTIONS",
      authorizationType: "NONE",
      integration: {
        type: "MOCK",
        requestTemplates: { "application/json": '{"statusCode": 200}' },
        integrationResponses: [
          {
            statusCode: "200",
            responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
          },
        ],
      },
      methodResponses: [
        {
          statusCode: "200",
          responseParameters: { "method.response.header.Access-Control-Allow-Origin": true },
        },
      ],
    });
    new CfnGatewayResponse(this, "Errors", {
      restApiId: api.ref,
      responseType: "DEFAULT_4XX",
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
    });
  }
}
