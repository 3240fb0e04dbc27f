from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class CustomStack(Stack):
    def __init__(self, scope: Construct, id: str, **kwargs) -> None:
        super().__init__(scope, id, **kwargs)
        fn = lambda_.Function(
            self,
            "Fn",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        api = apigateway.RestApi(self, "Api", binary_media_types=["*/*"])
        headers = {"method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'"}
        declared = {"method.response.header.Access-Control-Allow-Origin": True}
        integration = apigateway.LambdaIntegration(
            fn,
            proxy=False,
            integration_responses=[
                apigateway.IntegrationResponse(status_code="200", response_parameters=headers),
                {"statusCode": "400", "selectionPattern": "Bad.*", "responseParameters": headers},
                apigateway.IntegrationResponse(status_code="500", selection_pattern=".*Error.*"),
            ],
        )
        api.root.add_method(
            "POST",
            integration,
            method_responses=[
                apigateway.MethodResponse(status_code="200", response_parameters=declared),
                apigateway.MethodResponse(status_code="400", response_parameters=declared),
                apigateway.MethodResponse(status_code="500"),
            ],
        )
        api.root.add_resource("site").add_method(
            "GET", apigateway.HttpIntegration("https://upstream.example.com")
        )
        api.root.add_resource("queue").add_method(
            "POST",
            apigateway.AwsIntegration(
                service="sqs",
                path="123456789012/queue",
                options=apigateway.IntegrationOptions(
                    integration_responses=[
                        apigateway.IntegrationResponse(status_code="200", response_parameters=headers)
                    ]
                ),
            ),
            method_responses=[apigateway.MethodResponse(status_code="200", response_parameters=declared)],
        )
