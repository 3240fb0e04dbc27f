import { branches, knownBranches } from "../model/value";
import type { Fix, Problem } from "../finding";
import { originOf } from "../browser/url";
import type { HeaderField } from "../model/model";
import { ALLOW_ORIGIN, headersNamed } from "../model/query/responses";
import { within } from "../ir/span";
import { answers, type Answer } from "./lib/answers";
import { helperPlace } from "./lib/header-fix";
import { twoLineMessage } from "../advice/text";
import type { Rule } from "./rule";

/** Two origins in one answer: a list in one value, or the header twice. */
export const rule: Rule = {
  id: "allow-origin-multiple-values",
  summary: "Access-Control-Allow-Origin gets more than one value; browsers accept exactly one.",
  severity: "error",
  browserSays:
    "The 'Access-Control-Allow-Origin' header contains multiple values, but only one is allowed. Have the server send the header with a valid value.",
  failsAt: "response-allow-origin-single",
  *check(model): Iterable<Problem> {
    for (const answer of answers(model)) {
      const fields = headersNamed(answer.response, ALLOW_ORIGIN);
      const values = fields.flatMap((field) =>
        knownBranches(field.value).map((one) => ({ ...one, field })),
      );
      for (const { value, at, field } of values) {
        if (typeof value !== "string" || !/\S[,\s]+\S/.test(value)) continue;
        yield {
          at,
          fixes: chooseForRequest(answer, field, value),
          message: severalValues,
        };
      }
      for (const { value } of fields.filter(({ multi }) => !multi)) {
        const list = branches(value).find((each) => each.kind === "unknown" && each.several);
        if (list) yield { at: list.at, message: severalValues };
      }
      const [first, second] = fields.filter((field) => !field.maybe);
      if (first === undefined || second === undefined || !sentTwice(answer)) continue;
      yield {
        at: second.at,
        message: twoLineMessage(
          "The browser refuses this response: it has the header twice.",
          "Upper and lower case make no difference in header names, and multiValueHeaders are sent too. Keep one of them.",
        ),
        related: [{ at: first.at, message: "The other one is here." }],
        fixes: second.entry
          ? [
              {
                title: `Remove ${second.name}`,
                safety: "review",
                edits: [{ kind: "removeEntry", entry: second.entry }],
              },
            ]
          : [],
      };
    }
  },
};

const severalValues = twoLineMessage(
  "The browser refuses this response: it names several origins.",
  "Access-Control-Allow-Origin holds one origin or *. Send the caller's origin when it is on your list, with Vary: Origin.",
);

/** The header that names several gives way to a function that names the caller, if it is one of them. */
function chooseForRequest(
  { handler, response }: Answer,
  { entry, maybe, multi }: HeaderField,
  text: string,
): readonly Fix[] {
  const place = helperPlace(handler, response);
  const origins = text.split(/[,\s]+/).filter((part) => part !== "");
  if (!origins.every((origin) => originOf(origin) === origin) || maybe || multi) return [];
  if (entry === undefined || place === undefined || !("headersBlock" in place)) return [];
  if (!within(entry, place.headersBlock)) return [];
  const { file } = handler;
  return [
    {
      title: "Send the caller's origin when it is one of these",
      safety: "review",
      edits: [
        { kind: "removeEntry", entry },
        { kind: "insertCorsHelper", file, origins, credentials: false, places: [place] },
      ],
    },
  ];
}

/** Payload 2.0 has no multiValueHeaders, and what it does with two spellings is not established. */
function sentTwice({ handler }: Answer): boolean {
  return handler.bindings.length === 0 || handler.bindings.some((front) => front.payload === "1.0");
}
