import assert from "node:assert/strict";
import { unreadLanguageOf } from "../../server/src/workspace/assemblies";
import { analyze } from "../../shared/src/analyze";
import type { Finding } from "../../shared/src/finding";
import { readTemplates } from "../../shared/src/readers/template/read";
import { link } from "../../shared/src/readers/link";
import { rules } from "../../shared/src/rules";
import { projectOf } from "./project";

const function1 = {
  Type: "AWS::Lambda::Function",
  Properties: {
    Code: { S3Bucket: { "Fn::Sub": "cdk-assets-${AWS::AccountId}" }, S3Key: "0.zip" },
    Handler: "app.handler",
    Runtime: "python3.12",
  },
  Metadata: { "aws:cdk:path": "Shop/Fn/Resource", "aws:asset:path": "asset.0" },
};

const nested = {
  Parameters: {
    fnArn: { Type: "String" },
    origin: { Type: "String", Default: "https://d.example" },
  },
  Resources: {
    Api: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: {
        Name: "Api",
        ProtocolType: "HTTP",
        CorsConfiguration: { AllowOrigins: [{ Ref: "origin" }], AllowMethods: ["GET"] },
      },
      Metadata: { "aws:cdk:path": "Shop/Nested/Api/Resource" },
    },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: { Ref: "Api" }, StageName: "$default" },
    },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "Api" },
        IntegrationType: "AWS_PROXY",
        IntegrationUri: { Ref: "fnArn" },
        PayloadFormatVersion: "2.0",
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: "Api" },
        RouteKey: "GET /orders",
        Target: { "Fn::Join": ["", ["integrations/", { Ref: "Integration" }]] },
      },
    },
  },
};

function stack(origin: unknown): object {
  return {
    Resources: {
      Fn: function1,
      Nested: {
        Type: "AWS::CloudFormation::Stack",
        Properties: {
          Parameters: { fnArn: { "Fn::GetAtt": ["Fn", "Arn"] }, origin },
          TemplateURL: { "Fn::Join": ["", ["https://s3/", "1.json"]] },
        },
        Metadata: { "aws:asset:path": "Nested.template.json", "aws:asset:property": "TemplateURL" },
      },
    },
  };
}

const manifest = {
  artifacts: {
    stage: { type: "cdk:cloud-assembly", properties: { directoryName: "assembly-Prod" } },
    Shop: {
      type: "aws:cloudformation:stack",
      properties: { templateFile: "Shop.template.json" },
      additionalMetadataFile: "Shop.metadata.json",
    },
  },
};

const inner = {
  artifacts: {
    Files: {
      type: "aws:cloudformation:stack",
      properties: { templateFile: "Files.template.json" },
      metadata: {
        "/Prod/Files/B/Resource": [
          { type: "aws:cdk:logicalId", data: "B", trace: ["NewFiles (/src/files.go:12)"] },
        ],
      },
    },
  },
};

const files = {
  Resources: {
    B: {
      Type: "AWS::S3::Bucket",
      Properties: {
        CorsConfiguration: {
          CorsRules: [{ AllowedMethods: ["PUT"], AllowedOrigins: ["https://a.example/"] }],
        },
      },
      Metadata: { "aws:cdk:path": "Prod/Files/B/Resource" },
    },
  },
};

const trace = [
  "...aws-cdk-lib...",
  "software.amazon.awscdk.Stack.<init> (Stack.java:55)",
  "com.acme.ShopStack.<init> (ShopStack.java:31)",
];

function application(origin: unknown): Readonly<Record<string, string>> {
  const out = "/app/cdk.out";
  return {
    "/app/cdk.json": "{}",
    [`${out}/manifest.json`]: JSON.stringify(manifest),
    [`${out}/Shop.template.json`]: JSON.stringify(stack(origin)),
    [`${out}/Shop.metadata.json`]: JSON.stringify({
      "/Shop/Nested/Api/Resource": [{ type: "aws:cdk:creationStack", data: trace }],
    }),
    [`${out}/Nested.template.json`]: JSON.stringify(nested),
    [`${out}/assembly-Prod/manifest.json`]: JSON.stringify(inner),
    [`${out}/assembly-Prod/Files.template.json`]: JSON.stringify(files),
    [`${out}/asset.0/app.py`]: "def handler(event, context): ...",
    "/app/lambda/app.py": "def handler(event, context): ...",
    "/app/other/app.py": "def handler(event, context): return {}",
  };
}

function project(origin: unknown) {
  const all = application(origin);
  const found = projectOf(all);
  // The assembly is no source; its manifest alone is a candidate.
  const candidates = Object.keys(all).filter((file) => !/cdk\.out\/(?!manifest)/.test(file));
  return { ...found, candidates, sources: candidates };
}

function findings(origin: unknown): readonly Finding[] {
  const asked = project(origin);
  const context = { origins: [], behindHttpApiCors: "off" } as const;
  return analyze(link(asked), { rules, context, facts: (file) => asked.facts(file) });
}

