/** The functions of a template: which file and export each of them runs. */
import { existsSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { ofType, record, resourcesOf, text, type Json } from "../synth/template";

export interface TemplateFunction {
  /** The folder of its code, relative to the stack's. */
  readonly folder: string;
  /** `orders` of `orders.handler`. */
  readonly module: string;
  /** `handler` of `orders.handler`. */
  readonly name: string;
  readonly language: "node" | "python";
}

/** By logical id. `directory` is where the stack's file lies; its assets are staged nowhere else. */
export function functionsOf(
  templates: readonly Json[],
  directory: string,
): ReadonlyMap<string, TemplateFunction> {
  const found = templates
    .flatMap((template) => functionResources(template))
    .map(({ id, properties, asset }): [string, TemplateFunction] => {
      const [module = "", name = ""] = (text(properties["Handler"]) ?? "").split(".");
      const folder = isAbsolute(asset) ? asset : join(directory, asset);
      const language = text(properties["Runtime"])?.startsWith("python") ? "python" : "node";
      return [id, { folder: relative(directory, folder), module, name, language }];
    });
  return new Map(found);
}

function functionResources(
  template: Json,
): readonly { id: string; properties: Json; asset: string }[] {
  return ofType(resourcesOf(template), "AWS::Lambda::Function").flatMap(({ id, properties }) => {
    const metadata = record(record(record(template["Resources"])[id])["Metadata"]);
    const asset = text(metadata["aws:asset:path"]);
    return asset === undefined ? [] : [{ id, properties, asset }];
  });
}

/** The file of a function below the folder that the stack's files were written to. */
export function fileOf({ folder, module, language }: TemplateFunction, root: string): string {
  const stem = join(root, folder, module);
  if (language === "python") return `${stem}.py`;
  return existsSync(`${stem}.mjs`) ? `${stem}.mjs` : `${stem}.js`;
}
