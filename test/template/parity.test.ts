import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { findingsIn } from "../rules/check";

const examples = path.resolve(__dirname, "../../examples");

/** Files below a folder, by paths that begin with `/`. */
function filesIn(folder: string, below: readonly string[]): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const own = names.filter((name) => /\.(ts|py|html|json)$/.test(name));
  return new Map(
    own
      .filter((name) => below.some((part) => name.startsWith(part)))
      .map((name) => [
        `/${name.split(path.sep).join("/")}`,
        readFileSync(path.join(folder, name), "utf8"),
      ]),
  );
}

/** What is found: in handlers and pages with its line, in infrastructure by what it says. */
async function told(files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const findings = await findingsIn(files, undefined);
  const lines = findings.map(({ rule, severity, at, message }) => {
    const isCode = /^\/(lambda|web)\//.test(at.file);
    const place = isCode ? `${at.file}:${at.start}` : "infrastructure";
    return `${severity} ${rule} ${place} ${message.split("\n")[0] ?? ""}`;
  });
  return lines.sort();
}

describe("the article's application", () => {
  const typescript = path.join(examples, "acme-orders-ts");
  const code = filesIn(typescript, ["lambda", "web"]);
  const template = (name: string): string =>
    readFileSync(path.join(__dirname, "article", name), "utf8");

  it("has the same findings as CDK, SAM and CloudFormation", async () => {
    const cdk = await told(
      filesIn(typescript, ["bin", "lib", "lambda", "web", "cdk.json", "package.json"]),
    );
    assert.ok(cdk.length > 8);
    for (const name of ["sam.yaml", "cloudformation.yaml"])
      assert.deepEqual(
        await told(new Map([...code, ["/template.yaml", template(name)]])),
        cdk,
        name,
      );
  });

  it("has the same findings in YAML and in JSON", async () => {
    const yaml = template("cloudformation.yaml").replace(/!Ref (\w+)/g, '{ "Ref": "$1" }');
    const long = yaml
      .replace(/!GetAtt (\w+)\.Arn/g, '{ "Fn::GetAtt": ["$1", "Arn"] }')
      .replace(/!Sub (\S+)/g, '{ "Fn::Sub": "$1" }');
    const json = JSON.stringify(parse(long), null, 2);
    const both = [
      ["/template.yaml", long],
      ["/template.json", json],
    ] as const;
    const [first, second] = await Promise.all(both.map((one) => told(new Map([...code, one]))));
    assert.deepEqual(first, second);
  });

  it("has the same findings with handlers in Python", async () => {
    const python = path.join(examples, "acme-orders-py");
    const cdk = await told(filesIn(python, ["app.py", "stacks", "lambda", "web", "cdk.json"]));
    const text = template("sam.yaml").replace("nodejs22.x", "python3.13");
    const sam = await told(
      new Map([...filesIn(python, ["lambda", "web"]), ["/template.yaml", text]]),
    );
    assert.deepEqual(sam, cdk);
  });
});
