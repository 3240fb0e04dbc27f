import { check } from "./check";
import { stackTs } from "./samples";

const rule = "binary-media-breaks-preflight";

describe(rule, () => {
  it("is silent about single types, and without generated OPTIONS methods", async () => {
    await check(
      rule,
      stackTs(`
      new apigateway.RestApi(stack, "A", {
        binaryMediaTypes: ["image/png", "application/*"],
        defaultCorsPreflightOptions: { allowOrigins: ["https://app.acmecorp.com"] },
      });
      new apigateway.RestApi(stack, "B", { binaryMediaTypes: ["*/*"] });`),
    );
  });
});
