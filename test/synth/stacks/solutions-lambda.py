from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_solutions_constructs.aws_apigateway_lambda import ApiGatewayToLambda
from constructs import Construct


class PackagedStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        function_props = lambda_.FunctionProps(
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline("def handler(event, context): return {'statusCode': 200}"),
        )
        ApiGatewayToLambda(self, "Signed", lambda_function_props=function_props)
        ApiGatewayToLambda(
            self,
            "Open",
            lambda_function_props=function_props,
            api_gateway_props=apigateway.LambdaRestApiProps(
                handler=None,
                default_cors_preflight_options=apigateway.CorsOptions(
                    allow_origins=["https://shop.example.com"],
                    allow_methods=["GET", "POST"],
                ),
                default_method_options=apigateway.MethodOptions(
                    authorization_type=apigateway.AuthorizationType.NONE
                ),
            ),
        )
        parts = ApiGatewayToLambda(
            self,
            "Parts",
            lambda_function_props=function_props,
            api_gateway_props=apigateway.LambdaRestApiProps(handler=None, proxy=False),
        )
        orders = parts.api_gateway.root.add_resource("orders")
        orders.add_method("POST")
        orders.add_cors_preflight(allow_origins=["https://till.example.com"])
        parts.api_gateway.add_gateway_response(
            "Refused",
            type=apigateway.ResponseType.DEFAULT_4XX,
            response_headers={"Access-Control-Allow-Origin": "'https://till.example.com'"},
        )
