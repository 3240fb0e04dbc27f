import assert from "node:assert/strict";
import { type Diagnostic } from "vscode";
import { diagnosticsOf, openFile, replace, revert, ruleOf } from "./editor";

const applications = [
  { name: "TypeScript", project: "acme-orders-ts", stack: "lib/orders-stack.ts" },
  { name: "Python", project: "acme-orders-py", stack: "stacks/orders_stack.py" },
];

const seeded = [
  "allow-headers-missing",
  "allow-methods-missing",
  "cors-not-configured",
  "max-age-out-of-range",
  "origin-never-matches",
  "wildcard-origin-with-credentials",
];

for (const { name, project, stack } of applications) {
  describe(`The example in ${name}`, () => {
    it("shows the mistakes of its stack, and no others", async () => {
      const document = await openFile(project, stack);
      const found = await diagnosticsOf(document.uri, (all) => all.length >= seeded.length);
      assert.deepEqual(rulesOf(found), seeded);
    });

    it("shows nothing once fixed but a mistake that is typed in", async () => {
      const document = await openFile(`${project}-fixed`, stack);
      const text = document.getText();
      await replace(
        document,
        text.replace('"https://qa.acmecorp.com"', '"https://qa.acmecorp.com/"'),
      );
      const found = await diagnosticsOf(document.uri, (all) => all.length > 0);
      assert.deepEqual(new Set(rulesOf(found)), new Set(["origin-never-matches"]));
      await revert(document);
    });
  });
}

function rulesOf(problems: readonly Diagnostic[]): string[] {
  return problems.map((problem) => String(ruleOf(problem))).sort();
}
