/**
 * `cdk.out`: the templates that a CDK application made, read where its own language is not. The manifest names the stacks,
 * metadata say which construct made a resource and, where traces were asked for, on which line.
 */
import { basename, dirname, joinPath } from "../../base/file-paths";
import type { Project } from "../../ir/project";
import { entriesOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Synthesized } from "../../model/synthesized";
import { sourceOfBuilt } from "../cdk/built-source";
import type { HandlerParts } from "../cdk/handler-file";
import { nestedFile } from "./family";
import type { Resource, Template } from "./template";

/** The manifests of an application's assemblies, which only a CDK application has among its files. */
export function manifestsOf({ candidates }: Project): readonly string[] {
  return candidates.filter((file) => basename(file) === "manifest.json");
}

export interface Assembly {
  readonly templates: readonly string[];
  /** Lines of source code, by the path of the construct that they made. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Stages within stages, and files of one application. */
const deepest = 8;
const mostTemplates = 500;

/** The stacks of an assembly and of the assemblies (stages) in it. */
export function readAssembly(project: Project, manifest: string): Assembly {
  const templates: string[] = [];
  const lines = new Map<string, string>();
  const visit = (file: string, depth: number): void => {
    const folder = dirname(file);
    for (const { value } of entriesOf(valueAt(treeOf(project, file), "artifacts"))) {
      const type = scalarText(valueAt(value, "type"));
      const property = (name: string): string =>
        scalarText(valueAt(value, "properties", name)) ?? "";
      if (type === "cdk:cloud-assembly" && depth < deepest)
        visit(joinPath(folder, property("directoryName"), "manifest.json"), depth + 1);
      if (type !== "aws:cloudformation:stack" || templates.length >= mostTemplates) continue;
      templates.push(joinPath(folder, property("templateFile")));
      const apart = scalarText(valueAt(value, "additionalMetadataFile"));
      const both = [
        valueAt(value, "metadata"),
        apart === undefined ? undefined : treeOf(project, joinPath(folder, apart)),
      ];
      for (const { key, value: facts } of both.flatMap(entriesOf)) {
        const line = lineOf(facts);
        if (line !== undefined) lines.set(key.replace(/^\//, ""), line);
      }
    }
  };
  visit(manifest, 0);
  return { templates, lines };
}

function treeOf(project: Project, file: string): TreeNode | undefined {
  return project.facts(file)?.tree;
}

/** The place in a frame that names a file of a language which is not read here: `Shop.<init> (ShopStack.java:31)`. */
const place = /\.(?:java|kt|kts|scala|groovy|cs|fs|vb|go):\d+/;

/** Frames of CDK's libraries. */
const libraries =
  /software[./]amazon[./]|aws-cdk-go|jsii-runtime-go|constructs-go|Amazon\.(CDK|JSII)/;

/** The first line of the user's own in what was traced when a construct was made. */
function lineOf(facts: TreeNode): string | undefined {
  const frames = itemsOf(facts).flatMap((fact) => {
    const data = valueAt(fact, "data");
    const made = scalarText(valueAt(fact, "type")) === "aws:cdk:creationStack" ? itemsOf(data) : [];
    return [...made, ...itemsOf(valueAt(fact, "trace"))].map((item) => scalarText(item) ?? "");
  });
  const own = frames.find((text) => place.test(text) && !libraries.test(text));
  const named = own?.split(/[\s()]+/).find((part) => place.test(part));
  const found = named === undefined ? undefined : place.exec(named);
  if (named === undefined || !found) return undefined;
  return basename(named.slice(0, found.index + found[0].length).replaceAll("\\", "/"));
}

/** Which construct made each resource of a template. */
export function constructsOf(
  { resources }: Template,
  lines: Assembly["lines"],
): readonly Synthesized[] {
  return [...resources.values()].map(({ body, entry, id }) => {
    const path = scalarText(valueAt(body, "Metadata", "aws:cdk:path")) ?? id;
    const construct = path.replace(/\/(Resource|Default)$/, "");
    const line = lines.get(path) ?? lines.get(construct);
    return { at: entry, construct, ...(line === undefined ? {} : { line }) };
  });
}

/** The files of the nested stacks of a template. */
export function nestedFiles(template: Template): readonly string[] {
  return [...template.resources.values()].flatMap((each) => nestedFile(template, each) ?? []);
}

/** The folder of the assembly that holds a copy of a function's code. */
export function assetFolder({ file }: Template, fn: Resource): string | undefined {
  const named = scalarText(valueAt(fn.body, "Metadata", "aws:asset:path"));
  const key = scalarText(valueAt(fn.props, "Code", "S3Key"));
  const hash = /^([0-9a-f]{64})\.zip$/.exec(key ?? "")?.[1];
  const path = named ?? (hash === undefined ? undefined : `asset.${hash}`);
  return path === undefined ? undefined : joinPath(dirname(file), path);
}

/** The source that an asset is a copy of: the same text under the same name, else what a build is made of. */
export function assetSource(
  project: Project,
  asset: string,
  readings: readonly HandlerParts[],
): { readonly file: string; readonly name: string } | undefined {
  for (const { path, name } of readings) {
    const modules = new Set([path, path.replaceAll(".", "/")]);
    for (const module of modules) {
      for (const extension of ["py", "js", "mjs", "cjs", "ts", "mts"]) {
        const text = project.text(joinPath(asset, `${module}.${extension}`));
        if (text === undefined) continue;
        const [only, ...others] = sourcesNamed(project, `${module}.${extension}`).filter(
          (file) => project.text(file) === text,
        );
        if (only !== undefined && others.length === 0) return { file: only, name };
      }
    }
    const built = joinPath(dirname(asset), path);
    const file = sourceOfBuilt(project, built, name.split(".")[0] ?? name);
    if (file !== undefined) return { file, name };
  }
  return undefined;
}

function sourcesNamed({ sources = [] }: Project, path: string): readonly string[] {
  return sources.filter((file) => file.endsWith(`/${joinPath("/", path).slice(1)}`));
}
