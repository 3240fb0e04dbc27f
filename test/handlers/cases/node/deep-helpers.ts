import type { Event, Reply } from "./lib/types";

const origin = (): string => "https://shop.example.com";
const cors = (): Record<string, string> => ({ "Access-Control-Allow-Origin": origin() });
const headers = (more: Record<string, string> = {}) => ({ ...cors(), ...more });
const build = (statusCode: number, body: unknown, more?: Record<string, string>): Reply => ({
  statusCode,
  headers: headers(more),
  body: JSON.stringify(body),
});
const ok = (body: unknown): Reply => build(200, body);
const created = (body: unknown): Reply => build(201, body, { Vary: "Origin" });
const dispatch = (event: Event): Reply => (event.httpMethod === "POST" ? created({}) : ok([]));

export const handler = async (event: Event): Promise<Reply> => dispatch(event);
