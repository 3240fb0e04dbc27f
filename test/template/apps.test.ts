import assert from "node:assert/strict";
import { appsOf } from "../../server/src/workspace/apps";
import type { FolderScan } from "../../server/src/workspace/folder-scan";
import { isStack, languageOf, mayMatter, nestedPaths } from "../../server/src/workspace/prefilter";

function ownersOf(
  files: readonly string[],
  nestedIn?: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const folder = (file: string): string => file.slice(0, file.lastIndexOf("/"));
  const tree: FolderScan = {
    root: "/w",
    sources: files,
    apps: files.filter((file) => file.endsWith("/cdk.json")).map(folder),
    folders: [],
    packages: [],
    gaps: [],
  };
  const candidates = files.filter((file) => !file.endsWith("/cdk.json"));
  const templates = candidates.filter((file) => file.endsWith("/template.yaml"));
  const apps = appsOf(tree, candidates, templates, nestedIn);
  return Object.fromEntries(
    apps.flatMap(({ root, loose, candidates: own }) =>
      own.map((file) => [file.slice(3), loose ? "loose" : root.slice(3) || "."]),
    ),
  );
}

describe("paths of nested templates", () => {
  it("are those of files, in YAML and JSON", () => {
    const text = [
      "TemplateURL: ./api/t.yaml",
      'TemplateURL: "../t.yml"',
      '"TemplateURL": "b.json",',
      "Location: child/template.yaml",
      "TemplateURL: https://bucket.s3.amazonaws.com/t.yaml",
      "TemplateURL: !Sub ${Bucket}/t.yaml",
    ];
    assert.deepEqual(nestedPaths(text.join("\n")), [
      "./api/t.yaml",
      "../t.yml",
      "b.json",
      "child/template.yaml",
    ]);
  });
});

describe("applications of templates", () => {
  it("are one for each folder with templates, with the files below", () => {
    assert.deepEqual(
      ownersOf([
        "/w/a/template.yaml",
        "/w/a/src/x.py",
        "/w/b/template.yaml",
        "/w/b/y.js",
        "/w/z.js",
      ]),
      {
        "a/template.yaml": "a",
        "a/src/x.py": "a",
        "b/template.yaml": "b",
        "b/y.js": "b",
        "z.js": "loose",
      },
    );
  });

  it("take in what lies beside the only one", () => {
    assert.deepEqual(ownersOf(["/w/infra/template.yaml", "/w/web/page.ts"]), {
      "infra/template.yaml": "infra",
      "web/page.ts": "infra",
    });
  });

  it("take in the templates of nested stacks, with what lies below", () => {
    const files = ["/w/template.yaml", "/w/api/template.yaml", "/w/api/v1/template.yaml"];
    const nestedIn = new Map([
      ["/w/api/template.yaml", "/w/template.yaml"],
      ["/w/api/v1/template.yaml", "/w/api/template.yaml"],
    ]);
    const owners = ownersOf([...files, "/w/api/src/h.py"], nestedIn);
    assert.deepEqual([...new Set(Object.values(owners))], ["."]);
    const circle = new Map([...nestedIn, ["/w/template.yaml", "/w/api/template.yaml"]]);
    assert.deepEqual(Object.keys(ownersOf(files, circle)).length, 3);
  });

  it("leave to CDK what is CDK's", () => {
    assert.deepEqual(
      ownersOf([
        "/w/infra/cdk.json",
        "/w/infra/test/template.yaml",
        "/w/infra/lib/s.ts",
        "/w/template.yaml",
        "/w/web/p.ts",
      ]),
      {
        "infra/test/template.yaml": "infra",
        "infra/lib/s.ts": "infra",
        "web/p.ts": "infra",
        "template.yaml": ".",
      },
    );
    assert.deepEqual(
      ownersOf([
        "/w/infra/cdk.json",
        "/w/infra/lib/s.ts",
        "/w/back/template.yaml",
        "/w/back/src/h.py",
        "/w/web/p.ts",
      ]),
      {
        "infra/lib/s.ts": "infra",
        "back/template.yaml": "back",
        "back/src/h.py": "back",
        "web/p.ts": "infra",
      },
    );
  });

  it("begin with files that deploy APIs, functions or buckets", () => {
    assert.equal(languageOf("/w/template.yml"), "template");
    assert.equal(languageOf("/w/package-lock.json"), undefined);
    assert.equal(languageOf("/w/tsconfig.build.json"), undefined);
    const stack = "Resources:\n  A:\n    Type: AWS::Serverless::Api\n";
    assert.ok(mayMatter("/w/t.yaml", stack, "template") && isStack(stack));
    assert.ok(isStack(`{\n  "Resources": { "A": { "Type": "AWS::S3::Bucket" } }\n}`));
    const document = "openapi: 3.0.1\nx-amazon-apigateway-cors: {}\n";
    assert.ok(mayMatter("/w/o.yaml", document, "template") && !isStack(document));
    assert.ok(!mayMatter("/w/k.yaml", "kind: Deployment\nresources:\n  limits: {}\n", "template"));
    assert.ok(!mayMatter("/w/v.yaml", "Resources:\n  V:\n    Type: AWS::EC2::VPC\n", "template"));
  });
});
