import assert from "node:assert/strict";
import { ts } from "ts-morph";
import { scriptsIn } from "../../../server/src/frontends/typescript/markup";
import { readTypeScript } from "../../../server/src/frontends/typescript/read";
import { writeTypeScript } from "../../../server/src/frontends/typescript/write";
import { mayMatter } from "../../../server/src/workspace/prefilter";

/** The code in a file, a line for each line that has any. */
function code(file: string, text: string): string {
  const found = scriptsIn(file, text);
  assert.equal(found?.text.length, text.length);
  for (const [index, character] of [...found.text].entries())
    if (!" ;".includes(character)) assert.equal(character, text[index], "is where it was");
  return found.text.trim().replace(/\s*\n\s*/g, "\n");
}

describe("scripts in markup", () => {
  it("are code; data, templates, comments and the text around them are not", () =>
    assert.equal(
      code(
        "/web/index.html",
        `<!doctype html>
<title>fetch() in <script>no()</script></title>
<!-- <script>no()</script> -->
<script src="vendor.js"></script>
<script type="application/json">{"no": 1}</script>
<script type="text/template"><b>no</b></script>
<textarea><script>no()</script></textarea>
<p title="<script>no()</script>">no &amp; no</p>
<script>one("<b>")</script>
<SCRIPT TYPE="module">
  two();
</SCRIPT>
<script>three()
`,
      ),
      'one("<b>");\ntwo();\n;\nthree()',
    ));

  it("of components stand beside templates that HTML would read otherwise", () =>
    assert.equal(
      code(
        "/web/Order.vue",
        `<template>
  <textarea v-model="note" />
  <title />
  <Order v-if="a < b" @click="() => save(1)">{{ a < b }}</Order>
</template>
<script>export default {}</script>
<script setup lang="ts">const a: number = 1;</script>
<style>b { content: "<script>" }</style>
`,
      ),
      "export default {};\nconst a: number = 1;;",
    ));

  it("have the dialect that they say", () => {
    const kind = (file: string, tag: string) => scriptsIn(file, `${tag}1</script>`)?.kind;
    assert.equal(kind("/a.vue", '<script lang="ts">'), ts.ScriptKind.TS);
    assert.equal(kind("/a.vue", '<script setup lang="tsx">'), ts.ScriptKind.TSX);
    assert.equal(kind("/a.svelte", '<script type="text/typescript">'), ts.ScriptKind.TS);
    assert.equal(kind("/a.vue", "<script>"), ts.ScriptKind.JSX);
    assert.equal(kind("/a.html", '<script type="text/babel">'), ts.ScriptKind.JSX);
    assert.equal(scriptsIn("/a.ts", "<script>1</script>"), undefined);
  });

  it("are read and written where they stand, with any line ends", () => {
    for (const end of ["\n", "\r\n"]) {
      const text = ["<h1>é 𝒳</h1>", "<script>", "  f('GET');", "</script>", ""].join(end);
      const facts = readTypeScript("/a.html", text);
      assert.equal(facts.broken, undefined);
      const start = text.indexOf("'GET'");
      const at = { file: "/a.html", start, end: start + 5 };
      assert.ok(JSON.stringify(facts.body).includes(`[${start},${start + 5}]`));
      const edits = writeTypeScript(
        "/a.html",
        text,
        [{ kind: "setString", at, text: "PUT" }],
        () => undefined,
      );
      const [edit] = edits ?? [];
      assert.ok(edit);
      const written = text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end);
      assert.equal(written, text.replace("GET", "PUT"));
    }
  });

  it("never make the frontend throw", () => {
    const text = "<p><script>fetch(`a${</script><textarea><style></p><!-- <script>";
    for (let end = 0; end <= text.length; end++) {
      for (const file of ["/a.html", "/a.vue", "/a.svelte"])
        assert.ok(readTypeScript(file, text.slice(0, end)));
    }
  });

  it("matter when there are any, and they make requests", () => {
    const matters = (text: string) => mayMatter("/a.html", text, "typescript");
    assert.equal(matters("<script>fetch('/a')</script>"), true);
    assert.equal(matters("<code>fetch('/a') and CORS</code>"), false);
    assert.equal(matters("<script>cors()</script>"), false);
  });
});
