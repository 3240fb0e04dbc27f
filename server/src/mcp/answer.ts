import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { UserError } from "../commands/command";

/** An answer in words. */
export function said(text: string): CallToolResult {
  return { content: [{ type: "text", text }] };
}

/** Why there is no answer, for the agent to act on. */
export function refused(text: string): CallToolResult {
  return { ...said(text), isError: true };
}

/** What an action answers; what the caller can put right becomes a refusal instead of an error. */
export async function answered(action: () => Promise<string>): Promise<CallToolResult> {
  try {
    return said(await action());
  } catch (error) {
    if (error instanceof UserError) return refused(error.message);
    throw error;
  }
}
