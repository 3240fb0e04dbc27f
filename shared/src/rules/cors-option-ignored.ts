import type { Problem } from "../finding";
import { policyUses } from "../model/query/platform";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** An option about CORS that CDK drops without a word. */
export const rule: Rule = {
  id: "cors-option-ignored",
  summary: "An option about CORS that CDK, or a library, silently drops.",
  severity: "warning",
  browserSays: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  failsAt: "preflight-allow-origin-present",
  *check(model): Iterable<Problem> {
    for (const { policy } of policyUses(model)) {
      for (const { name, shouldBe, at } of policy.ignored) {
        const change = shouldBe ? ` Write ${shouldBe}.` : " Remove it.";
        yield {
          at,
          message: twoLineMessage(
            "The browser never hears of this: CDK drops the option.",
            `${name} is not an option of this construct.${change}`,
          ),
          fixes: shouldBe
            ? [
                {
                  title: `Write ${shouldBe}`,
                  safety: "safe",
                  edits: [{ kind: "rename", name: at, to: shouldBe }],
                },
              ]
            : [],
        };
      }
    }
    for (const { framework } of model.handlers) {
      const dropped =
        framework?.cors.kind === "configured" ? framework.cors.dropsCredentials : undefined;
      if (!framework || !dropped) continue;
      yield {
        at: dropped,
        severity: "information",
        message: twoLineMessage(
          `${framework.name} leaves credentials out while every origin is allowed.`,
          "The browser refuses a response to a request with cookies. Name the origins, or do without the option.",
        ),
      };
    }
    for (const { at, because } of model.apis.flatMap((api) => api.ignoredOptions)) {
      yield {
        at,
        message: twoLineMessage("The browser never hears of this: CDK drops the option.", because),
      };
    }
  },
};
