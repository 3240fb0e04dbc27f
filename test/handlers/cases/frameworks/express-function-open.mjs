import cors from "cors";
import express from "express";
import serverless from "serverless-http";

const app = express();
app.use(cors({ origin: (origin, callback) => callback(null, origin) }));
app.get("/orders", (request, response) => {
  if (request.query.way === "boom") throw new Error("boom");
  response.json([]);
});

export const handler = serverless(app);
