import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";

/** API Gateway adds the CORS headers of its policy, so none are sent here. */
export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const id = event.pathParameters?.id;
  if (event.requestContext.http.method === "POST" && !event.body) {
    return { statusCode: 400, body: JSON.stringify({ message: "an order needs a body" }) };
  }
  return { statusCode: 200, body: JSON.stringify({ id, items: [] }) };
};
