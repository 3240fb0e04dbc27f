/** From a case to its deployments: as it is, and after each of the fixes that the rule offers. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Finding } from "../../shared/src/finding";
import { findingsIn, fixedFiles } from "../rules/check";
import { synthesizeText } from "../synth/synthesize-text";
import { templateModel } from "../synth/template-apis";
import type { Json } from "../synth/template";
import { APP, type Loop } from "./loop";
import { functionsOf, type TemplateFunction } from "./functions";
import type { Deployment } from "./gateway";
import { servedApi } from "./served-api";

export const context = { origins: [APP] };

/** CDK's settings with which a template names the folders of its functions' code. */
export const stagedNowhere = {
  "aws:cdk:enable-asset-metadata": true,
  "aws:cdk:disable-asset-staging": true,
};

type Files = ReadonlyMap<string, string>;

/** One state of an application, at a host of its own. */
export interface Version {
  readonly host: string;
  /** The fix's title; absent: broken as it is. */
  readonly fix?: string;
  /** Which of the finding's fixes. */
  readonly index?: number;
  readonly files: Files;
  readonly deployment: Deployment | { readonly refused: string };
  /** The page's module for this host, when the case has one. */
  readonly script?: string;
}

export interface Prepared {
  readonly loop: Loop;
  readonly versions: readonly Version[];
}

/** Finds, fixes, synthesizes. `folder` takes the files of the functions. */
export async function prepare(loop: Loop, name: string, folder: string): Promise<Prepared> {
  const [first] = await findingsIn(loop.files, [loop.rule], context);
  assert.ok(first, `${loop.rule} is not reported`);
  const titles = first.fixes.map(({ title }) => title);
  assert.equal(titles.length === 0, loop.byHand !== undefined, "either fixes, or fixed by hand");
  const version = async (files: Files, key: string) => {
    const host = `${name}-${key}.api.acmecorp.com`;
    const deployment = await deploy(files, join(folder, `${name}-${key}`));
    const page = files.get("/web/page.ts");
    return {
      host,
      files,
      deployment,
      ...(page === undefined ? {} : { script: module(page, host) }),
    };
  };
  const versions: Version[] = [await version(loop.files, "before")];
  if (loop.byHand) {
    const files = new Map([...loop.files, ...loop.byHand]);
    await assertSilent(loop, files);
    versions.push({ ...(await version(files, "after")), fix: "by hand" });
  }
  for (const [index, title] of titles.entries()) {
    const files = await fixed(loop, first, index);
    versions.push({ ...(await version(files, `after${index}`)), fix: title, index });
  }
  return { loop, versions };
}

async function fixed(loop: Loop, first: Finding, index: number): Promise<Files> {
  const title = index === 0 ? undefined : first.fixes[index]?.title;
  const options = title === undefined ? { context } : { context, title };
  const files = await fixedFiles(loop.files, [loop.rule], options);
  assert.notDeepEqual(files, loop.files, "the fix changes nothing");
  await assertSilent(loop, files);
  return files;
}

async function assertSilent({ rule }: Loop, files: Files): Promise<void> {
  const left = await findingsIn(files, [rule], context);
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
    "the rule still reports",
  );
}

interface Synthesized {
  readonly templates: readonly Json[];
  readonly functions: ReadonlyMap<string, TemplateFunction>;
}

const synthesized = new Map<string, Synthesized | { readonly refused: string }>();

/** Writes the functions' files below `root` and synthesizes the stack; functions of one stack text share its template. */
async function deploy(files: Files, root: string): Promise<Version["deployment"]> {
  for (const [file, text] of files) {
    const target = join(root, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const stack = files.get("/stack.ts") ?? "";
  const made = synthesized.get(stack) ?? (await synthesize(stack, root));
  synthesized.set(stack, made);
  if ("refused" in made) return made;
  const [api, ...others] = templateModel(made.templates).apis;
  assert.ok(api && others.length === 0, "the stack has one API");
  return { api: servedApi(api), functions: made.functions, root };
}

async function synthesize(
  stack: string,
  root: string,
): Promise<Synthesized | { readonly refused: string }> {
  try {
    const templates = await synthesizeText(stack, root, stagedNowhere);
    return { templates, functions: functionsOf(templates, root) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** What a builder of pages makes of the module, for an API at this host. */
function module(page: string, host: string): string {
  const { outputText } = ts.transpileModule(page, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return outputText.replaceAll("import.meta.env.VITE_API_URL", JSON.stringify(`https://${host}`));
}
