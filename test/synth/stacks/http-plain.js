const { Stack, Duration } = require("aws-cdk-lib");
const apigw = require("aws-cdk-lib/aws-apigatewayv2");
const { HttpLambdaIntegration } = require("aws-cdk-lib/aws-apigatewayv2-integrations");
const lambda = require("aws-cdk-lib/aws-lambda");

class PlainStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const fn = new lambda.Function(this, "Hello", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => ({ statusCode: 200 });"),
    });
    const api = new apigw.HttpApi(this, "HelloApi", {
      corsPreflight: {
        allowOrigins: ["https://hello.example.com"],
        allowMethods: [apigw.CorsHttpMethod.GET, apigw.CorsHttpMethod.HEAD],
        allowHeaders: ["Accept-Language"],
        maxAge: Duration.minutes(30),
      },
    });
    api.addRoutes({ path: "/hello", methods: [apigw.HttpMethod.GET], integration: new HttpLambdaIntegration("Hello", fn) });
  }
}

module.exports = { PlainStack };
