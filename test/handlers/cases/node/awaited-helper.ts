import type { Event, Reply } from "./lib/types";

async function ok(body: unknown): Promise<Reply> {
  return reply(200, body);
}

const reply = (statusCode: number, body: unknown): Reply => ({
  statusCode,
  headers: corsHeaders(),
  body: JSON.stringify(body),
});

function corsHeaders() {
  return { "Access-Control-Allow-Origin": "https://shop.example.com", Vary: "Origin" };
}

export const handler = async (event: Event): Promise<Reply> => {
  if (event.httpMethod === "DELETE") return reply(405, "no");
  const answer = await ok({ id: 1 });
  return answer;
};
