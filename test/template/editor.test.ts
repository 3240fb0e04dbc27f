import assert from "node:assert/strict";
import { frontends } from "../../server/src/workspace/languages";
import { suppression } from "../../server/src/lsp/suppress";
import { link, linkSteps } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { Editor } from "../lsp/editor";
import { folderWith, removeFolders } from "../workspace/folder";

const engine = { frontends, link, linkSteps, rules };

const template = (methods: string): string => `Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      ProtocolType: HTTP
      CorsConfiguration:
        AllowOrigins: ["https://a.example/"]
        AllowMethods: [${methods}]
`;

describe("templates in an editor", function () {
  this.timeout(20_000);
  const editors: Editor[] = [];
  const open = async (text: string): Promise<{ editor: Editor; file: string }> => {
    const folder = folderWith({ "template.yaml": text });
    const editor = await Editor.open(engine, { folders: [folder] });
    editors.push(editor);
    const file = `${folder}/template.yaml`;
    await editor.openDocument(file, text);
    return { editor, file };
  };
  after(async () => {
    for (const editor of editors) await editor.close();
    removeFolders();
  });

  it("are told of without a cdk.json", async () => {
    const { editor, file } = await open(template("GET"));
    const codes = (await editor.diagnostics(file)).map(({ code }) => code);
    assert.ok(codes.includes("origin-never-matches"));
  });

  it("offer methods as they are written there", async () => {
    const text = template('"GET", ');
    const { editor, file } = await open(text);
    const offset = text.indexOf('"GET", ') + 7;
    const items = await editor.completions(file, offset);
    const put = items.find(({ label }) => label === "PUT");
    assert.ok(put);
    assert.match(editor.accepted(put, file), /AllowMethods: \["GET", "PUT"\]/);
  });

  it("silence a rule in a comment of YAML, and never in JSON", () => {
    const text = template("GET");
    const at = { file: "/t.yaml", start: text.indexOf('"https'), end: text.indexOf('/"]') + 2 };
    assert.match(
      suppression("any-origin-allowed", at, text)?.text ?? "",
      /^ {8}# cors-lens-disable-next-line/,
    );
    assert.equal(suppression("any-origin-allowed", { ...at, file: "/t.json" }, text), undefined);
  });
});
