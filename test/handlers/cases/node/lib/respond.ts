import { withHeaders } from "./respond-headers";
import type { Reply } from "./types";

export function respond(statusCode: number, body?: unknown, extra: Record<string, string> = {}): Reply {
  return withHeaders({ statusCode, body: body === undefined ? "" : JSON.stringify(body) }, extra);
}

export const ok = (body: unknown): Reply => respond(200, body);
export const badRequest = (message: string): Reply => respond(400, { message });
export const bare = (statusCode: number): Reply => ({ statusCode });
