import { check } from "./check";
import { describeRule } from "./unread";

const rule = "middleware-misplaced";

describeRule(rule, () => {
  it("is silent about middleware in the right place", async () => {
    await check(
      rule,
      `//- /orders.ts
import express from "express";
import cors from "cors";
import serverless from "serverless-http";
const app = express();
app.use(cors({ origin: "https://app.acmecorp.com" }));
app.get("/orders", (_request, response) => response.json([]));
export const handler = serverless(app);`,
    );
  });
});
