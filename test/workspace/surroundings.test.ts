import assert from "node:assert/strict";
import { Door } from "../../server/src/files/door";
import { cdkVersionOf } from "../../server/src/workspace/cdk-version";
import { frontends } from "../../server/src/workspace/languages";
import { Sources } from "../../server/src/workspace/sources";
import { ProjectEnvironment } from "../../server/src/workspace/project-environment";
import { walk } from "../../server/src/workspace/folder-scan";
import { folderWith, removeFolders } from "./folder";

async function around(folder: string): Promise<ProjectEnvironment> {
  const door = new Door([folder]);
  return new ProjectEnvironment(
    await walk({ folder }, door),
    new Sources(frontends, undefined, door),
  );
}

describe("cdk version", () => {
  after(removeFolders);
  const cases: readonly [string, string, string | undefined][] = [
    [
      "package-lock.json",
      '{"packages":{"node_modules/aws-cdk-lib":{\n "version": "2.150.0"}}}',
      "2.150.0",
    ],
    ["yarn.lock", 'aws-cdk-lib@^2.1.0:\n  version "2.100.1"\n', "2.100.1"],
    ["yarn.lock", '"aws-cdk-lib@npm:^2.1.0":\n  version: 2.101.0\n', "2.101.0"],
    ["pnpm-lock.yaml", "packages:\n  aws-cdk-lib@2.99.0(constructs@10.0.0):\n", "2.99.0"],
    ["pnpm-lock.yaml", "packages:\n  /aws-cdk-lib/2.45.0_constructs@10:\n", "2.45.0"],
    ["requirements.txt", "boto3\naws-cdk-lib==2.88.0\n", "2.88.0"],
    ["poetry.lock", '[[package]]\nname = "aws-cdk-lib"\nversion = "2.77.0"\n', "2.77.0"],
    ["uv.lock", '[[package]]\nname = "aws-cdk-lib"\nversion = "2.78.0"\n', "2.78.0"],
    ["Pipfile.lock", '{"default":{"aws-cdk-lib":{"hashes":[],"version":"==2.60.0"}}}', "2.60.0"],
    ["pyproject.toml", 'dependencies = ["aws-cdk-lib==2.66.0"]', "2.66.0"],
    ["package.json", '{"dependencies":{"aws-cdk-lib":"2.50.0"}}', "2.50.0"],
    ["package.json", '{"dependencies":{"aws-cdk-lib":"^2.50.0"}}', undefined],
    ["requirements.txt", "aws-cdk-lib>=2.0.0,<3.0.0\n", undefined],
    ["pyproject.toml", 'dependencies = ["aws-cdk-lib>=2.66.0"]', undefined],
  ];
  for (const [file, content, version] of cases) {
    it(`${file} says ${version ?? "nothing"}: ${content.slice(0, 40).replaceAll("\n", " ")}`, () => {
      const folder = folderWith({ [file]: content, "app/cdk.json": "{}" });
      assert.equal(cdkVersionOf(`${folder}/app`, folder, new Door([folder])), version);
    });
  }

  it("does not look beyond the checked folder", () => {
    const folder = folderWith({
      "requirements.txt": "aws-cdk-lib==2.88.0\n",
      "app/cdk.json": "{}",
    });
    assert.equal(cdkVersionOf(`${folder}/app`, `${folder}/app`, new Door([folder])), undefined);
  });
});

describe("surroundings", () => {
  after(removeFolders);

  it("know path mappings, inherited and with comments", async () => {
    const folder = folderWith({
      "tsconfig.base.json":
        '{ // shared\n "compilerOptions": { "baseUrl": "./packages", "paths": { "@lib/*": ["lib/src/*"], }, }, }',
      "app/tsconfig.json": '{ "extends": "../tsconfig.base.json" }',
      "app/x.ts": "",
    });
    assert.deepEqual((await around(folder)).tsPaths(`${folder}/app/x.ts`), [
      { pattern: "@lib/*", targets: [`${folder}/packages/lib/src/*`] },
      { pattern: "*", targets: [`${folder}/packages/*`] },
    ]);
  });

  it("have no mappings where the tsconfig is being typed", async () => {
    const folder = folderWith({ "tsconfig.json": '{ "compilerOptions": { "paths": ', "x.ts": "" });
    assert.deepEqual((await around(folder)).tsPaths(`${folder}/x.ts`), []);
  });

  it("know the packages of the workspace", async () => {
    const folder = folderWith({
      "packages/cors/package.json": '{"name":"@acme/cors"}',
      "packages/none/package.json": "{",
      "node_modules/@acme/other/package.json": '{"name":"@acme/other"}',
    });
    const known = await around(folder);
    assert.equal(known.workspacePackage("@acme/cors"), `${folder}/packages/cors`);
    assert.equal(known.workspacePackage("@acme/other"), undefined);
  });

  it("see the checked folder itself, though not what lies above it", async () => {
    const folder = folderWith({
      "iac/cdk.json": "{}",
      "modules/orders/app.py": "",
      "shared/answers.py": "",
    });
    const known = await around(folder);
    assert.deepEqual(known.pythonRoots(`${folder}/iac`, `${folder}/modules/orders/app.py`), [
      `${folder}/modules/orders`,
      `${folder}/modules`,
      folder,
    ]);
    assert.deepEqual(known.pythonRoots(folder, `${folder}/modules/orders/app.py`), [
      `${folder}/modules/orders`,
      `${folder}/modules`,
      folder,
    ]);
  });

  it("know where Python imports may start, nearest first", async () => {
    const folder = folderWith({
      "app/cdk.json": "{}",
      "app/functions/orders/handler.py": "",
      "app/layers/common/python/shared/cors.py": "",
      "app/src/lib.py": "",
    });
    const app = `${folder}/app`;
    assert.deepEqual(
      (await around(folder)).pythonRoots(app, `${app}/functions/orders/handler.py`),
      [
        `${app}/functions/orders`,
        `${app}/functions`,
        app,
        `${app}/src`,
        `${app}/layers/common`,
        `${app}/layers/common/python`,
      ],
    );
  });

  it("let Python imports start in the checked folder itself", async () => {
    const folder = folderWith({ "src/orders/handler.py": "", "infra/template.yaml": "" });
    const known = await around(folder);
    const file = `${folder}/src/orders/handler.py`;
    assert.deepEqual(known.pythonRoots(`${folder}/infra`, file), [
      `${folder}/src/orders`,
      `${folder}/src`,
      folder,
    ]);
  });
});
