import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import Fastify from "fastify";

const app = Fastify();
app.register(cors);
app.get("/orders", async (request) => {
  if (request.query.way === "boom") throw new Error("boom");
  return [];
});

export const handler = awsLambdaFastify(app);
