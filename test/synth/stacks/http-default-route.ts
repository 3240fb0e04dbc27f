import { Stack, StackProps } from "aws-cdk-lib";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpUserPoolAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { UserPool } from "aws-cdk-lib/aws-cognito";
import { Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export class BackendStack extends Stack {
  public readonly api: HttpApi;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const handler = new LambdaFunction(this, "Backend", {
      runtime: Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const integration = new HttpLambdaIntegration("BackendIntegration", handler);
    this.api = new HttpApi(this, "BackendApi", {
      apiName: "backend",
      defaultIntegration: integration,
      defaultAuthorizer: new HttpUserPoolAuthorizer("Pool", new UserPool(this, "Users")),
      corsPreflight: {
        allowHeaders: ["Authorization", "Content-Type"],
        allowMethods: [CorsHttpMethod.ANY],
        allowOrigins: ["https://app.example.com"],
      },
    });
    this.api.addRoutes({
      path: "/{proxy+}",
      methods: [HttpMethod.OPTIONS],
      integration,
      authorizer: new HttpNoneAuthorizer(),
    });
  }
}
