/** Turning preflight caching off while debugging, and on again. */
import assert from "node:assert/strict";
import { applied, spell } from "../../server/src/workspace/fixes";
import { frontends } from "../../server/src/workspace/languages";
import { link } from "../../shared/src/readers/link";
import { policyUses } from "../../shared/src/model/query/platform";
import { preflightCachingFixes } from "../../shared/src/advice/policy-fix";
import { parseLiteral } from "./literal";
import { memoryProject } from "./memory-project";
import { stackPy, stackTs } from "./samples";

async function switched(text: string): Promise<string> {
  const { files } = parseLiteral(text);
  const model = link(await memoryProject(files));
  const [fix] = policyUses(model).flatMap(({ policy }) => preflightCachingFixes(policy));
  assert.ok(fix);
  const edits = await spell(fix, frontends, (file) => files.get(file));
  assert.ok(edits, fix.title);
  const [[, before] = ["", ""]] = [...files];
  return applied(before, edits);
}

function only(text: string): string {
  return [...parseLiteral(text).files.values()].join("");
}

describe("preflight caching", () => {
  it("an HTTP API has a maximum age of 0 seconds, and of two hours", async () => {
    const policy = (age: string) =>
      stackTs(`
      new HttpApi(stack, "A", {
        corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], maxAge: ${age} },
      });`);
    assert.equal(await switched(policy("Duration.hours(2)")), only(policy("Duration.seconds(0)")));
    assert.equal(await switched(policy("Duration.seconds(0)")), only(policy("Duration.hours(2)")));
  });

  it("a REST API has an option of its own, because CDK leaves out 0 seconds there", async () => {
    const policy = (option: string) =>
      stackPy(`
      apigateway.RestApi(
          stack,
          "A",
          default_cors_preflight_options=apigateway.CorsOptions(
              allow_origins=["https://app.acmecorp.com"],
              ${option},
          ),
      )`);
    const off = policy("disable_cache=True");
    assert.equal(await switched(policy("max_age=Duration.hours(2)")), only(off));
    assert.equal(await switched(off), only(policy("max_age=Duration.hours(2)")));
  });
});
