import { patternTest } from "./methods-string";
import type { Native } from "./natives";
import { scopeOf } from "./natives";
import type { RegexValue, AbstractValue } from "../core/values";
import { callUnseen } from "../syntax/unseen";

/** A pattern's text as a compiled one; what is no known text stays as it is. */
function compiled(value: AbstractValue): AbstractValue {
  if (value.t !== "const" || typeof value.value !== "string") return value;
  return { t: "regex", pattern: value.value, flags: "", at: value.at } satisfies RegexValue;
}

const compile: Native = (run, args, callee) => {
  const [pattern] = args.positional;
  const value = pattern && compiled(pattern);
  return value?.t === "regex" ? value : callUnseen(run, scopeOf(args, callee), args, "a pattern");
};

const tested =
  (name: string): Native =>
  (run, args, callee) => {
    const [pattern, subject] = args.positional;
    const value = pattern && compiled(pattern);
    if (value?.t !== "regex" || !subject)
      return callUnseen(run, scopeOf(args, callee), args, "a pattern test");
    return patternTest(value, subject, name, args.at, 1);
  };

export const patterns: readonly (readonly [string, Native])[] = [
  ["py:re.compile", compile],
  ...["match", "search", "fullmatch"].map((name) => [`py:re.${name}`, tested(name)] as const),
];
