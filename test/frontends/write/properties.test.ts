/** Lists and mappings laid out in every way: after an edit they hold what they should, and nothing else is lost. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { loadPython } from "../../../server/src/frontends/python/read";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import type { FileFacts } from "../../../shared/src/ir/facts";
import type { Edit } from "../../../shared/src/model/edit";
import type { Span } from "../../../shared/src/ir/span";
import { applied, writerOf } from "./spell";

const loading = loadPython();

async function read(file: string, text: string): Promise<FileFacts> {
  return file.endsWith(".py") ? (await loading)(file, text) : readTypeScript(file, text);
}

interface Sample {
  readonly file: string;
  readonly text: string;
  readonly list: readonly [number, number];
  readonly items: readonly (readonly [number, number])[];
  readonly comments: readonly string[];
}

const gap = fc.constantFrom("", " ", "\n", "\n    ", "  \n\n  ");

/** A list of `"v0", "v1", …` with blanks, comments and line breaks anywhere between them. */
const sample: fc.Arbitrary<Sample> = fc
  .record({
    file: fc.constantFrom("s.ts", "s.py"),
    windows: fc.boolean(),
    mapping: fc.boolean(),
    gaps: fc.array(fc.tuple(gap, gap, fc.boolean()), { minLength: 1, maxLength: 6 }),
    last: fc.boolean(),
    head: fc.constantFrom(
      "x = ",
      "f(x)\nlonger_name_for_the_list_of_all_the_headers_that_are_allowed = ",
      "x = [0, ",
    ),
  })
  .map(({ file, windows, mapping, gaps, last, head }) => {
    const mark = file.endsWith(".py") ? "#" : "//";
    const comments: string[] = [];
    const items: [number, number][] = [];
    const start = head.length;
    let text = `${head}${mapping ? "{" : "["}`;
    gaps.slice(0, -1).forEach(([before, after, comment], index) => {
      text += before;
      const from = text.length;
      text += mapping ? `"k${index}": "v${index}"` : `"v${index}"`;
      items.push([from, text.length]);
      const final = index === gaps.length - 2;
      text += (after.includes("\n") ? "" : after) + (final && !last ? "" : ",");
      if (comment) {
        comments.push(`note ${index}.`);
        text += ` ${mark} note ${index}.\n`;
      }
    });
    text += `${gaps.at(-1)?.[0] ?? ""}${mapping ? "}" : "]"}`;
    const end = text.length;
    text += head.endsWith(", ") ? "]\ny = 1\n" : "\ny = 1\n";
    if (!windows) return { file, text, list: [start, end] as const, items, comments };
    const at = (offset: number): number => offset + text.slice(0, offset).split("\n").length - 1;
    return {
      file,
      text: text.replaceAll("\n", "\r\n"),
      list: [at(start), at(end)] as const,
      items: items.map(([a, b]) => [at(a), at(b)] as const),
      comments,
    };
  });

async function spell(s: Sample, edits: readonly Edit[]): Promise<string> {
  const write = await writerOf(s.file);
  const changes = write(s.file, s.text, edits, () => undefined);
  assert(changes, `the edit is spelled in ${JSON.stringify(s.text)}`);
  return applied(s.text, changes);
}

/** The texts `v…` in the order in which they stand in the facts. */
async function valuesIn(file: string, text: string): Promise<string[]> {
  const facts = await read(file, text);
  assert.equal(facts.broken, undefined, `parses: ${text}`);
  return [...JSON.stringify(facts.body).matchAll(/"value":"(v\w+)"/g)].map((m) => m[1] ?? "");
}

function span(s: Sample, [start, end]: readonly [number, number]): Span {
  return { file: s.file, start, end };
}

function isMapping(s: Sample): boolean {
  return s.text[s.list[0]] === "{";
}

describe("edits of lists and mappings in any layout", () => {
  it("add at the end", async () => {
    await fc.assert(
      fc.asyncProperty(sample, fc.constantFrom("vnew", `v${"x".repeat(60)}`), async (s, added) => {
        const before = await valuesIn(s.file, s.text);
        const edit: Edit = isMapping(s)
          ? {
              kind: "addHeaders",
              headersBlock: span(s, s.list),
              headers: [{ name: "X-New", value: { kind: "text", text: added } }],
            }
          : {
              kind: "addToList",
              list: span(s, s.list),
              form: "restDefault",
              field: "allowHeaders",
              items: [added],
            };
        const after = await spell(s, [edit]);
        assert.deepEqual(await valuesIn(s.file, after), [...before, added], after);
        for (const comment of s.comments)
          assert(after.includes(comment), `keeps ${comment}: ${after}`);
        if (s.text.includes("\r\n")) assert(!/[^\r]\n/.test(after), "keeps CR LF");
      }),
    );
  });

  it("remove any of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        sample,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        async (s, which) => {
          const edits = s.items
            .filter((_, index) => which[index])
            .map((item): Edit => ({ kind: "removeEntry", entry: span(s, item) }));
          const after = await spell(s, edits);
          const left = (await valuesIn(s.file, s.text)).filter((_, index) => !which[index]);
          assert.deepEqual(await valuesIn(s.file, after), left, after);
        },
      ),
    );
  });

  it("spread at the beginning, and set each value", async () => {
    await fc.assert(
      fc.asyncProperty(sample, async (s) => {
        const edits = s.items.map((item, index): Edit => {
          const value = [item[1] - `"v${index}"`.length, item[1]] as const;
          return { kind: "setString", at: span(s, value), text: `vset${index}` };
        });
        const name = s.text.lastIndexOf("y = 1");
        const spread: Edit = {
          kind: "spreadHeaders",
          headersBlock: span(s, s.list),
          expression: span(s, [name, name + 1]),
        };
        const after = await spell(s, isMapping(s) ? [spread, ...edits] : edits);
        assert.deepEqual(
          await valuesIn(s.file, after),
          s.items.map((_, index) => `vset${index}`),
          after,
        );
        for (const comment of s.comments)
          assert(after.includes(comment), `keeps ${comment}: ${after}`);
      }),
    );
  });
});

