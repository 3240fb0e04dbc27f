import { check } from "./check";
import { stackTs } from "./samples";

const rule = "max-age-beyond-browsers";

describe(rule, () => {
  it("is reported from 7201 to 86400 seconds", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(3) } });
      //                                                                      ^^^^^^^^^^^^^^^^^ [information] Most browsers forget
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(2) } });
      new HttpApi(stack, "C", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.days(10) } });`),
      stackTs(`
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(2) } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(2) } });
      new HttpApi(stack, "C", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.days(10) } });`),
      { safety: "review" }, // Nothing is broken.
    );
  });
});
