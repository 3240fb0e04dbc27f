import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import {
  configSchema,
  defaultSettings,
  readFileSettings,
  readSettings,
  withFile,
} from "../../shared/src/settings";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { Analysis } from "../../server/src/workspace/analysis";
import { Configs } from "../../server/src/workspace/config";
import { readConfig } from "../../server/src/workspace/config-file";
import { frontends } from "../../server/src/workspace/languages";
import { run } from "../cli/run";
import { fakeEngine } from "../workspace/fake-engine";
import { folderWith, removeFolders } from "../workspace/folder";

const engine = fakeEngine();

async function check(folder: string, ...paths: string[]) {
  const { code, out, err } = await run(engine, folder, "check", ...paths, "--format", "json");
  if (out === "") return { code, err, found: [] };
  const { findings } = JSON.parse(out) as { findings: { file: string; severity: string }[] };
  return { code, err, found: findings.map(({ file, severity }) => `${file} ${severity}`) };
}

describe("cors-lens.json", () => {
  after(removeFolders);

  it("decides severities and what is not reported, for the command line", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      "cors-lens.json": `{
        // why, too
        "rules": { "bad-word": "warning" },
        "ignores": ["legacy/**", "*.gen.ts", "!keep.gen.ts"],
      }`,
      "a.ts": "cors BAD",
      "legacy/b.ts": "cors BAD",
      "x.gen.ts": "cors BAD",
      "keep.gen.ts": "cors BAD",
    });
    assert.deepEqual(await check(folder), {
      code: 0,
      err: "",
      found: ["a.ts warning", "keep.gen.ts warning"],
    });
  });

  it("counts for the applications below it, and the nearest one alone", async () => {
    const folder = folderWith({
      "cors-lens.json": '{ "rules": { "bad-word": "information", "ugly-word": "off" } }',
      "one/cdk.json": "{}",
      "one/a.ts": "cors BAD UGLY",
      "two/cdk.json": "{}",
      "two/cors-lens.json": '{ "rules": { "ugly-word": "error" } }',
      "two/a.ts": "cors BAD UGLY",
    });
    const expected = ["one/a.ts information", "two/a.ts error", "two/a.ts error"];
    assert.deepEqual((await check(folder)).found, expected);
    // From within as well: the file above the checked folder still counts.
    assert.deepEqual((await check(folder, "one/a.ts")).found, ["one/a.ts information"]);
  });

  it("of another repository above does not count", async () => {
    const folder = folderWith({
      "cors-lens.json": '{ "rules": { "bad-word": "off" } }',
      "sub/.git/HEAD": "",
      "sub/a.ts": "cors BAD",
    });
    assert.deepEqual((await check(folder, "sub")).found, ["sub/a.ts error"]);
  });

  it("with mistakes ends the command with 2 and says what is wrong where", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      "cors-lens.json":
        '{\n  "orgins": [],\n  "rules": { "bad-wrd": "off", "ugly-word": "loud" }\n}',
      "a.ts": "cors",
    });
    const { code, out, err } = await run(engine, folder, "check");
    assert.deepEqual([code, out], [2, ""]);
    assert.deepEqual(err.split("\n"), [
      'cors-lens: cors-lens.json:2:3: Unknown key "orgins". Did you mean "origins"?',
      'cors-lens: cors-lens.json:3:14: Unknown rule "bad-wrd". Did you mean "bad-word"?',
      'cors-lens: cors-lens.json:3:45: "ugly-word" has to be one of "error", "warning", "information", "off", and is "loud".',
      "",
    ]);
  });

  it("with mistakes below the checked folder does, too", async () => {
    const folder = folderWith({
      "app/cdk.json": "{}",
      "app/cors-lens.json": '{ "ignores": "legacy" }',
      "app/a.ts": "cors",
    });
    const { code, err } = await check(folder);
    assert.equal(code, 2);
    assert.equal(
      err,
      'cors-lens: app/cors-lens.json:1:14: "ignores" has to be an array, and is a string.\n',
    );
  });
});

describe("what is wrong in a configuration", () => {
  const schema = configSchema([{ id: "one-rule" }, { id: "two-rule" }]);
  const wrong: readonly (readonly [string, ...string[]])[] = [
    ["", "The file is empty."],
    ["[]", "This file has to be an object, and is an array."],
    ["null", "This file has to be an object, and is null."],
    [
      '{"origins": ["https://a.example/"]}',
      'Each entry of "origins" cannot be "https://a.example/". An origin is https://host[:port].',
    ],
    ['{"origins": [1]}', 'Each entry of "origins" has to be a string, and is a number.'],
    [
      '{"endpoints": {"Api": "example.com"}}',
      '"Api" cannot be "example.com". An endpoint is an http or https URL.',
    ],
    [
      '{"handlers": {"behindHttpApi": "off"}}',
      'Unknown key "behindHttpApi". Did you mean "behindHttpApiCors"?',
    ],
    ['{"rules": {"toString": "off"}}', 'Unknown rule "toString". There is one-rule, two-rule.'],
    [
      '{"__proto__": {}}',
      'Unknown key "__proto__". There is rules, origins, handlers, endpoints, ignores.',
    ],
    ['{"ignores": [], "ignores": ["a"]}', '"ignores" stands here twice; the last one counts.'],
    ['{"ignores": [}', "This is no JSON: value expected."],
    ['{"ignores": ["a" "b"]}', "This is no JSON: comma expected."],
  ];
  for (const [text, ...messages] of wrong) {
    it(`is said of ${text || "nothing"}`, () => {
      const { findings } = readConfig("/a/cors-lens.json", text, schema);
      assert.deepEqual(
        findings.map(({ message }) => message),
        messages,
      );
    });
  }

  it("stands where it was written", () => {
    const text = '{ "rules": { "one-rul": "off" } }';
    const [finding] = readConfig("/a/cors-lens.json", text, schema).findings;
    assert.equal(text.slice(finding?.at.start, finding?.at.end), '"one-rul"');
  });

  it("does not take what is right with it", () => {
    const { value } = readConfig(
      "/x",
      '{"origins": 5, "rules": {"one-rule": "off", "x": "off"}}',
      schema,
    );
    const settings = readFileSettings(value);
    assert.equal(settings.rules["one-rule"], "off");
    assert.equal(settings.origins, undefined);
  });
});

