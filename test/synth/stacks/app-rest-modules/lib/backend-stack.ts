import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { AuthorizationType, CognitoUserPoolsAuthorizer, RestApi } from "aws-cdk-lib/aws-apigateway";
import { UserPool } from "aws-cdk-lib/aws-cognito";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { corsOptions, gatewayResponseHeaders } from "./cors";
import { Functions } from "./functions";
import { register, type Service } from "./routes";

export class BackendStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const table = new Table(this, "Table", { partitionKey: { name: "id", type: AttributeType.STRING } });
    const functions = new Functions(this, "Functions", { table });
    const api = new RestApi(this, "Backend", { defaultCorsPreflightOptions: corsOptions("app", "admin") });
    const authorizer = new CognitoUserPoolsAuthorizer(this, "Users", {
      cognitoUserPools: [new UserPool(this, "Pool")],
    });
    const services: Record<string, Service> = {
      notes: { list: functions.list, create: functions.create },
      tags: { list: functions.list },
    };
    for (const name in services) {
      const service = services[name];
      if (service) register(api, name, service, { authorizer, authorizationType: AuthorizationType.COGNITO });
    }
    gatewayResponseHeaders(api);
    new CfnOutput(this, "Url", { value: api.url });
  }
}
