import awsLambdaFastify from "@fastify/aws-lambda";
import cors from "@fastify/cors";
import Fastify from "fastify";

const allowed = ["https://shop.example.com", "https://admin.example.com"];
const app = Fastify();
app.register(cors, {
  origin: (origin, callback) => callback(null, allowed.includes(origin)),
});
app.get("/orders", async (request) => {
  if (request.query.way === "boom") throw new Error("boom");
  return [];
});

export const handler = awsLambdaFastify(app);