describe("schema of cors-lens.json", () => {
  const file = path.join(__dirname, "../../schemas/cors-lens.schema.json");
  const schema = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(schema);
  const ids = rules.map(({ id }) => id);

  const cases: readonly string[] = [
    "{}",
    '{"$schema": "x", "rules": {"any-origin-allowed": "off", "suppression-unused": "error"}}',
    '{"origins": ["https://a.example", "http://localhost:5173"]}',
    '{"endpoints": {"Api": "https://x.execute-api.eu-west-1.amazonaws.com/prod"}}',
    '{"handlers": {"behindHttpApiCors": "off"}, "ignores": ["a/**"]}',
    '{"origins": ["*"]}',
    '{"orgins": []}',
    '{"rules": {"none": "off"}}',
    '{"rules": {"any-origin-allowed": true}}',
    '{"endpoints": {"Api": "ftp://x"}}',
    '{"ignores": [1]}',
    "[]",
  ];
  for (const text of cases) {
    it(`says the same of ${text} as the program`, () => {
      const { findings } = readConfig(
        "/x",
        text,
        configSchema([...ids, "suppression-unused"].map((id) => ({ id }))),
      );
      assert.equal(validate(JSON.parse(text)), findings.length === 0);
    });
  }

  it("is attached to the file by package.json", () => {
    const root = path.join(__dirname, "../..");
    const { contributes } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      contributes: { jsonValidation: { fileMatch: string; url: string }[] };
    };
    assert.deepEqual(
      contributes.jsonValidation.map(({ fileMatch, url }) => [fileMatch, path.join(root, url)]),
      [["cors-lens.json", file]],
    );
  });
});

describe("editor settings and cors-lens.json", () => {
  const file = readFileSettings({
    rules: { "a-rule": "off", "b-rule": "error" },
    origins: ["https://shop.example"],
    handlers: { behindHttpApiCors: "warning" },
  });

  it("are the file's where the editor says nothing", () => {
    assert.deepEqual(withFile(defaultSettings, file), {
      rules: file.rules,
      endpoints: {},
      context: {
        ...defaultSettings.context,
        origins: ["https://shop.example"],
        behindHttpApiCors: "warning",
      },
    });
  });

  it("are the editor's for severities, a matter of taste, and the file's for facts", () => {
    const own = readSettings({
      rules: { "a-rule": "warning" },
      origins: ["http://localhost:3000"],
      handlers: { behindHttpApiCors: "off" },
    });
    const { rules: severities, context } = withFile(own, file);
    assert.deepEqual(severities, { "a-rule": "warning", "b-rule": "error" });
    assert.deepEqual(context.origins, ["https://shop.example"]);
    assert.equal(context.behindHttpApiCors, "off");
  });

  it("are the editor's alone without a file", () => {
    const own = readSettings({ origins: ["http://localhost:3000"] });
    const { rules: severities, context } = own;
    assert.deepEqual(withFile(own, undefined), { rules: severities, context, endpoints: {} });
  });

  it("are both for endpoints, which everyone may have of their own", () => {
    const shared = readFileSettings({
      endpoints: { Api: "https://api.example", Web: "https://web.example", Odd: "ftp://odd" },
    });
    const own = readSettings({ endpoints: { Api: "https://mine.example", Other: 1 } });
    assert.deepEqual(withFile(own, shared).endpoints, {
      Api: "https://mine.example",
      Web: "https://web.example",
    });
  });

  it("tell the API behind a call in a page", async () => {
    const folder = folderWith({
      "cdk.json": "{}",
      "cors-lens.json": '{ "endpoints": { "Api": "https://api.example/prod" } }',
      "app.ts": `import { App, Stack } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
new HttpApi(new Stack(new App(), "Shop"), "Api", { corsPreflight: { allowOrigins: ["https://shop.example"] } });
`,
      "web/api.ts":
        'export const save = () => fetch("https://api.example/prod/orders", { method: "PUT" });',
    });
    const analysis = new Analysis({ frontends, link, rules: [] });
    const configs = new Configs(analysis.sources, analysis.engine);
    const settings = (root: string) => configs.optionsFor(root, defaultSettings);
    await analysis.update({ roots: [{ folder }], settings });
    const [request] = analysis.results.flatMap(({ model }) => model.requests);
    assert.equal(request?.path, "/orders");
    assert.match(request?.api?.id ?? "", /Api$/);
  });
});
