import { check } from "./check";
import { handlerTs } from "./samples";

const rule = "cors-header-misspelled";

describe(rule, () => {
  for (const [wrong, right] of [
    ["Access-Control-Allow-Header", "Access-Control-Allow-Headers"],
    ["Acess-Control-Allow-Origin", "Access-Control-Allow-Origin"],
    ["Access-Control-Allowed-Methods", "Access-Control-Allow-Methods"],
    ["access-control-allow_credentials", "access-control-allow-credentials"],
  ] as const) {
    it(`${wrong} becomes ${right}`, async () => {
      const handler = (name: string, more: string) =>
        handlerTs(`return { statusCode: 200, headers: { ...cors, "${name}": "x" } };${more}`);
      const carets = `\n//${" ".repeat(45)}${"^".repeat(wrong.length)} The browser knows no header ${wrong}`;
      await check(rule, handler(wrong, carets), handler(right, ""));
    });
  }

  it("is reported behind a Function URL, where no other header says whom the handler serves", async () => {
    const url = (name: string): string => `
//- /template.yaml
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Runtime: ${name}, Handler: h.handler, FunctionUrlConfig: { AuthType: NONE } }`;
    await check(
      rule,
      `${url("nodejs22.x")}
//- /h.js
exports.handler = async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origins": "*" } });
//                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser knows no header`,
    );
    await check(
      rule,
      `${url("python3.13")}
#- /h.py
def handler(event, context):
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origins": "*"}}
#                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The browser knows no header`,
    );
  });

  it("is silent about right names in any case, and about others", async () => {
    await check(
      rule,
      handlerTs(`
      const headers = {
        ...cors,
        "access-control-allow-HEADERS": "x",
        "Access-Control-Expose-Headers": "x",
        "Access-Control-Max-Age": "5",
        "Access-Control-Request-Headers": "x",
        "Access-Control-Allow-Private-Network": "true",
        "Content-Type": "x",
      };
      return { statusCode: 200, headers };`),
    );
  });
});
