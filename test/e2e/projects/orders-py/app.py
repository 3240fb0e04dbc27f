from aws_cdk import App, Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_lambda as lambda_
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration

app = App()
stack = Stack(app, "Orders")

list_orders = lambda_.Function(
    stack,
    "List",
    runtime=lambda_.Runtime.PYTHON_3_13,
    handler="list.handler",
    code=lambda_.Code.from_asset("src"),
)

api = apigwv2.HttpApi(
    stack,
    "Api",
    cors_preflight=apigwv2.CorsPreflightOptions(
        allow_origins=["https://app.acmecorp.com/", "http://localhost:4200"],
        allow_methods=[apigwv2.CorsHttpMethod.GET],
        allow_headers=["content-type", "authorization"],
        allow_credentials=True,
        max_age=Duration.days(10),
    ),
)

api.add_routes(
    path="/orders",
    methods=[apigwv2.HttpMethod.GET],
    integration=HttpLambdaIntegration("ListIntegration", list_orders),
)

app.synth()
