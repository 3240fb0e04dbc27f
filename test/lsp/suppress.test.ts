import assert from "node:assert/strict";
import { fileSuppression, suppression } from "../../server/src/lsp/suppress";

describe("comments that silence a rule", () => {
  it("are written as the file's language writes them", () => {
    const begin = (file: string): string | undefined =>
      fileSuppression("some-rule", file, "a\n")?.text.split(" ")[0];
    assert.deepEqual(
      ["/a.ts", "/a.jsx", "/a.py", "/template.yaml", "/serverless.yml", "/template.json"].map(
        begin,
      ),
      ["//", "//", "#", "#", "#", undefined],
    );
    for (const file of ["/a.ts", "/a.py", "/template.yaml", "/template.json"]) {
      const line = suppression("some-rule", { file, start: 0, end: 1 }, "a\n")?.text.split(" ")[0];
      assert.equal(line, begin(file));
    }
  });

  it("end as the file's lines do", () => {
    assert.match(fileSuppression("some-rule", "/a.py", "a\r\n")?.text ?? "", /some-rule\r\n$/);
  });
});
