/** Edits that catch what leaves the function marked `fn`. */
import type { AnswerSource } from "../../../shared/src/model/edit";
import type { Edits, Marks } from "./spell";

/** The marks `p1`, `p2`, … are promises. */
const answers =
  (sources: (at: Marks) => readonly AnswerSource[], promises = 0): Edits =>
  (at) => [
    {
      kind: "answerErrors",
      function: at("fn"),
      promises: Array.from({ length: promises }, (_, index) => at(`p${index + 1}`)),
      event: "event",
      sources: sources(at),
    },
  ];
/** With the headers that are marked `cors`. */
export const taken = answers((at) => [{ kind: "expression", at: at("cors") }]);
const star: AnswerSource = {
  kind: "headers",
  headers: [{ name: "Access-Control-Allow-Origin", value: { kind: "text", text: "*" } }],
};
/** With any origin. */
export const written = (promises = 0): Edits => answers(() => [star], promises);
