from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class ProxyStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigateway.RestApi(
            self,
            "Api",
            default_integration=apigateway.LambdaIntegration(fn),
            default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://a.example.com"]),
        )
        api.root.add_proxy()
        v1 = api.root.add_resource("v1")
        v1.add_method("GET")
        v1.add_proxy(default_integration=apigateway.LambdaIntegration(fn), any_method=True)

        ignored = apigateway.RestApi(self, "Ignored")
        ignored.root.add_proxy(
            default_integration=apigateway.LambdaIntegration(fn),
            default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["https://a.example.com"]),
        )
