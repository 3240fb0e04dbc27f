from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class ResponsesStack(Stack):
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
            default_cors_preflight_options=apigateway.CorsOptions(allow_origins=apigateway.Cors.ALL_ORIGINS),
        )
        api.root.add_method("GET", apigateway.LambdaIntegration(fn))
        response_headers = {
            "Access-Control-Allow-Origin": "'*'",
            "Access-Control-Allow-Headers": "'Content-Type,Authorization'",
        }
        api.add_gateway_response(
            "Default4xx", type=apigateway.ResponseType.DEFAULT_4_XX, response_headers=response_headers
        )
        api.add_gateway_response(
            "Default5xx", type=apigateway.ResponseType.DEFAULT_5_XX, response_headers=response_headers
        )
        apigateway.GatewayResponse(
            self,
            "Unauthorized",
            rest_api=api,
            type=apigateway.ResponseType.UNAUTHORIZED,
            status_code="401",
            response_headers={"Access-Control-Allow-Origin": "method.request.header.origin"},
            templates={"application/json": '{"message":$context.error.messageString}'},
        )
        apigateway.CfnGatewayResponse(
            self,
            "Expired",
            rest_api_id=api.rest_api_id,
            response_type="EXPIRED_TOKEN",
            response_parameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
        )
