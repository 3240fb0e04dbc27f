import type { Event, Reply } from "./lib/types";

interface Options {
  status?: number;
  cors?: boolean;
  origin?: string;
}

function json(body: unknown, { status = 200, cors = true, origin = "*" }: Options = {}): Reply {
  return {
    statusCode: status,
    headers: { "Content-Type": "application/json", ...(cors && { "Access-Control-Allow-Origin": origin }) },
    body: JSON.stringify(body),
  };
}

export const handler = async (event: Event): Promise<Reply> => {
  switch (event.queryStringParameters.way) {
    case "missing":
      return json("missing", { status: 404, cors: false });
    case "teapot":
      return json("teapot", { status: 418, origin: "https://shop.example.com" });
    default:
      return json({});
  }
};
