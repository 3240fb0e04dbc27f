import awsLambdaFastify from "@fastify/aws-lambda";
import { fastifyCors } from "@fastify/cors";
import { fastify } from "fastify";

const app = fastify();
app.get("/orders", async (request) => {
  if (request.query.way === "boom") throw new Error("boom");
  return [];
});
await app.register(fastifyCors, { origin: "https://shop.example.com" });

export const handler = awsLambdaFastify(app);
