from aws_cdk import Duration, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class SeveralStack(Stack):
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
            default_cors_preflight_options={
                "allow_origins": ["https://a.example.com", "https://b.example.com", "http://localhost:3000"],
                "allow_methods": ["GET", "PUT"],
                "allow_headers": ["Content-Type", "Authorization"],
                "expose_headers": ["ETag"],
                "allow_credentials": True,
                "max_age": Duration.days(10),
                "status_code": 200,
            },
        )
        api.root.add_method("GET", apigateway.LambdaIntegration(fn))
        api.root.add_resource("things").add_method("PUT", apigateway.LambdaIntegration(fn))
