from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


class ConditionalStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        stage = self.node.try_get_context("stage") or "dev"
        is_prod = stage == "prod"
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        origins = ["https://app.example.com"]
        if not is_prod:
            origins.append("http://localhost:3000")
        api = apigwv2.HttpApi(
            self,
            "Api",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=origins,
                allow_methods=[apigwv2.CorsHttpMethod.GET] if is_prod else [apigwv2.CorsHttpMethod.ANY],
                allow_headers=["content-type"],
                max_age=Duration.hours(24) if is_prod else Duration.seconds(0),
            ),
        )
        api.add_routes(
            path="/x", methods=[apigwv2.HttpMethod.GET], integration=HttpLambdaIntegration("X", fn)
        )
        if not is_prod:
            api.add_routes(
                path="/debug", methods=[apigwv2.HttpMethod.GET], integration=HttpLambdaIntegration("D", fn)
            )
