from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class CognitoStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        pool = cognito.UserPool(self, "Users")
        authorizer = apigateway.CognitoUserPoolsAuthorizer(self, "Auth", cognito_user_pools=[pool])
        api = apigateway.RestApi(
            self,
            "Api",
            default_cors_preflight_options=apigateway.CorsOptions(
                allow_origins=["https://app.example.com"],
                allow_headers=apigateway.Cors.DEFAULT_HEADERS + ["x-tenant"],
            ),
        )
        options = {"authorizer": authorizer, "authorization_type": apigateway.AuthorizationType.COGNITO}
        orders = api.root.add_resource("orders")
        for method in ["GET", "POST"]:
            orders.add_method(method, apigateway.LambdaIntegration(fn, proxy=True), **options)
        api.root.add_resource("health").add_method("GET", apigateway.LambdaIntegration(fn))
