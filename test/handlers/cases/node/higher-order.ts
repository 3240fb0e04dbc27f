import type { Event, Reply } from "./lib/types";

interface Options {
  origin?: string;
  methods?: string[];
}

export function createHandler(run: (event: Event) => Promise<unknown>, { origin = "*", methods = ["GET"] }: Options = {}) {
  const headers = { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": methods.join(",") };
  return async (event: Event): Promise<Reply> => {
    if (event.requestContext.http.method === "OPTIONS") return { statusCode: 204, headers };
    try {
      const result = await run(event);
      return { statusCode: 200, headers, body: JSON.stringify(result) };
    } catch (error) {
      const { status = 500 } = error as { status?: number };
      return { statusCode: status, headers: { "Access-Control-Allow-Origin": origin } };
    }
  };
}

export const handler = createHandler(
  async (event) => {
    if (event.queryStringParameters.way === "missing") throw Object.assign(new Error("missing"), { status: 404 });
    if (event.queryStringParameters.way === "boom") throw new Error("boom");
    return [];
  },
  { origin: "https://shop.example.com", methods: ["GET", "POST"] },
);
