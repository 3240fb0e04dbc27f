import { check } from "./check";
import { stackTs } from "./samples";

const rule = "allow-origins-missing";

describe(rule, () => {
  it("is reported for an empty list, and fixed with the setting's origins", async () => {
    await check(
      rule,
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: [], allowHeaders: ["content-type"] },
        //               ^^^^^^^^^^^^ The browser finds no allowed origin
      });`),
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["https://shop.acmecorp.com"], allowHeaders: ["content-type"] },
      });`),
      { context: { origins: ["https://shop.acmecorp.com"] } },
    );
  });

  it("is silent when the origins come from elsewhere", async () => {
    await check(
      rule,
      stackTs(`
      declare const props: { cors: object; origins: string[] };
      new HttpApi(stack, "A", { corsPreflight: { ...props.cors } });
      new HttpApi(stack, "B", { corsPreflight: { allowOrigins: props.origins } });
      new HttpApi(stack, "C", { corsPreflight: { allowOrigins: [...props.origins] } });`),
    );
  });
});
