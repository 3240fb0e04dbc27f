import { Duration, Stack } from "aws-cdk-lib";
import * as apigwv2 from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

function cors(...origins: string[]): apigwv2.CorsPreflightOptions {
  return {
    allowOrigins: origins,
    allowMethods: [apigwv2.CorsHttpMethod.ANY],
    allowHeaders: ["*"],
    maxAge: Duration.hours(1),
  };
}

const makeApi = (
  scope: Construct,
  name: string,
  origins: string[] = ["https://a.example.com"],
): apigwv2.HttpApi =>
  new apigwv2.HttpApi(scope, name, { corsPreflight: cors(...origins, "https://b.example.com") });

export class FactoryStack extends Stack {
  private readonly fn: lambda.Function;
  private readonly first: apigwv2.HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    this.first = makeApi(this, "First");
    this.addRoutes();
    const second = makeApi(this, "Second", []);
    this.connect(second, "/second");
  }

  private addRoutes(): void {
    this.connect(this.first, "/first");
    this.connect(this.first, "/third");
  }

  private connect(api: apigwv2.HttpApi, path: string): void {
    api.addRoutes({
      path,
      methods: [apigwv2.HttpMethod.GET],
      integration: new HttpLambdaIntegration(`I${path}`, this.fn),
    });
  }
}
