from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


ENDPOINTS = [
    {"path": "users", "methods": ["GET", "POST"]},
    {"path": "users/{id}", "methods": ["GET", "PUT", "DELETE"]},
    {"path": "login", "methods": ["POST"], "open": True},
]


class TreeStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        self._api = apigateway.RestApi(
            self,
            "Api",
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=["https://app.example.com"], allow_methods=["GET", "POST"]
            ),
            deploy_options=apigateway.StageOptions(stage_name="v1"),
        )
        for endpoint in ENDPOINTS:
            self.add_methods(fn, **endpoint)

    def add_methods(self, fn, path, methods, open=False) -> None:
        """Named like things of CDK, but our own."""
        resource = self._api.root.resource_for_path(path)
        for method in methods:
            self.add_method(resource, method, fn, open)

    def add_method(self, resource, method, fn, open) -> None:
        resource.add_method(
            method,
            apigateway.LambdaIntegration(fn),
            authorization_type=apigateway.AuthorizationType.NONE if open else apigateway.AuthorizationType.IAM,
        )
