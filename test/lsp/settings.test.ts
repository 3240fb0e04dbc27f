import assert from "node:assert/strict";
import { defaultSettings, readSettings, settingSchemas } from "../../shared/src/settings";

describe("settings", () => {
  it("are the defaults where nothing was written", () => {
    for (const value of [undefined, null, {}, [], 3, "x"]) {
      assert.deepEqual(readSettings(value), defaultSettings);
    }
  });

  it("are read nested and with dots", () => {
    const nested = {
      handlers: { behindHttpApiCors: "off" },
      codeAction: { disableRuleComment: { enable: false } },
    };
    const dotted = {
      "handlers.behindHttpApiCors": "off",
      "codeAction.disableRuleComment.enable": false,
    };
    assert.deepEqual(readSettings(nested), readSettings(dotted));
    assert.equal(readSettings(dotted).context.behindHttpApiCors, "off");
    assert.equal(readSettings(dotted).disableRuleComment, false);
  });

  it("ignore what has the wrong type", () => {
    const settings = readSettings({
      enable: "yes",
      diagnosticMode: 1,
      origins: ["https://a.example", 5],
      rules: { one: "warning", two: "loud", three: null },
      handlers: "off",
    });
    assert.deepEqual(settings, {
      ...defaultSettings,
      context: { ...defaultSettings.context, origins: ["https://a.example"] },
      rules: { one: "warning" },
    });
  });

  it("have a description each, and one for each value", () => {
    for (const [name, schema] of Object.entries(settingSchemas([{ id: "a-rule" }]))) {
      assert.match(name, /^corsLens\./);
      assert.match(schema.markdownDescription, /\.$/);
      if (schema.type === "string")
        assert.equal(schema.enumDescriptions.length, schema.enum.length);
    }
  });

  it("of package.json say what the server does by default", () => {
    const defaults = Object.fromEntries(
      Object.entries(settingSchemas([])).map(([name, schema]) => [
        name.slice("corsLens.".length),
        schema.default,
      ]),
    );
    assert.deepEqual(readSettings(defaults), defaultSettings);
  });
});