describe("an assembly", () => {
  it("is read from its manifest, with nested templates and stages", () => {
    const { apis, buckets = [] } = readTemplates(project("https://a.example"));
    assert.deepEqual(
      apis.map(({ id }) => id),
      ["/app/cdk.out/Nested.template.json#Api"],
    );
    assert.equal(buckets.length, 1);
  });

  it("leads from a nested route to the source of the parent's function", () => {
    const { apis } = readTemplates(project("https://a.example"));
    assert.deepEqual(apis[0]?.routes[0]?.handlers, ["/app/lambda/app.py#handler"]);
  });

  it("gives a nested stack what its parent hands down", () => {
    const [api] = readTemplates(project("https://a.example")).apis;
    const [policy] = api?.cors.kind === "policy" ? api.cors.of : [];
    const value = policy?.allowOrigins?.value;
    assert.ok(value?.kind === "known");
    assert.deepEqual(value.value[0], {
      ...value.value[0],
      kind: "known",
      value: "https://a.example",
    });
  });

  it("names the construct and the line, and changes nothing", () => {
    const found = findings("https://a.example/").filter(
      ({ rule }) => rule === "origin-never-matches",
    );
    assert.deepEqual(
      found.map(({ message, fixes }) => [message.split("\n").at(-1), fixes.length]),
      [
        ["Construct: Shop/Nested/Api (ShopStack.java:31).", 0],
        ["Construct: Prod/Files/B (files.go:12).", 0],
      ],
    );
  });

  it("does not take a circle of templates for endless", () => {
    const own = {
      Parameters: { p: { Type: "String" } },
      Resources: {
        Again: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { Parameters: { p: { Ref: "p" } }, TemplateURL: "./b.json" },
        },
        Api: {
          Type: "AWS::ApiGatewayV2::Api",
          Properties: { ProtocolType: "HTTP", CorsConfiguration: { AllowOrigins: [{ Ref: "p" }] } },
        },
      },
    };
    const other = JSON.stringify(own).replace("./b.json", "./a.json");
    const { apis } = readTemplates(projectOf({ "/a.json": JSON.stringify(own), "/b.json": other }));
    assert.equal(apis.length, 2);
  });
});

describe("the language of a CDK application", () => {
  const commands: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ["mvn -e -q compile exec:java", [], "Java"],
    ["./gradlew run", [], "Java"],
    [".\\mvnw.cmd -q exec:java", [], "Java"],
    ["dotnet run --project src/Shop/Shop.csproj", [], "C#"],
    ["go mod download && go run shop.go", [], "Go"],
    ["make synth", ["pom.xml"], "Java"],
    ["make synth", [], undefined],
    ["npx ts-node --prefer-ts-exts bin/app.ts", ["pom.xml"], undefined],
    ["python3 app.py", ["go.mod"], undefined],
    ["node bin/app.js", [], undefined],
    ["bin/app.ts", ["go.mod"], undefined],
  ];
  for (const [command, beside, language] of commands)
    it(`${command} ${beside.join(" ")}`, () => {
      assert.equal(
        unreadLanguageOf(command, (name) => beside.includes(name)),
        language,
      );
    });
});

describe("nested stacks of plain templates", () => {
  const parent = [
    "Parameters:",
    "  Stage: { Type: String, Default: dev }",
    "Resources:",
    "  Fn:",
    "    Type: AWS::Serverless::Function",
    "    Properties: { CodeUri: src/, Handler: app.handler, Runtime: python3.12 }",
    "  One:",
    "    Type: AWS::CloudFormation::Stack",
    "    Properties:",
    "      TemplateURL: ./api.yaml",
    "      Parameters: { Origin: 'https://one.example', Fn: !GetAtt Fn.Arn }",
    "  Two:",
    "    Type: AWS::Serverless::Application",
    "    Properties:",
    "      Location: api.yaml",
    "      Parameters: { Origin: !Sub 'https://two.example', Fn: !GetAtt Fn.Arn }",
  ].join("\n");
  const child = [
    "Parameters:",
    "  Origin: { Type: String, Default: 'https://default.example' }",
    "  Fn: { Type: String }",
    "Resources:",
    "  Api:",
    "    Type: AWS::ApiGatewayV2::Api",
    "    Properties:",
    "      ProtocolType: HTTP",
    "      Target: !Ref Fn",
    "      CorsConfiguration: { AllowOrigins: [!Ref Origin] }",
  ].join("\n");

  it("have the values of each parent, and not the default", () => {
    const files = {
      "/t.yaml": parent,
      "/api.yaml": child,
      "/src/app.py": "def handler(event, context): ...",
    };
    const [api] = readTemplates(projectOf(files)).apis;
    const [policy] = api?.cors.kind === "policy" ? api.cors.of : [];
    const value = policy?.allowOrigins?.value;
    const [origin] = value?.kind === "known" ? value.value : [];
    assert.deepEqual(
      origin?.kind === "oneOf" ? origin.of.map((one) => one.kind === "known" && one.value) : origin,
      ["https://one.example", "https://two.example"],
    );
    assert.deepEqual(api?.routes[0]?.handlers, ["/src/app.py#handler"]);
  });

  it("leave the default where no parent is seen", () => {
    const [api] = readTemplates(projectOf({ "/api.yaml": child })).apis;
    const [policy] = api?.cors.kind === "policy" ? api.cors.of : [];
    assert.ok(JSON.stringify(policy).includes("https://default.example"));
  });

  it("import what one other template exports", () => {
    const exporting = [
      "Resources: { Bucket: { Type: AWS::S3::Bucket } }",
      "Outputs: { O: { Value: 'https://a.example', Export: { Name: site } } }",
    ].join("\n");
    const importing = child.replace("!Ref Origin", "!ImportValue site");
    const [api] = readTemplates(projectOf({ "/t.yaml": importing, "/x.yaml": exporting })).apis;
    assert.ok(JSON.stringify(api?.cors).includes("https://a.example"));
  });
});
