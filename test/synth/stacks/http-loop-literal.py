from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


origins = ["https://www.example.com"]


class LoopStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Users",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        methods = [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST]
        for name in ["Public", "Private"]:
            api = apigwv2.HttpApi(
                self,
                f"{name}Api",
                cors_preflight={
                    "allow_origins": [*origins, f"https://{name.lower()}.example.com"],
                    "allow_methods": methods + [apigwv2.CorsHttpMethod.OPTIONS],
                    "allow_headers": ["content-type"],
                    "max_age": Duration.seconds(300),
                },
            )
            api.add_routes(
                path=f"/{name}",
                methods=[apigwv2.HttpMethod.POST],
                integration=HttpLambdaIntegration(name, fn),
            )
