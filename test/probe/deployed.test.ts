import assert from "node:assert/strict";
import { addressesFor, deployedAddresses } from "../../server/src/probe";
import { readTemplates } from "../../shared/src/readers/template/read";
import { projectOf } from "../template/project";
import { folderWith, removeFolders } from "../workspace/folder";

const host = (id: string): string => `https://${id}.execute-api.eu-west-1.amazonaws.com/Prod/`;

describe("addresses of a deployment", () => {
  after(removeFolders);

  const texts: Readonly<Record<string, readonly [file: string, content: unknown]>> = {
    "cdk deploy --outputs-file": ["cdk-outputs.json", { Shop: { ApiUrl: host("a") } }],
    "aws cloudformation describe-stacks": [
      "stacks.json",
      {
        Stacks: [
          {
            StackName: "Shop",
            Outputs: [
              { OutputKey: "ApiUrl", OutputValue: host("a"), Description: "…" },
              { OutputKey: "Table", OutputValue: "orders" },
            ],
          },
          { StackName: "Empty" },
        ],
      },
    ],
    "sam list stack-outputs": [
      "stack-outputs.json",
      [{ OutputKey: "ApiUrl", OutputValue: host("a"), Description: "…" }],
    ],
  };
  for (const [name, [file, content]] of Object.entries(texts))
    it(`are read of what ${name} says`, async () => {
      const found = await deployedAddresses(folderWith({ [file]: JSON.stringify(content) }));
      assert.deepEqual(
        found.map(({ url, name: own }) => [url, own.split(".").at(-1)]),
        [[host("a"), "ApiUrl"]],
      );
    });

  it("are read of what sam list endpoints says", async () => {
    const list = [
      { LogicalResourceId: "Api", CloudEndpoint: [host("a"), host("b")], Methods: ["/x['get']"] },
      { LogicalResourceId: "Fn", PhysicalResourceId: "fn", CloudEndpoint: "-", Methods: "-" },
    ];
    const found = await deployedAddresses(folderWith({ "endpoints.json": JSON.stringify(list) }));
    assert.deepEqual(
      found.map(({ url, name }) => [url, name]),
      [
        [host("a"), "Api"],
        [host("b"), "Api"],
      ],
    );
  });

  it("are none in other files, and in broken ones", async () => {
    for (const text of ["[", "null", "[1]", '{"Stacks":[{"Outputs":[{}]}]}', '{"a":"https://x"}'])
      assert.deepEqual(await deployedAddresses(folderWith({ "outputs.json": text })), []);
    assert.deepEqual(await deployedAddresses(folderWith({ "data.json": "[]" })), []);
  });

  it("belong to the API whose output of the template they are", () => {
    const template = [
      "Resources:",
      "  Orders: { Type: AWS::Serverless::HttpApi }",
      "  Carts: { Type: AWS::Serverless::HttpApi }",
      "Outputs:",
      "  First: { Value: !Sub 'https://${Carts}.execute-api.x.amazonaws.com' }",
      "  Second: { Value: !Sub 'https://${Orders}.execute-api.x.amazonaws.com' }",
    ].join("\n");
    const [orders] = readTemplates(projectOf({ "/t.yaml": template })).apis;
    assert.ok(orders);
    const addresses = ["Shop.First", "Shop.Second"].map((name, i) => ({
      url: host(String(i)),
      from: "",
      name,
    }));
    assert.equal(addressesFor(orders, addresses)[0]?.name, "Shop.Second");
  });
});
