import type { Event, Reply } from "./lib/types";

export const handler = async (event: Event): Promise<Reply> => {
  const response: Reply = { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "" };
  switch (event.queryStringParameters.way) {
    case "missing":
      response.statusCode = 404;
      response.body = "missing";
      break;
    case "boom":
      response.statusCode = 500;
      response.headers = {};
      break;
    case "teapot":
      response.statusCode = 418;
      delete response.headers!["Access-Control-Allow-Origin"];
      break;
    default:
      response.body = "fine";
  }
  return response;
};
