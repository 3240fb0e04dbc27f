import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";

export const handler = middy();
handler.use(httpErrorHandler({ logger: false, fallbackMessage: "failed" }));
handler.use(httpCors({ origins: ["https://shop.example.com"] }));
handler.handler(async (event) => {
  if (event.queryStringParameters.way === "boom") throw new Error("boom");
  return { statusCode: 200, body: "[]" };
});
