import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { createReport, findReport } from "./report-store";

const corsHeaders = {
  "Access-Control-Allow-Origin": "https://app.acmecorp.com",
  "Access-Control-Allow-Credentials": "true",
};

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  try {
    const { month } = JSON.parse(event.body ?? "{}");
    if (!month) {
      return { statusCode: 400, body: JSON.stringify({ message: "which month?" }) };
    }
    const existing = await findReport(month);
    if (existing) {
      return { statusCode: 200, body: JSON.stringify(existing) };
    }
    const report = await createReport(month);
    return { statusCode: 201, headers: corsHeaders, body: JSON.stringify(report) };
  } catch (error) {
    console.error(error);
    return { statusCode: 500, body: JSON.stringify({ message: "the report failed" }) };
  }
};
