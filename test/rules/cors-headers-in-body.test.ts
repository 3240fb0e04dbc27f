import { check } from "./check";
import { handlerTs } from "./samples";
import { describeRule } from "./unread";

const rule = "cors-headers-in-body";

describeRule(rule, () => {
  it("is silent about other headers in bodies", async () => {
    await check(
      rule,
      handlerTs(
        `return { statusCode: 200, headers: cors, body: JSON.stringify({ headers: { "X-Trace": "1" } }) };`,
      ),
    );
  });
});