describe("a writer given any places", () => {
  it("writes what parses, or declines", async () => {
    const text = {
      "s.ts": `const a = { b: ["c", d()], e: f.g };\nif (a) { h(); }\nnew I(this, "J", { k });\n`,
      "s.py": `a = {"b": ["c", d()], "e": f.g}\nif a:\n    h()\nI(self, "J", k=k)\n`,
    };
    const kinds: ((at: Span) => Edit)[] = [
      (at) => ({ kind: "addPolicy", form: "httpApi", call: at, policy: { allowOrigins: ["*"] } }),
      (at) => ({
        kind: "addCorsPreflight",
        on: "a",
        statement: at,
        policy: { allowOrigins: ["*"] },
      }),
      (at) => ({ kind: "setPolicyFields", form: "cfnApi", block: at, fields: { maxAge: 1 } }),
      (at) => ({ kind: "removeEntry", entry: at }),
      (at) => ({ kind: "rename", name: at, to: "z" }),
      (at) => ({
        kind: "addToList",
        list: at,
        form: "cfnApi",
        field: "allowHeaders",
        items: ["z"],
      }),
      (at) => ({ kind: "removeFromList", item: at }),
      (at) => ({ kind: "setString", at, text: "z" }),
      (at) => ({ kind: "setDuration", at, seconds: 1, form: "httpApi" }),
      (at) => ({ kind: "setMethod", at, method: "PUT", form: "httpApi" }),
      (at) => ({ kind: "setRouteMethods", call: at, methods: ["GET", "PUT"] }),
      (at) => ({ kind: "addOptionsRoute", api: "a", path: "/", statement: at, integration: at }),
      (at) => ({ kind: "setMethodOpen", call: at }),
      (at) => ({
        kind: "addGatewayResponses",
        api: "a",
        statement: at,
        types: ["DEFAULT_4XX"],
        headers: [],
      }),
      (at) => ({
        kind: "setBehavior",
        block: at,
        option: "cachePolicy",
        member: "CACHING_DISABLED",
      }),
      (at) => ({ kind: "addHeaders", headers: [], responseBlock: at }),
      (at) => ({ kind: "spreadHeaders", expression: at, headersBlock: at }),
      (at) => ({
        kind: "compareOrigin",
        test: at,
        subject: "receiver",
        with: { origins: ["https://a"] },
        beside: true,
      }),
      (at) => ({ kind: "compareOrigin", test: at, subject: 0, with: { before: "" } }),
      (at) => ({ kind: "checkOrigin", value: { expression: at }, origins: ["https://a"] }),
      (at) => ({ kind: "checkOrigin", value: { entry: at }, origins: ["https://a"] }),
      (at) => ({ kind: "setOrigins", at, origins: ["https://a", "https://b"] }),
      (at) => ({ kind: "setStatus", at, status: 204 }),
      (at) => ({ kind: "setStatus", responseBlock: at, status: 204 }),
      (at) => ({ kind: "copy", at, with: at }),
      (at) => ({ kind: "removeStatement", statement: at }),
      (at) => ({
        kind: "insertCorsHelper",
        file: at.file,
        origins: ["https://www.example.com"],
        credentials: true,
        places: [{ responseBlock: at, event: "a" }],
      }),
      (at) => ({
        kind: "answerErrors",
        function: at,
        promises: [],
        sources: [{ kind: "headers", headers: [] }],
      }),
    ];
    const files = Object.entries(text);
    let written = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.constantFrom(...kinds),
        fc.nat(90),
        fc.nat(40),
        async ([file, code], edit, from, length) => {
          const at = {
            file,
            start: Math.min(from, code.length),
            end: Math.min(from + length, code.length),
          };
          const write = await writerOf(file);
          const changes = write(file, code, [edit(at)], () => undefined);
          if (!changes) return;
          written++;
          const after = applied(code, changes);
          assert.equal((await read(file, after)).broken, undefined, after);
        },
      ),
      { numRuns: 2000 },
    );
    assert(written > 0, "some of the places make sense");
  });
});
