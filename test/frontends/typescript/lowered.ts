import assert from "node:assert/strict";
import type { Expr, FileFacts, Stmt } from "../../../shared/src/ir/facts";
import type { Range } from "../../../shared/src/ir/span";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import { printFacts } from "../print-facts";

/** Reads a text that must be free of syntax errors. */
export function readWell(text: string, file = "/x.ts"): FileFacts {
  const facts = readTypeScript(file, text);
  assert.deepEqual(facts.gaps, []);
  assert.equal(facts.broken, undefined);
  return facts;
}

/** One `it` for each pair of source and printed facts, named by the source. */
export function itLowers(
  pairs: readonly (readonly [source: string, facts: string])[],
  file?: string,
) {
  for (const [source, facts] of pairs) {
    it(source.replace(/\s+/g, " ").slice(0, 100), () => {
      assert.equal(printFacts(readWell(source, file)), facts);
    });
  }
}

type Place = { readonly what: string; readonly at: Range };

/** Every range in the facts with the kind of what carries it. */
export function placesIn(facts: FileFacts): Place[] {
  const places: Place[] = [];
  const pending: [name: string, value: unknown][] = [["facts", facts.body]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [name, value] = next;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const what = "k" in value ? String(value.k) : name;
      if (isRange(key, inner)) places.push({ what: `${what}.${key}`, at: inner });
      else pending.push([/^\d+$/.test(key) ? name : key, inner]);
    }
  }
  return places;
}

function isRange(key: string, value: unknown): value is Range {
  return (key === "at" || key.endsWith("At")) && Array.isArray(value);
}

/** The value of the first `const`. */
export function firstValue(facts: FileFacts): Expr {
  const found = facts.body.find((stmt): stmt is Extract<Stmt, { k: "let" }> => stmt.k === "let");
  assert.ok(found?.value, "the text declares a value");
  return found.value;
}
