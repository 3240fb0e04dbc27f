from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct


class OrdersStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        orders = lambda_.Function(
            self,
            "Orders",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigwv2.HttpApi(
            self,
            "OrdersApi",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=["https://shop.example.com", "http://localhost:5173"],
                allow_methods=[apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.PUT],
                allow_headers=["content-type", "authorization"],
                expose_headers=["etag"],
                allow_credentials=True,
                max_age=Duration.hours(2),
            ),
            default_authorizer=HttpJwtAuthorizer("Jwt", "https://issuer.example.com", jwt_audience=["shop"]),
        )
        api.add_routes(
            path="/orders/{id}",
            methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT],
            integration=HttpLambdaIntegration("OrdersIntegration", orders),
        )
