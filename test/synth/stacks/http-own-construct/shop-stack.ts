import * as cdk from "aws-cdk-lib";
import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { WebApi } from "./web-api";

interface ShopStackProps extends cdk.StackProps {
  readonly origins: string[];
  readonly credentials: boolean;
}

export class ShopStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: ShopStackProps) {
    super(scope, id, props);
    const { origins, credentials } = props;
    const web = new WebApi(this, "Web", { allowedOrigins: origins, withCredentials: credentials });
    web.route(HttpMethod.GET, "/products", this.handler("Products"));
    web.route(HttpMethod.PUT, "/basket", this.handler("Basket"));
  }

  private handler(name: string): lambda.IFunction {
    return new lambda.Function(this, name, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
  }
}
