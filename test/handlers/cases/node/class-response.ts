import type { Event } from "./lib/types";

class ApiResponse {
  statusCode: number;
  headers: Record<string, string>;
  constructor(statusCode: number, public body: string) {
    this.statusCode = statusCode;
    this.headers = { "Access-Control-Allow-Origin": "*" };
  }
}

class Failure extends ApiResponse {
  constructor(message: string) {
    super(500, message);
    this.headers["Access-Control-Allow-Origin"] = "https://shop.example.com";
  }
}

export const handler = async (event: Event) => {
  if (event.queryStringParameters.way === "boom") return new Failure("boom");
  return new ApiResponse(200, "fine");
};
