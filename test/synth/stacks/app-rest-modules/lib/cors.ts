import { Cors, ResponseType, type CorsOptions, type RestApi } from "aws-cdk-lib/aws-apigateway";

export const corsOptions = (...sites: string[]): CorsOptions => ({
  allowOrigins: sites.map((site) => `https://${site}.example.com`),
  allowMethods: Cors.ALL_METHODS,
  allowCredentials: true,
});

export function gatewayResponseHeaders(api: RestApi): void {
  const types = { Default4XX: ResponseType.DEFAULT_4XX, Default5XX: ResponseType.DEFAULT_5XX };
  Object.entries(types).forEach(([name, type]) => {
    api.addGatewayResponse(name, {
      type,
      responseHeaders: {
        "Access-Control-Allow-Origin": "'https://app.example.com'",
        "Access-Control-Allow-Credentials": "'true'",
      },
    });
  });
}
