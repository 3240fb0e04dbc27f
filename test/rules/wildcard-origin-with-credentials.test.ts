import { check } from "./check";
import { stackPy, stackTs } from "./samples";

const rule = "wildcard-origin-with-credentials";

describe(rule, () => {
  it("says that CDK refuses the pair, points to the credentials and names origins of other policies", async () => {
    const other = `
      new HttpApi(stack, "Users", { corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["content-type"] } });`;
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "Orders", {
        corsPreflight: {
          allowOrigins: ["*"],
          //             ^^^ With cookies the browser refuses every response
          allowHeaders: ["content-type"],
          allowCredentials: true,
        //^^^^^^^^^^^^^^^^< Credentials are allowed here
        },
      });${other}`),
      stackTs(`
      new HttpApi(stack, "Orders", {
        corsPreflight: {
          allowOrigins: ["https://app.acmecorp.com"],
          allowHeaders: ["content-type"],
          allowCredentials: true,
        },
      });${other}`),
    );
  });

  it("offers to do without credentials", async () => {
    await check(
      rule,
      stackPy(`
      apigwv2.HttpApi(
          stack,
          "Orders",
          cors_preflight=apigwv2.CorsPreflightOptions(
              allow_origins=["*"],
              #              ^^^
              allow_headers=["content-type"],
              allow_credentials=True,
          ),
      )`),
      stackPy(`
      apigwv2.HttpApi(
          stack,
          "Orders",
          cors_preflight=apigwv2.CorsPreflightOptions(
              allow_origins=["*"],
              allow_headers=["content-type"],
          ),
      )`),
      { title: "Do without credentials" },
    );
  });

  it("sees the wildcard in a constant of another file", async () => {
    await check(
      rule,
      stackTs(`
      import { origins } from "./config";
      new HttpApi(stack, "Orders", {
        corsPreflight: { allowOrigins: origins, allowCredentials: true },
        //               ^^^^^^^^^^^^
      });
      //- /config.ts
      export const origins = ["*"];
      //                      ^^^< The wildcard is written here`),
    );
  });

  it("is reported in the branch that has it", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "Orders", {
        corsPreflight: {
          allowOrigins: process.env.STAGE === "prod" ? ["https://app.acmecorp.com"] : ["*"],
          //                                                                           ^^^
          allowCredentials: true,
        },
      });`),
    );
  });

  it("is silent when conditions may keep the two apart, and where a value is unknown", async () => {
    await check(
      rule,
      stackTs(`
      const prod = process.env.STAGE === "prod";
      new HttpApi(stack, "A", { corsPreflight: { allowOrigins: prod ? ["https://app.acmecorp.com"] : ["*"], allowCredentials: prod } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: ["*"], allowCredentials: process.env.C === "1" ? undefined : false } });
      new HttpApi(stack, "C", { corsPreflight: { allowOrigins: stack.node.tryGetContext("origins"), allowCredentials: true } });
      new HttpApi(stack, "D", { corsPreflight: { allowOrigins: ["*"] } });`),
    );
  });
});
