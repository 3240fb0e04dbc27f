from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class PreflightStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigateway.RestApi(self, "Api")
        cors = {"allow_origins": ["https://a.example.com"], "allow_methods": ["GET", "OPTIONS"]}
        api.root.add_cors_preflight(**cors, allow_headers=["x-root"])
        api.root.add_method("GET", apigateway.LambdaIntegration(fn))
        users = api.root.add_resource("users")
        users.add_method("GET", apigateway.LambdaIntegration(fn))
        users.add_cors_preflight(**cors)
        users.add_resource("{id}").add_method("GET", apigateway.LambdaIntegration(fn))
        proxy = api.root.add_proxy(default_integration=apigateway.LambdaIntegration(fn), any_method=True)
