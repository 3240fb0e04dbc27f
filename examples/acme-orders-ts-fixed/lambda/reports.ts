import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { corsHeaders } from "./cors";
import { createReport, findReport } from "./report-store";

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const headers = corsHeaders(event);
  try {
    const { month } = JSON.parse(event.body ?? "{}");
    if (!month) {
      return { statusCode: 400, headers, body: JSON.stringify({ message: "which month?" }) };
    }
    const existing = await findReport(month);
    if (existing) {
      return { statusCode: 200, headers, body: JSON.stringify(existing) };
    }
    const report = await createReport(month);
    return { statusCode: 201, headers, body: JSON.stringify(report) };
  } catch (error) {
    console.error(error);
    return { statusCode: 500, headers, body: JSON.stringify({ message: "the report failed" }) };
  }
};
