import os

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_authorizers import HttpJwtAuthorizer
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

ORIGINS = [
    "https://app.acmecorp.com",
    "https://qa.acmecorp.com",
    "https://qa2.acmecorp.com",
    "https://demo.acmecorp.com",
    "http://localhost:4200",
]


class OrdersStack(Stack):
    """The shop's orders: an API for the shop's pages, one for partners, and one for reports."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        orders = self._handler("Orders", "orders.handler")
        reports = self._handler("Reports", "reports.handler")

        orders_api = apigwv2.HttpApi(
            self,
            "OrdersApi",
            default_authorizer=HttpJwtAuthorizer(
                "Jwt",
                "https://id.acmecorp.com",
                jwt_audience=["orders"],
            ),
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=ORIGINS,
                allow_methods=[
                    apigwv2.CorsHttpMethod.GET,
                    apigwv2.CorsHttpMethod.POST,
                    apigwv2.CorsHttpMethod.OPTIONS,
                    apigwv2.CorsHttpMethod.PUT,
                    apigwv2.CorsHttpMethod.DELETE,
                ],
                allow_headers=["content-type", "x-csrf-token", "x-request-id", "authorization"],
                allow_credentials=True,
                max_age=Duration.hours(2),
            ),
        )
        orders_api.add_routes(
            path="/orders",
            methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST],
            integration=HttpLambdaIntegration("OrdersIntegration", orders),
        )
        orders_api.add_routes(
            path="/orders/{id}",
            methods=[apigwv2.HttpMethod.GET, apigwv2.HttpMethod.PUT, apigwv2.HttpMethod.DELETE],
            integration=HttpLambdaIntegration("OrderIntegration", orders),
        )

        partners_api = apigwv2.HttpApi(
            self,
            "PartnersApi",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=ORIGINS,
                allow_methods=[apigwv2.CorsHttpMethod.GET],
                allow_headers=["content-type"],
                allow_credentials=True,
                max_age=Duration.hours(2),
            ),
        )
        partners_api.add_routes(
            path="/orders",
            methods=[apigwv2.HttpMethod.GET],
            integration=HttpLambdaIntegration("PartnersIntegration", orders),
        )

        reports_api = apigwv2.HttpApi(
            self,
            "ReportsApi",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=ORIGINS,
                allow_methods=[apigwv2.CorsHttpMethod.POST],
                allow_headers=["content-type", "x-csrf-token"],
                allow_credentials=True,
                max_age=Duration.hours(2),
            ),
        )
        reports_api.add_routes(
            path="/reports",
            methods=[apigwv2.HttpMethod.POST],
            integration=HttpLambdaIntegration("ReportsIntegration", reports),
        )

    def _handler(self, construct_id: str, handler: str) -> lambda_.Function:
        return lambda_.Function(
            self,
            construct_id,
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler=handler,
            code=lambda_.Code.from_asset(os.path.join(os.path.dirname(__file__), "..", "lambda")),
        )
