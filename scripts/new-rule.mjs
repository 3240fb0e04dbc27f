#!/usr/bin/env node
// npm run rule -- <id>: begins a rule with its page and its test. The rule reports nothing until its check is written.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [id, ...more] = process.argv.slice(2);

if (id === undefined || more.length > 0 || !/^[a-z]+(-[a-z]+)+$/.test(id) || id.startsWith("no-")) {
  console.error("usage: npm run rule -- <id>");
  console.error(
    "An id is a noun for the state of affairs, in lower case with hyphens: allow-headers-missing",
  );
  process.exit(2);
}

const rule = `import type { CorsPolicy } from "../model/model";
import { policyUses } from "../model/query/platform";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Say here what is wrong in the world, and where the fact comes from. */
export const rule: Rule = {
  id: "${id}",
  summary: "One sentence for tables.",
  severity: "warning",
  *check(model) {
    for (const { policy } of policyUses(model)) {
      if (!isWrong(policy)) continue;
      yield {
        at: policy.at,
        message: twoLineMessage("What the browser does.", "Why, and what to change."),
      };
    }
  },
};

/** Nothing begins before its file, so nothing is reported until this says what is wrong. */
function isWrong(policy: CorsPolicy): boolean {
  return policy.at.start < 0;
}
`;

const page = `# ${id}

What is wrong, in one sentence.

## What the browser does

What it does, and why.

## Wrong

\`\`\`ts wrong
new HttpApi(stack, "Orders");
\`\`\`

\`\`\`py wrong
apigwv2.HttpApi(stack, "Orders")
\`\`\`

## Right

What to do instead. The samples are what the fix makes of the wrong ones; mark them "by hand" where there is no fix.

\`\`\`ts right
new HttpApi(stack, "Orders");
\`\`\`

\`\`\`py right
apigwv2.HttpApi(stack, "Orders")
\`\`\`

## When to ignore it

When the finding is true and harmless.
`;

const test = `import { check } from "./check";
import { stackTs } from "./samples";

const rule = "${id}";

describe(rule, () => {
  it("is silent about a policy that is as it should be", async () => {
    await check(
      rule,
      stackTs(\`
      new HttpApi(stack, "Orders", {
        corsPreflight: { allowOrigins: ["https://app.acmecorp.com"], allowHeaders: ["content-type"] },
      });\`),
    );
  });
});
`;

const files = {
  [`shared/src/rules/${id}.ts`]: rule,
  [`shared/src/rules/${id}.md`]: page,
  [`test/rules/${id}.test.ts`]: test,
};
for (const file of Object.keys(files)) {
  if (!existsSync(path.join(root, file))) continue;
  console.error(`${file} exists already`);
  process.exit(2);
}
for (const [file, text] of Object.entries(files)) {
  writeFileSync(path.join(root, file), text);
  console.log(file);
}
console.log("Now write the check, the page and the test, and run: npm run generate && npm test");
