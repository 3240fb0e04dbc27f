import type { Fix } from "../finding";
import { originOf } from "../browser/url";
import type { Edit } from "../model/edit";
import type { ComparedText } from "../ir/text-test";
import type { CorsModel, Guard } from "../model/model";
import { possibleLists } from "../model/value";
import type { RuleContext } from "../advice/context";
import { allowOriginBranches, answers, sendsCredentials } from "./lib/answers";
import { originsFor } from "../advice/needs";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

const HOW = {
  prefix: "Any origin that begins like this passes, as https://app.example.com.evil.example does.",
  "membership-in-text":
    "This looks for the origin in a text, so every part of the text passes, as https://app.example.co does for https://app.example.com.",
  "open-host": "The pattern takes any host, so the origin of every site passes.",
  suffix:
    "Any origin that ends like this passes, also one that a stranger registers or hosts beside yours.",
  substring:
    "Any origin that contains the text passes, as https://app.example.com.evil.example does.",
  "unanchored-pattern":
    "The pattern is not anchored at both ends, so an origin that merely contains a match passes.",
  "unescaped-dot":
    "A dot in the pattern matches every character, so https://appXexample.com passes.",
} as const;

/** A test that lets strangers' origins through. */
export const rule: Rule = {
  id: "origin-check-bypassable",
  summary:
    "A substring, suffix or loose pattern decides which origin is echoed: a stranger can register a matching one.",
  severity: "warning",
  allows:
    "A page of a look-alike origin reads the response, with the user's cookies where credentials are allowed.",
  *check(model, context) {
    for (const { response } of answers(model)) {
      for (const branch of allowOriginBranches(response)) {
        if (branch.kind !== "fromRequest" || branch.guard.kind !== "bypassable") continue;
        const { guard } = branch;
        yield {
          at: guard.at,
          ...(sendsCredentials(response) ? { severity: "error" as const } : {}),
          message: twoLineMessage(
            "The browser lets a look-alike site read this response.",
            `${isBareScheme(guard) ? "Every site of that scheme passes." : HOW[guard.how]} Compare whole origins with a list.`,
          ),
          related: [{ at: branch.at, message: "The origin is sent back here." }],
          fixes: fixes(guard, model, context),
        };
      }
    }
  },
};

/** A test for `https://` and nothing else. */
function isBareScheme({ how, texts = [] }: Loose): boolean {
  return (
    how === "prefix" && texts.length > 0 && texts.every(({ text }) => /^https?:?\/*$/.test(text))
  );
}

type Loose = Extract<Guard, { kind: "bypassable" }>;

/** Which origins are meant is for people to say, unless the test itself names whole ones. */
function fixes(guard: Loose, model: CorsModel, context: RuleContext): readonly Fix[] {
  const { at: test, subject, texts = [], each, how, beside } = guard;
  const named = texts.map(({ text }) => text);
  if (how === "prefix" && named.length > 0 && named.every((text) => LOCAL.test(text))) {
    const edits = texts.map(
      ({ text, at }) => ({ kind: "setString", at, text: `${text}:` }) as const,
    );
    return [{ title: "Ask for the colon before the port", safety: "review", edits }];
  }
  const known = originsFor(model, context);
  const whole = named.length > 0 && named.every((text) => isWhole(text, known));
  const other = each ? eachWith(texts, known) : { origins: whole ? named : known };
  if (other === undefined) return [];
  const edit: Edit = { kind: "compareOrigin", test, subject, with: other };
  const edits = [isComplete(beside) ? { ...edit, beside: true as const } : edit];
  return [{ title: "Compare whole origins", safety: "review", edits }];
}

/** What stands before each element where it is a whole origin, or the host of one; nothing equals a pattern. */
function eachWith(
  texts: readonly ComparedText[],
  known: readonly string[],
): { readonly before: string } | undefined {
  const before = ["", "https://"].find((scheme) =>
    texts.every(({ text }) => isWhole(scheme + text, known) && !/localhost/.test(scheme && text)),
  );
  const usable = texts.length > 0 && texts.every(({ pattern }) => pattern === undefined);
  return usable && before !== undefined ? { before } : undefined;
}

/** Pages that are not only of the machine itself come through an exact comparison, as far as is known. */
function isComplete(beside: Loose["beside"]): boolean {
  if (beside === undefined) return false;
  const lists = possibleLists(beside);
  return lists.some(
    ({ items, complete }) =>
      !complete || items.some(({ value }) => !/\/\/(localhost|127\.)/.test(value)),
  );
}

/** An origin, and not the beginning of one: its host is known to the web, and no known origin goes on where it ends. */
function isWhole(text: string, known: readonly string[]): boolean {
  const goesOn = known.some((origin) => origin !== text && origin.startsWith(text));
  return originOf(text) === text && /^https?:\/\/(localhost\b|.*\.)/.test(text) && !goesOn;
}

/** Pages of the machine itself, on whatever port. */
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1)$/;
