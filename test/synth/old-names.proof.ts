import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { link } from "../../shared/src/readers/link";
import { memoryProject } from "../rules/memory-project";
import { cases, type Case } from "./cases";
import { withoutPlaces } from "./twins";

type Spelling = (text: string) => string;

/** Before version 2.112 HTTP APIs had modules of their own. */
const alpha: Spelling = (text) =>
  text
    .replace(/"aws-cdk-lib\/(aws-apigatewayv2[a-z-]*)"/g, '"@aws-cdk/$1-alpha"')
    .replace(/aws_cdk\.(aws_apigatewayv2\w*)/g, "aws_cdk.$1_alpha")
    .replace(/from aws_cdk import (aws_apigatewayv2\w*) as/g, "from aws_cdk import $1_alpha as");

/** In version 1 every service was a package. */
const first: Spelling = (text) =>
  text
    .replace(/"aws-cdk-lib\/(aws-[a-z0-9-]+)"/g, '"@aws-cdk/$1"')
    .replace(/"aws-cdk-lib"/g, '"@aws-cdk/core"')
    .replace(/^import aws_cdk as cdk$/gm, "from aws_cdk import core as cdk")
    .replace(/^from aws_cdk import ((?:[A-Z]\w+(?:, )?)+)$/gm, "from aws_cdk.core import $1");

async function model(files: readonly string[], spelling: Spelling): Promise<readonly string[]> {
  const texts = files.map((file) => [file, spelling(readFileSync(file, "utf8"))] as const);
  return withoutPlaces(link(await memoryProject(new Map(texts))));
}

/** `import { aws_lambda } from "aws-cdk-lib"` has no counterpart in version 1. */
const hasCounterpart = ({ files }: Case): boolean =>
  !files.some((file) => /import \{ aws_/.test(readFileSync(file, "utf8")));

describe("old names of CDK's modules", function () {
  this.timeout(60_000);

  for (const each of cases().filter(hasCounterpart)) {
    it(each.name, async () => {
      for (const files of [each.files, each.twin ?? []]) {
        const today = await model(files, (text) => text);
        assert.deepEqual(await model(files, alpha), today, "alpha modules");
        assert.deepEqual(await model(files, first), today, "version 1");
      }
    });
  }
});
