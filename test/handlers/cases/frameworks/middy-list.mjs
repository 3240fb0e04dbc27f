import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";

const answer = async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200, body: "[]" };
};

export const handler = middy(answer)
  .use(httpCors({ origins: ["https://shop.example.com", "https://admin.example.com"] }))
  .use(httpErrorHandler({ logger: false, fallbackMessage: "failed" }));
