import { Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export class BooksStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const fn = new lambda.Function(this, "Fn", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigateway.RestApi(this, "Books", {
      restApiName: "books",
      defaultCorsPreflightOptions: {
        allowOrigins: apigateway.Cors.ALL_ORIGINS,
        allowMethods: apigateway.Cors.ALL_METHODS,
        allowHeaders: [...apigateway.Cors.DEFAULT_HEADERS, "X-Csrf-Token"],
      },
    });
    const books = api.root.addResource("books");
    books.addMethod("GET", new apigateway.LambdaIntegration(fn));
    books.addMethod("POST", new apigateway.LambdaIntegration(fn), { apiKeyRequired: true });
    const book = books.addResource("{id}");
    book.addMethod("DELETE", new apigateway.LambdaIntegration(fn));
  }
}
