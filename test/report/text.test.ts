import { coverageOf } from "../../shared/src/model/query/coverage";
import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Finding } from "../../shared/src/finding";
import { excerpt } from "../../server/src/report/excerpt";
import type { Report } from "../../server/src/report/report";
import { textReport } from "../../server/src/report/text";

const stats = {
  files: 2,
  read: 2,
  parsed: 2,
  evaluated: 3,
  reused: 0,
  apps: 1,
  apis: 1,
  handlers: 1,
  responses: 3,
  requests: 0,
};

function report(text: string, word: string, extra: Partial<Finding> = {}): Report {
  const start = text.indexOf(word);
  const finding: Finding = {
    rule: "max-age-out-of-range",
    severity: "warning",
    message: "The preflight is cached too long.\nThe documented range ends at 86400 s.",
    at: { file: "/app/lib/stack.ts", start, end: start + word.length },
    related: [],
    fixes: [],
    ...extra,
  };
  return {
    root: "/app",
    cwd: "/app",
    findings: [finding],
    gaps: [],
    stats,
    coverage: coverageOf([]),
    text: () => text,
  };
}

describe("text report", () => {
  it("says how many handlers were followed in part", () => {
    const shown = textReport(
      {
        ...report("", "", {}),
        findings: [],
        stats: { ...stats, handlers: 46, followedInPart: 8 },
      },
      { color: false },
    );
    assert.match(shown, /46 handlers with 3 responses\. 8 of 46 handlers were followed in part\./);
    const plain = textReport({ ...report("", "", {}), findings: [] }, { color: false });
    assert.doesNotMatch(plain, /in part/);
  });

  it("shows place, line, marks, the other place, why and what to change", () => {
    const text = "const a = 1;\nconst maxAge = 864000;\n";
    const shown = textReport(
      report(text, "864000", {
        related: [
          { at: { file: "/app/lambda/orders.ts", start: 6, end: 7 }, message: "used\nhere" },
        ],
        fixes: [
          { title: "Write Duration.hours(2)", safety: "safe", edits: [] },
          { title: "Remove it", safety: "review", edits: [] },
        ],
      }),
      { color: false },
    );
    assert.equal(
      shown,
      [
        "warning[max-age-out-of-range]: The preflight is cached too long.",
        " --> lib/stack.ts:2:16",
        "  |",
        "2 | const maxAge = 864000;",
        "  |                ^^^^^^",
        " ::: lambda/orders.ts:1:7",
        "  |",
        "1 | const a = 1;",
        "  |       - used here",
        "  |",
        "  = why: The documented range ends at 86400 s.",
        "  = fix: Write Duration.hours(2) (safe: --fix does it)",
        "  = fix: Remove it (to be reviewed)",
        "  = see: https://github.com/cors-lens/cors-lens/blob/main/shared/src/rules/max-age-out-of-range.md",
        "",
        "1 warning in 1 file. 1 problem can be fixed with --fix.",
        "Looked at 2 files, 1 API, 1 handler with 3 responses.",
        "",
      ].join("\n"),
    );
  });

  it("says the same in colours", () => {
    const one = report("const maxAge = 864000;", "864000");
    const colored = textReport(one, { color: true });
    assert.notEqual(colored, textReport(one, { color: false }));
    assert.equal(stripVTControlCharacters(colored), textReport(one, { color: false }));
  });

  it("lists what was not understood only when asked", () => {
    const one: Report = {
      ...report("x", "x"),
      findings: [],
      gaps: [
        { file: "/app/big.ts", because: "is larger than 1 MB" },
        { file: "/app/a.ts", at: { file: "/app/a.ts", start: 0, end: 1 }, because: "no idea" },
      ],
    };
    assert.match(
      textReport(one, { color: false }),
      /^No CORS mistakes found\.\n.*Not understood: 2 places/,
    );
    assert.match(
      textReport(one, { color: false, gaps: true }),
      /^Not understood:\n {2}big\.ts: is larger than 1 MB\n {2}a\.ts:1: no idea\n/,
    );
  });

  it("tells a fault once that was copied into many files, with the places", () => {
    const helper =
      "const answer = (status) => {\n  const body = 1;\n  return { status };\n};\nexport {};\n";
    const texts: Readonly<Record<string, string>> = {
      "/app/a.ts": helper,
      "/app/b.ts": `// another first line\n${helper}`,
      "/app/c.ts": helper.replaceAll("\n  ", "\n      "),
      "/app/d.ts": helper.replace("body = 1", "body = 2"),
    };
    const findings = Object.entries(texts).map(([file, text]): Finding => {
      const start = text.indexOf("{ status }");
      const message = `No header.\n${file.length} responses come from here.`;
      return {
        rule: "success-response-without-allow-origin",
        severity: "warning",
        message,
        at: { file, start, end: start + "{ status }".length },
        related: [],
        fixes: [],
      };
    });
    const shown = (of: readonly Finding[]): string =>
      textReport(
        { ...report("", ""), findings: of, text: (file) => texts[file] ?? "" },
        { color: false },
      );
    const all = shown(findings);
    assert.equal(all.match(/^warning\[/gm)?.length, 2);
    assert.match(
      all,
      /--> a\.ts:3:10\n[^]*= copies: The same code stands in 2 other places:\n +b\.ts:4:10\n +c\.ts:3:14\n\nwarning[^]*--> d\.ts:3:10/,
    );
    assert.match(all, /^4 warnings in 4 files\.$/m);
    // Two are told as they are.
    assert.equal(shown(findings.slice(0, 2)).match(/^warning\[/gm)?.length, 2);
  });
});

describe("excerpt", () => {
  const under = (line: string, word: string): readonly [string, string] => {
    const start = line.indexOf(word);
    const { code, marks } = excerpt(line, start, start + word.length, "^");
    return [code, marks];
  };

  it("marks behind tabs", () => {
    assert.deepEqual(under('\t"*"', '"*"'), ['    "*"', "    ^^^"]);
  });

  it("marks behind and under wide characters", () => {
    assert.deepEqual(under('"日本" x', "x"), ['"日本" x', "       ^"]);
    assert.deepEqual(under('"日本" x', "日本"), ['"日本" x', " ^^^^"]);
  });

  it("marks behind combined and astral characters", () => {
    assert.deepEqual(under("e\u0301 👩‍💻 x", "x"), ["e\u0301 👩‍💻 x", "     ^"]);
  });

  it("marks an empty place and one that goes beyond the line", () => {
    assert.deepEqual(excerpt("ab", 2, 2, "^"), { code: "ab", marks: "  ^" });
    assert.deepEqual(excerpt("ab", 1, 99, "^"), { code: "ab", marks: " ^" });
  });

  it("cuts an overlong line around the mark", () => {
    const line = `${"a".repeat(300)}X${"b".repeat(300)}`;
    const { code, marks } = excerpt(line, 300, 301, "^");
    assert.equal(code.length, 122);
    assert.equal(code[marks.length - 1], "X");
  });

  it("lets no source text steer the terminal", () => {
    assert.equal(excerpt("a\u001b[31mb\u202ec", 0, 1, "^").code, "a\ufffd[31mb\ufffdc");
  });
});
