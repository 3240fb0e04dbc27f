import { defaults } from "./constants";
import type { Reply } from "./types";

export function withHeaders(reply: Reply, extra: Record<string, string>): Reply {
  return { ...reply, headers: { ...defaults, ...extra } };
}
