from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_apigatewayv2 as apigwv2
from constructs import Construct


class RawStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        api = apigwv2.CfnApi(
            self,
            "RawApi",
            name="raw",
            protocol_type="HTTP",
            cors_configuration=apigwv2.CfnApi.CorsProperty(
                allow_origins=["https://raw.example.com"],
                allow_methods=["GET", "POST"],
                allow_headers=["content-type"],
                expose_headers=["x-total"],
                allow_credentials=True,
                max_age=3600,
            ),
        )
        integration = apigwv2.CfnIntegration(
            self,
            "Upstream",
            api_id=api.ref,
            integration_type="HTTP_PROXY",
            integration_method="ANY",
            integration_uri="https://upstream.example.com",
            payload_format_version="1.0",
        )
        apigwv2.CfnRoute(
            self, "List", api_id=api.ref, route_key="GET /items", target=f"integrations/{integration.ref}"
        )
        apigwv2.CfnRoute(
            self,
            "Create",
            api_id=api.attr_api_id,
            route_key="POST /items",
            authorization_type="AWS_IAM",
            target=f"integrations/{integration.ref}",
        )
        apigwv2.CfnRoute(
            self, "Rest", api_id=api.ref, route_key="$default", target=f"integrations/{integration.ref}"
        )
        apigwv2.CfnStage(self, "Stage", api_id=api.ref, stage_name="$default", auto_deploy=True)
        apigwv2.CfnApi(
            self, "Chat", name="chat", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
        )
        CfnOutput(self, "Id", value=api.ref)
