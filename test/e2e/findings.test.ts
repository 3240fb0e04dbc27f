import assert from "node:assert/strict";
import { commands, type Diagnostic, DiagnosticSeverity, type TextDocument, Uri } from "vscode";
import {
  applyQuickFix,
  diagnosticsOf,
  folder,
  openFile,
  problem,
  quickFixes,
  replace,
  revert,
  ruleOf,
  textOf,
} from "./editor";

const languages = [
  {
    name: "TypeScript",
    project: "orders-ts",
    file: "lib/orders-stack.ts",
    handler: "src/list.ts",
    comment: "//",
    policy: /corsPreflight: \{.*?\n {2}\},/s,
  },
  {
    name: "Python",
    project: "orders-py",
    file: "app.py",
    handler: "src/list.py",
    comment: "#",
    policy: /cors_preflight=apigwv2\.CorsPreflightOptions\(.*?\n {4}\),/s,
  },
];

const broken = "https://app.acmecorp.com/";
const fixed = "https://app.acmecorp.com";
const tooLong = "Duration.days(10)";
const longEnough = "Duration.hours(2)";

for (const { name, project, file, handler, comment, policy } of languages) {
  describe(`A CORS mistake in ${name}`, () => {
    let stack: TextDocument;
    let before: string;

    beforeEach(async () => {
      stack = await openFile(project, file);
      before = stack.getText();
    });
    afterEach(() => revert(stack));

    it("is underlined at the word that is wrong", async () => {
      const found = await problem(stack, "origin-never-matches");
      assert.equal(stack.getText(found.range).replaceAll('"', ""), broken);
    });

    it("is fixed by its quick fix, and the underline goes", async () => {
      const found = await problem(stack, "origin-never-matches");
      const [first] = await quickFixes(stack, found);
      assert.ok(first?.isPreferred, "the first fix is not the preferred one");
      await applyQuickFix(stack, found, first.title);
      assert.equal(stack.getText(), before.replace(broken, fixed));
      await diagnosticsOf(stack.uri, (all) => !all.some(isRule("origin-never-matches")));
    });

    it("comes back when the mistake does", async () => {
      const found = await problem(stack, "origin-never-matches");
      const [first] = await quickFixes(stack, found);
      assert.ok(first);
      await applyQuickFix(stack, found, first.title);
      await diagnosticsOf(stack.uri, (all) => !all.some(isRule("origin-never-matches")));
      await commands.executeCommand("undo");
      await textOf(stack, (text) => text === before);
      await problem(stack, "origin-never-matches");
    });

    it("can be silenced by a comment, which is offered last", async () => {
      const found = await problem(stack, "origin-never-matches");
      const titles = (await quickFixes(stack, found)).map(({ title }) => title);
      assert.deepEqual(titles.slice(-2), [
        "Suppress origin-never-matches for this line",
        "Suppress origin-never-matches in this file",
      ]);
      await applyQuickFix(stack, found, "Suppress origin-never-matches for this line");
      const line = stack.lineAt(found.range.start.line).text.trim();
      assert.ok(
        line.startsWith(`${comment} cors-lens-disable-next-line origin-never-matches`),
        `the comment is: ${line}`,
      );
      await diagnosticsOf(stack.uri, (all) => !all.some(isRule("origin-never-matches")));
    });

    it("is fixed with all other safe ones by Fix All", async () => {
      await diagnosticsOf(stack.uri, (all) =>
        ["origin-never-matches", "max-age-out-of-range"].every((rule) => all.some(isRule(rule))),
      );
      await commands.executeCommand("editor.action.sourceAction", {
        kind: "source.fixAll.cors-lens",
        apply: "first",
      });
      const expected = before.replace(broken, fixed).replace(tooLong, longEnough);
      assert.equal(await textOf(stack, (text) => text !== before), expected);
      await diagnosticsOf(stack.uri, (all) => all.length === 0);
    });

    it("is seen in a handler that is not open, and follows what the stack says", async () => {
      const closed = Uri.joinPath(folder(project), handler);
      const reported = isRule("cors-headers-ignored");
      const isMention = (each: Diagnostic): boolean =>
        reported(each) && each.severity === DiagnosticSeverity.Information;
      await diagnosticsOf(closed, (all) => all.some(isMention));
      await replace(stack, before.replace(policy, ""));
      await diagnosticsOf(closed, (all) => !all.some(isMention));
    });
  });
}

function isRule(rule: string): (problem: Diagnostic) => boolean {
  return (each) => ruleOf(each) === rule;
}
