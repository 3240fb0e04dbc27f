import assert from "node:assert/strict";
import fc from "fast-check";
import { codeBlock, codeSpan, literal } from "../../shared/src/base/markdown";

const text = fc.string({
  unit: fc.constantFrom(
    "`",
    "``",
    "```",
    "\n",
    "a",
    " ",
    "![x](http://e.test/)",
    "\u001b",
    "<img>",
    "|",
    "\\",
  ),
});

describe("text from outside in Markdown", () => {
  it("never closes the fence around it", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (lines) => {
        const [open = "", ...rest] = codeBlock(lines);
        const fence = /^`+/.exec(open)?.[0] ?? "";
        assert.equal(rest.pop(), fence);
        assert.equal(rest.length, lines.length);
        for (const line of rest) {
          assert.ok(!line.includes(fence) && !/[\n\u001b]/.test(line), JSON.stringify(line));
        }
      }),
    );
  });

  it("stays within its span, and is shown as it is elsewhere", () => {
    fc.assert(
      fc.property(text, (each) => {
        const span = codeSpan(each);
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const inner = span.slice(fence.length, -fence.length);
        assert.ok(!(inner.match(/`+/g) ?? []).some((run) => run.length === fence.length));
        assert.ok(!/\n/.test(span));
      }),
    );
    assert.equal(literal("![x](http://e.test/) <b>"), "\\!\\[x\\](http://e.test/) \\<b\\>");
  });
});
