import type { Context } from "mocha";

/**
 * Fails a test, or a whole suite in its `before`, that needs what this machine does not have. With ALLOW_SKIPS=1 it is
 * skipped instead, and the reason printed, for `scripts/test.mjs` to list.
 * @throws an Error with the reason
 */
export function requires(context: Context, available: boolean, reason: string): void {
  if (available) return;
  if (process.env["ALLOW_SKIPS"] !== "1") throw new Error(`${reason} (ALLOW_SKIPS=1 skips this)`);
  console.log(`      skipped: ${reason}`);
  context.skip();
}
