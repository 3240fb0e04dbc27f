import cors from "cors";
import express from "express";
import serverless from "serverless-http";

const allowed = ["https://shop.example.com", "https://admin.example.com"];
const app = express();
app.use(
  cors({
    credentials: true,
    origin: (origin, callback) => {
      if (!origin || allowed.includes(origin)) callback(null, true);
      else callback(null, false);
    },
  }),
);
app.get("/orders", (request, response) => {
  if (request.query.way === "boom") throw new Error("boom");
  response.json([]);
});

export const handler = serverless(app);
