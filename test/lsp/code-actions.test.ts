import assert from "node:assert/strict";
import type { Engine } from "../../server/src/workspace/check";
import { frontends } from "../../server/src/workspace/languages";
import { link, linkSteps } from "../../shared/src/readers/link";
import {
  type ClientOptions,
  explainCommand,
  fixRuleKind,
  suppressFileKind,
} from "../../shared/src/protocol";
import { rules } from "../../shared/src/rules";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";
import { Editor, type EditorOptions, plain, uri } from "./editor";

const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe("language server: code actions", () => {
  const editors: Editor[] = [];
  const open = async (
    text: string,
    options: EditorOptions = {},
    name = "a.ts",
    engine: Engine = fakeEngine(),
  ): Promise<{ editor: Editor; file: string }> => {
    const folder = folderWith({ [name]: text, "other.ts": "cors" });
    const editor = await Editor.open(engine, { folders: [folder], ...options });
    editors.push(editor);
    const file = `${folder}/${name}`;
    await editor.openDocument(file, text);
    return { editor, file };
  };

  afterEach(async () => {
    for (const editor of editors.splice(0)) await editor.close();
    removeFolders();
  });

  it("offer the fixes, only safe ones preferred, and the suppression last", async () => {
    const { editor, file } = await open("cors BAD\nUGLY");
    const actions = await editor.codeActions(file, everything);
    assert.deepEqual(
      actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred]),
      [
        ["Replace BAD", "quickfix", true],
        ["Replace UGLY", "quickfix", undefined],
        ["Suppress bad-word for this line", "quickfix", undefined],
        ["Suppress ugly-word for this line", "quickfix", undefined],
        ["Suppress bad-word in this file", suppressFileKind, undefined],
        ["Suppress ugly-word in this file", suppressFileKind, undefined],
      ],
    );
    const [fix] = actions;
    assert.ok(fix);
    assert.equal(editor.after(fix, file), "cors GOOD\nUGLY");
    assert.equal(fix.diagnostics?.[0]?.code, "bad-word");
  });

  for (const [name, mark] of [
    ["a.ts", "//"],
    ["a.py", "#"],
  ] as const)
    it(`are what the editor's menu runs, one kind each (${name})`, async () => {
      const { editor, file } = await open("cors BAD\nUGLY", {}, name);
      const of = async (kind: string) => editor.codeActions(file, everything, [kind]);
      const [rule, ...more] = await of(fixRuleKind);
      assert.ok(rule);
      assert.deepEqual([rule.title, more.length], ["Fix all safe bad-word problems", 0]);
      assert.equal(editor.after(rule, file), "cors GOOD\nUGLY");
      const [silence] = await of(suppressFileKind);
      assert.ok(silence);
      const after = editor.after(silence, file);
      assert.equal(after.split("\n")[0], `${mark} cors-lens-disable-file bad-word`);
      const kinds = (await of("quickfix")).map(({ kind }) => kind);
      assert.ok(kinds.includes("quickfix") && kinds.includes(suppressFileKind));
    });

  it("lead to the rule's page where the client can show it, after the fixes", async () => {
    const initializationOptions: ClientOptions = { commands: [explainCommand] };
    const { editor, file } = await open("cors BAD BAD", { initializationOptions });
    const actions = await editor.codeActions(file, everything);
    const others = actions.filter(({ title }) => !title.startsWith("Replace"));
    assert.deepEqual(
      others.map(({ title, command }) => [title, command?.command, command?.arguments]),
      [
        ["Fix all safe bad-word problems", undefined, undefined],
        ["Explain bad-word", "corsLens.explainRule", ["bad-word"]],
        ["Suppress bad-word for this line", undefined, undefined],
        ["Suppress bad-word in this file", undefined, undefined],
      ],
    );
    assert.ok(actions.indexOf(others[0] ?? assert.fail()) >= 2);
    // The same by the mouse, on the rule's name in the editor's own hover.
    const [diagnostic] = actions[0]?.diagnostics ?? [];
    assert.equal(
      decodeURIComponent(diagnostic?.codeDescription?.href ?? ""),
      'command:corsLens.explainRule?["bad-word"]',
    );
  });

  it("concern the place of the cursor", async () => {
    const { editor, file } = await open("cors BAD\n\nUGLY");
    const at = { line: 2, character: 2 };
    const actions = await editor.codeActions(file, { start: at, end: at });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Replace UGLY", "Suppress ugly-word for this line", "Suppress ugly-word in this file"],
    );
  });

  it("fix everything safe at once, on demand", async () => {
    const { editor, file } = await open("cors BAD UGLY BAD\nBAD");
    for (const only of ["source.fixAll.cors-lens", "source.fixAll", "source"]) {
      const actions = await editor.codeActions(file, everything, [only]);
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ["source.fixAll.cors-lens"],
      );
      assert.equal(actions[0] && editor.after(actions[0], file), "cors GOOD UGLY GOOD\nGOOD");
    }
  });

  it("are nothing, at once, when others are asked for", async () => {
    // The frontend never loads, so an answer that waited for findings would not come.
    const gate = { typescript: new Promise<void>(() => undefined) };
    const { editor, file } = await open("cors BAD", {}, "a.ts", fakeEngine({ gate }));
    for (const only of ["source.organizeImports", "refactor.extract", "source.fixAll.eslint"]) {
      assert.deepEqual(await editor.codeActions(file, everything, [only]), []);
    }
  });

  it("suppress in the language's comments and the line's indentation", async () => {
    const ts = await open("cors\r\n\tBAD\r\n");
    const inTs = (await ts.editor.codeActions(ts.file, everything)).at(-2);
    assert.equal(
      inTs && ts.editor.after(inTs, ts.file),
      "cors\r\n\t// cors-lens-disable-next-line bad-word\r\n\tBAD\r\n",
    );
    const py = await open("cors\n    BAD\n", {}, "a.py");
    const inPy = (await py.editor.codeActions(py.file, everything)).at(-2);
    assert.equal(
      inPy && py.editor.after(inPy, py.file),
      "cors\n    # cors-lens-disable-next-line bad-word\n    BAD\n",
    );
  });

  it("add to a suppression that is there, before its reason", async () => {
    const text = "cors\n// cors-lens-disable-next-line other-rule: it is known\nBAD";
    const { editor, file } = await open(text);
    const actions = await editor.codeActions(file, everything);
    const last = actions.find(({ title }) => title === "Suppress bad-word for this line");
    assert.equal(
      last && editor.after(last, file),
      "cors\n// cors-lens-disable-next-line other-rule, bad-word: it is known\nBAD",
    );
  });

  it("do not offer to suppress where no comment can stand", async () => {
    const { editor, file } = await open("cors = 1 + \\\n    BAD\n", {}, "a.py");
    const actions = await editor.codeActions(file, everything);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Replace BAD", "Suppress bad-word in this file"],
    );
  });

  it("suppress for the file below what has to stay its first lines", async () => {
    for (const [name, head, comment] of [
      ["a.ts", "", "//"],
      ["a.ts", "#!/usr/bin/env node\n", "//"],
      ["a.py", "#!/usr/bin/python\n# -*- coding: utf-8 -*-\n", "#"],
      ["a.py", '"""What it is for."""\n', "#"],
    ] as const) {
      const { editor, file } = await open(`${head}cors\nBAD\n`, {}, name);
      const all = await editor.codeActions(file, everything);
      const action = all.find(({ title }) => title === "Suppress bad-word in this file");
      const top = head.startsWith("#") ? head : "";
      assert.equal(
        action && editor.after(action, file),
        `${top}${comment} cors-lens-disable-file bad-word\n${head.slice(top.length)}cors\nBAD\n`,
      );
    }
  });

  it("fix all safe problems of a rule, and prefer neither of two ways out", async () => {
    const { editor, file } = await open("cors BAD BAD UGLY");
    const actions = await editor.codeActions(file, everything);
    const all = actions.find(({ title }) => title === "Fix all safe bad-word problems");
    assert.equal(all && editor.after(all, file), "cors GOOD GOOD UGLY");
    const engine = fakeEngine();
    const rules = engine.rules.map((rule) => ({
      ...rule,
      *check(...args: Parameters<typeof rule.check>) {
        for (const problem of rule.check(...args))
          yield { ...problem, fixes: [...(problem.fixes ?? []), ...(problem.fixes ?? [])] };
      },
    }));
    const two = await open("cors BAD", {}, "a.ts", { ...engine, rules });
    const offered = await two.editor.codeActions(two.file, everything);
    assert.deepEqual(
      offered.filter(({ isPreferred }) => isPreferred),
      [],
    );
  });

  it("do not offer to suppress a line within texts of several lines", async () => {
    const real: Engine = { frontends, link, linkSteps, rules };
    const page = (body: string): string => `export async function Page() {
  const url = "https://api.acmecorp.com/orders";
  document.title = url;
  ${body}
}
`;
    const call = `await fetch(url, { headers: { "Access-Control-Allow-Origin": "*" } })`;
    const texts: readonly [name: string, text: string, silenced: boolean][] = [
      ["page.ts", page(`return (\n    ${call}\n  );`), true],
      ["page.ts", page(`return \`\n    \${${call}}\n  \`;`), false],
      ["page.tsx", page(`return (\n    <p>\n      It is {${call}}\n    </p>\n  );`), false],
      ["page.tsx", page(`return (\n    <p\n      title={${call}}\n    />\n  );`), true],
    ];
    for (const [name, text, silenced] of texts) {
      const { editor, file } = await open(text, {}, name, real);
      const titles = (await editor.codeActions(file, everything)).map(({ title }) => title);
      const expected = silenced ? ["Suppress response-header-on-request for this line"] : [];
      assert.ok((await editor.diagnostics(file)).length > 0, text);
      assert.deepEqual(
        titles.filter((title) => /^Suppress .* line$/.test(title)),
        expected,
        text,
      );
    }
  });

  it("do not offer to suppress where that is turned off", async () => {
    const settings = () => ({ codeAction: { disableRuleComment: { enable: false } } });
    const { editor, file } = await open("cors BAD", { settings });
    const actions = await editor.codeActions(file, everything);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Replace BAD"],
    );
  });

  it("say so when they change another file, without asking for confirmation", async () => {
    const engine = fakeEngine();
    const across: Engine = {
      ...engine,
      rules: engine.rules.map((rule) => ({
        ...rule,
        *check(model, context) {
          for (const problem of rule.check(model, context)) {
            const at = { file: problem.at.file.replace("a.ts", "other.ts"), start: 0, end: 4 };
            const edit = { kind: "setString", at, text: "CORS" } as const;
            yield {
              ...problem,
              fixes: [{ title: "Across", safety: "safe", edits: [edit] } as const],
            };
          }
        },
      })),
    };
    const { editor, file } = await open("cors BAD", {}, "a.ts", across);
    const [action] = await editor.codeActions(file, everything);
    const other = file.replace("a.ts", "other.ts");
    assert.deepEqual(action?.edit, {
      documentChanges: [
        {
          textDocument: { uri: uri(other), version: null },
          edits: [
            {
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
              newText: "CORS",
              annotationId: other,
            },
          ],
        },
      ],
      changeAnnotations: { [other]: { label: "Also changes other.ts", needsConfirmation: false } },
    });
    assert.deepEqual(await editor.codeActions(file, everything, ["source.fixAll"]), []);
  });

  it("work in an editor that knows plain edits only", async () => {
    const { editor, file } = await open("cors BAD", { capabilities: plain });
    const [action] = await editor.codeActions(file, everything);
    assert.deepEqual(Object.keys(action?.edit ?? {}), ["changes"]);
    assert.equal(action && editor.after(action, file), "cors GOOD");
  });

  it("offer nothing that cannot be spelt whole", async () => {
    const engine = fakeEngine();
    const mute = { ...engine.frontends.typescript, writer: () => Promise.resolve(() => undefined) };
    const frontends = { ...engine.frontends, typescript: mute };
    const { editor, file } = await open("cors BAD", {}, "a.ts", { ...engine, frontends });
    const actions = await editor.codeActions(file, everything);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Suppress bad-word for this line", "Suppress bad-word in this file"],
    );
  });
});
