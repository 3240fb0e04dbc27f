import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "max-age-out-of-range";

describe(rule, () => {
  it("reads durations of all units", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(48) } });
      //                                                                      ^^^^^^^^^^^^^^^^^^ No browser keeps a preflight answer for 172800 s
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(24) } });`),
      stackTs(`
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(2) } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], maxAge: Duration.hours(24) } });`),
    );
  });

  it("is reported in the branch that has it", async () => {
    await check(
      rule,
      stackPy(`
      import os
      prod = os.environ.get("STAGE") == "prod"
      apigwv2.HttpApi(
          stack,
          "A",
          cors_preflight=apigwv2.CorsPreflightOptions(
              allow_origins=["*"], max_age=Duration.days(10) if prod else Duration.seconds(0)
      #                                    ^^^^^^^^^^^^^^^^^ No browser keeps a preflight answer for 864000 s, as one branch asks.
          ),
      )`),
    );
  });

  it("is silent where the time is not known", async () => {
    await check(
      rule,
      stackTs(
        `new HttpApi(stack, "A", { corsPreflight: { maxAge: Duration.days(Number(process.env.DAYS)) } });`,
      ),
    );
  });
});
