from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class CascadeStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        integration = apigateway.LambdaIntegration(fn)
        api = apigateway.RestApi(
            self,
            "Api",
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=["https://outer.example.com"], allow_methods=["GET"]
            ),
        )
        inner = api.root.add_resource(
            "inner",
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=["https://inner.example.com"], allow_methods=["POST"]
            ),
        )
        inner.add_method("POST", integration)
        inner.add_resource("leaf").add_method("POST", integration)
        deep = api.root.resource_for_path("/a/b/c")
        deep.add_method("GET", integration)
        api.root.resource_for_path("/a/b").add_method("GET", integration)
        proxy = api.root.add_resource("p").add_proxy(any_method=False)
        proxy.add_method("PATCH", integration)
