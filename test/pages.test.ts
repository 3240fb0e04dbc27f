/** The rules' pages are tests: "wrong" is reported, "right" is silent, and the fix turns the one into the other. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rules } from "../shared/src/rules/index";
import { findingsIn, fixedFiles, check } from "./rules/check";
import { parseLiteral } from "./rules/literal";

const folder = path.join(__dirname, "../shared/src/rules");
const sections = ["What the browser does", "Wrong", "Right", "When to ignore it"];
/** What the pages' readers are taken to have set, so that fixes have an origin to name. */
const context = { origins: ["https://app.acmecorp.com"] };

/** The file that a sample is, where it names none. Templates are shown where a rule reads otherwise in them. */
const files: Readonly<Record<string, string>> = { py: "/app.py", yaml: "/template.yaml" };

interface Sample {
  readonly language: string;
  readonly kind: string;
  readonly note: string;
  readonly text: string;
}

describe("pages", () => {
  it("exist for rules only, and every rule has one and a test", () => {
    const pages = readdirSync(folder).filter((file) => file.endsWith(".md"));
    const ids = [...rules.map((rule) => rule.id), "suppression-unused"];
    assert.deepEqual(pages.map((file) => file.slice(0, -3)).sort(), ids.sort());
    for (const { id } of rules)
      assert.ok(existsSync(path.join(__dirname, "rules", `${id}.test.ts`)), id);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      const file = path.join(folder, `${rule.id}.md`);
      const page = existsSync(file) ? readFileSync(file, "utf8") : "";
      const samples = samplesOf(page);

      it("has its sections, and samples in TypeScript and Python", () => {
        assert.ok(page.startsWith(`# ${rule.id}\n`));
        const headings = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
        assert.deepEqual(headings, sections);
        for (const language of languagesOf(rule.id)) {
          for (const kind of ["wrong", "right"]) {
            assert.ok(
              samples.some((s) => s.language === language && s.kind === kind),
              `${language} ${kind}`,
            );
          }
        }
      });

      for (const [language, wrong, right] of pairs(samples)) {
        it(`wrong is reported, right is silent, the fix leads from one to the other (${language})`, async () => {
          const only = files[language] ?? "/stack.ts";
          const before = parseLiteral(wrong.text, only);
          const after = parseLiteral(right.text, only);
          const other = (await findingsIn(before.files, undefined, context)).filter(
            ({ rule: id }) => id !== rule.id,
          );
          assert.deepEqual(
            other.map(({ rule: id, message }) => `${id}: ${message}`),
            [],
          );
          assert.ok(before.claims.length > 0, "the page does not show the place");
          await check(rule.id, withFile(wrong.text, only), undefined, { context });
          const left = await findingsIn(after.files, undefined, context);
          assert.deepEqual(
            left.map(({ rule: id, message }) => `${id}: ${message}`),
            [],
          );
          if (right.note === "by hand") return;
          assert.deepEqual(await fixedFiles(before.files, [rule.id], { context }), after.files);
        });
      }
    });
  }
});

/** Rules about pages have no Python: browser code is not written in it. */
function languagesOf(id: string): readonly string[] {
  const pageRules = [
    "request-refused-by-policy",
    "request-refused-by-response",
    "response-header-on-request",
    "no-cors-mode-hides-response",
    "get-request-with-body",
  ];
  return pageRules.includes(id) ? ["ts"] : ["ts", "py"];
}

function samplesOf(page: string): readonly Sample[] {
  const blocks = page.matchAll(/^```(ts|py|yaml) (wrong|right)(?: (by hand))?\n([^]*?)^```$/gm);
  return [...blocks].map(([, language = "", kind = "", note = "", text = ""]) => ({
    language,
    kind,
    note,
    text,
  }));
}

/** The first wrong and the first right sample of a language belong together, and so on. */
function pairs(samples: readonly Sample[]): readonly (readonly [string, Sample, Sample])[] {
  return ["ts", "py", "yaml"].flatMap((language) => {
    const of = (kind: string) => samples.filter((s) => s.language === language && s.kind === kind);
    const rights = of("right");
    return of("wrong").flatMap((wrong, index) => {
      const right = rights[index];
      return right ? [[language, wrong, right] as const] : [];
    });
  });
}

function withFile(text: string, file: string): string {
  return /^(\/\/|#)- \//m.test(text)
    ? text
    : `${/\.(py|yaml)$/.test(file) ? "#" : "//"}- ${file}\n${text}`;
}
