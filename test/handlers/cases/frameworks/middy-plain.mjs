import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";

export const handler = middy(async (event) => {
  if (event.httpMethod === "GET") return { statusCode: 200, headers: { "Access-Control-Allow-Origin": "*" }, body: "[]" };
  return { statusCode: 405, body: "no" };
}).use(httpErrorHandler({ logger: false }));
