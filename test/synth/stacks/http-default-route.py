from aws_cdk import Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk.aws_apigatewayv2 import CorsHttpMethod, CorsPreflightOptions, HttpApi, HttpMethod, HttpNoneAuthorizer
from aws_cdk.aws_apigatewayv2_authorizers import HttpUserPoolAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from aws_cdk.aws_lambda import Code, Function, Runtime
from constructs import Construct


class BackendStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        handler = Function(
            self,
            "Backend",
            runtime=Runtime.PYTHON_3_13,
            handler="index.handler",
            code=Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        integration = HttpLambdaIntegration("BackendIntegration", handler)
        self.api = HttpApi(
            self,
            "BackendApi",
            api_name="backend",
            default_integration=integration,
            default_authorizer=HttpUserPoolAuthorizer("Pool", cognito.UserPool(self, "Users")),
            cors_preflight=CorsPreflightOptions(
                allow_headers=["Authorization", "Content-Type"],
                allow_methods=[CorsHttpMethod.ANY],
                allow_origins=["https://app.example.com"],
            ),
        )
        self.api.add_routes(
            path="/{proxy+}",
            methods=[HttpMethod.OPTIONS],
            integration=integration,
            authorizer=HttpNoneAuthorizer(),
        )
