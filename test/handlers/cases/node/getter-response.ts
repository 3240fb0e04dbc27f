import type { Event, Reply } from "./lib/types";

class Result {
  #headers: Record<string, string> = {};
  static readonly ORIGIN = "https://shop.example.com";

  constructor(readonly status: number) {}

  get headers(): Record<string, string> {
    return { ...this.#headers, "Access-Control-Allow-Origin": Result.ORIGIN };
  }

  set cached(seconds: number) {
    this.#headers["Access-Control-Max-Age"] = String(seconds);
  }

  toJSON(): Reply {
    return { statusCode: this.status, headers: this.headers };
  }
}

export const handler = async (event: Event): Promise<Reply> => {
  const result = new Result(event.httpMethod === "OPTIONS" ? 204 : 200);
  if (event.httpMethod === "OPTIONS") result.cached = 600;
  return result.toJSON();
};
