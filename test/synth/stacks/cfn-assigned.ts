import { Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";

export class AssignedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new apigwv2.CfnApi(this, "Api", { name: "api", protocolType: "HTTP" });
    const cors: apigwv2.CfnApi.CorsProperty = {
      allowOrigins: ["https://a.example.com"],
      allowMethods: ["*"],
    };
    api.corsConfiguration = { ...cors, allowHeaders: ["*"], maxAge: 86400 };
    const route = new apigwv2.CfnRoute(this, "Route", {
      apiId: api.ref,
      routeKey: "ANY /{proxy+}",
    });
    route.addDependency(api);
  }
}
