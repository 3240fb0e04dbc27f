from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class LambdaStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        apigateway.LambdaRestApi(
            self,
            "WithCors",
            handler=fn,
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=["https://a.example.com"], allow_credentials=True
            ),
        )
        authorizer = apigateway.TokenAuthorizer(self, "Token", handler=fn)
        apigateway.LambdaRestApi(
            self, "Guarded", handler=fn, default_method_options=apigateway.MethodOptions(authorizer=authorizer)
        )
        second = apigateway.TokenAuthorizer(self, "Second", handler=fn)
        manual = apigateway.LambdaRestApi(
            self,
            "Manual",
            handler=fn,
            proxy=False,
            default_cors_preflight_options=apigateway.CorsOptions(allow_origins=["*"]),
            default_method_options=apigateway.MethodOptions(
                authorizer=second,
                authorization_type=apigateway.AuthorizationType.CUSTOM,
                api_key_required=True,
            ),
        )
        items = manual.root.add_resource("items")
        items.add_method("GET")
        items.add_method("POST", None, authorization_type=apigateway.AuthorizationType.NONE)
