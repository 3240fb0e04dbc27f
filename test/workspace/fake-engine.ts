import type { Finding, Problem } from "../../shared/src/finding";
import { lineStartsOf } from "../../shared/src/ir/span";
import type { FileFacts, Language } from "../../shared/src/ir/facts";
import type { CorsModel, Gap } from "../../shared/src/model/model";
import type { Project } from "../../shared/src/ir/project";
import type { Rule } from "../../shared/src/rules/rule";
import type { Engine } from "../../server/src/workspace/check";
import { parseDirective } from "../../server/src/frontends/directives";
import type { Frontend } from "../../server/src/workspace/languages";

/**
 * An engine with a language of three words, to test what surrounds the real one: each `BAD` in a candidate is a
 * mistake that is fixed safely to `GOOD`, each `UGLY` one whose fix needs review, each `USES(path)` reads another file.
 */
export function fakeEngine(
  options: {
    readonly gate?: Partial<Record<Language, Promise<void>>>;
    readonly onLoad?: (language: Language) => void;
  } = {},
): Engine {
  const frontend = (language: Language): Frontend => ({
    reader: async () => {
      options.onLoad?.(language);
      await options.gate?.[language];
      return (file, text) => facts(file, text, language);
    },
    writer: () =>
      Promise.resolve((_file, _text, edits) =>
        edits.flatMap((edit) =>
          edit.kind === "setString" ? [{ at: edit.at, text: edit.text }] : [],
        ),
      ),
  });
  return {
    frontends: {
      typescript: frontend("typescript"),
      python: frontend("python"),
      template: frontend("template"),
    },
    link: fakeLink,
    rules: [rule("bad-word", "BAD", "safe"), rule("ugly-word", "UGLY", "review")],
  };
}

function facts(file: string, text: string, language: Language): FileFacts {
  const comments = [...text.matchAll(/(?:\/\/|#).*/g)];
  const directives = comments.flatMap((match) => parseDirective(match[0], match.index) ?? []);
  return { file, language, body: [], directives, gaps: [], lineStarts: lineStartsOf(text) };
}

function fakeLink(project: Project): CorsModel {
  const gaps: Gap[] = [];
  for (const file of project.candidates) {
    const text = project.facts(file) ? (project.text(file) ?? "") : "";
    for (const match of text.matchAll(/BAD|UGLY/g)) {
      const start = match.index;
      gaps.push({ because: match[0], at: { file, start, end: start + match[0].length } });
    }
    for (const [, other = ""] of text.matchAll(/USES\(([^)]+)\)/g)) {
      project.facts(`${project.root}/${other}`);
    }
  }
  return { apis: [], policies: [], handlers: [], requests: [], gaps };
}

function rule(id: string, word: string, safety: Finding["fixes"][number]["safety"]): Rule {
  return {
    id,
    summary: `The word ${word}.`,
    severity: safety === "safe" ? "error" : "warning",
    *check(model): Iterable<Problem> {
      for (const { because, at } of model.gaps) {
        if (because !== word) continue;
        yield {
          at,
          message: `The browser dislikes ${word}.\nWrite GOOD.`,
          related: [{ at: { ...at, start: 0, end: 2 }, message: "the file begins here" }],
          fixes: [
            { title: `Replace ${word}`, safety, edits: [{ kind: "setString", at, text: "GOOD" }] },
          ],
        };
      }
    },
  };
}
