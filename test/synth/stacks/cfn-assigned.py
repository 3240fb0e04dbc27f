from aws_cdk import Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from constructs import Construct


class AssignedStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        api = apigwv2.CfnApi(self, "Api", name="api", protocol_type="HTTP")
        api.cors_configuration = apigwv2.CfnApi.CorsProperty(
            allow_origins=["https://a.example.com"], allow_methods=["*"], allow_headers=["*"], max_age=86400
        )
        route = apigwv2.CfnRoute(self, "Route", api_id=api.ref, route_key="ANY /{proxy+}")
        route.add_dependency(api)
