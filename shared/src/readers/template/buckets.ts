/** S3 buckets: each CORS rule is a policy. */
import { entriesOf, entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { TreeNode } from "../../ir/tree";
import type { Bucket } from "../../model/bucket";
import type { CorsPolicy } from "../../model/model";
import { newUses, noteVariable } from "../cdk/bucket-uses";
import type { BucketUses, KnownUses } from "../cdk/bucket-uses";
import { choicesOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import { bucketNames, readPolicy } from "./policy";
import { conditionalMark, existing } from "./reader";
import type { TemplateReader } from "./reader";
import { samProps } from "./sam-globals";
import type { Resource, Template } from "./template";

/** Reads `CorsConfiguration.CorsRules` of `AWS::S3::Bucket`, by logical ids. */
export function readBuckets(reader: TemplateReader): ReadonlyMap<string, Bucket> {
  const { template } = reader;
  return new Map(
    existing(template, "AWS::S3::Bucket").map((resource) => {
      const { rules, open } = rulesOf(reader, resource);
      const physical = scalarText(valueAt(resource.props, "BucketName"));
      const bucket: Bucket = {
        id: `${template.file}#${resource.id}`,
        name: resource.id,
        language: "template",
        at: resource.at,
        call: resource.entry,
        rules,
        ...(open === undefined ? {} : { open }),
        ...(physical === undefined ? {} : { physicalName: physical }),
        takesRules: true,
      };
      return [resource.id, bucket];
    }),
  );
}

function rulesOf(
  { template }: TemplateReader,
  resource: Resource,
): { rules: readonly CorsPolicy[]; open: string | undefined } {
  const { props } = resource;
  const given = entryOf(props, "CorsConfiguration");
  const configurations = given ? choicesOf(template, given.value) : [];
  let open = props && intrinsicOf(props) ? "a function of the template gives it" : undefined;
  if (configurations.length > 1) open ??= "a condition decides";
  const rules = configurations.flatMap(({ node, conditional }) => {
    const list = entryOf(node, "CorsRules");
    const isMaybe = conditional ?? conditionalMark(template, resource).conditional;
    if (node !== undefined && list?.value.k !== "list") open ??= "rules that cannot be seen";
    return itemsOf(list?.value).flatMap((rule): CorsPolicy[] => {
      if (rule.k !== "map" || intrinsicOf(rule) || !list) {
        open ??= "rules that cannot be seen";
        return [];
      }
      const policy = readPolicy(template, rule, "bucket", bucketNames, list.keyAt);
      return [isMaybe ? { ...policy, conditional: isMaybe } : policy];
    });
  });
  return { rules, open };
}

/**
 * What functions are told of buckets: `Environment.Variables` that refer to them, and SAM's policy templates.
 * @param made the functions by their logical ids, with the ids of their handlers
 */
export function readBucketUses(
  { template }: TemplateReader,
  made: ReadonlyMap<string, string>,
  buckets: ReadonlyMap<string, Bucket>,
): ReadonlyMap<string, BucketUses> {
  const uses = new Map<string, KnownUses>();
  if (buckets.size === 0) return uses;
  for (const [id, handler] of made) {
    const resource = template.resources.get(id);
    if (!resource) continue;
    const own = uses.get(handler) ?? newUses();
    uses.set(handler, own);
    const props = samProps(template, resource);
    for (const { key, value } of entriesOf(valueAt(props, "Environment", "Variables"))) {
      const bucket = bucketNamed(template, value, buckets);
      if (bucket) noteVariable(own, key, bucket.id);
    }
    for (const policy of itemsOf(valueAt(props, "Policies")))
      for (const { key, value } of entriesOf(policy)) {
        if (!/^S3(Crud|Write|FullAccess)Policy$/.test(key)) continue;
        for (const name of entriesOf(value)) {
          const bucket = bucketNamed(template, name.value, buckets);
          if (bucket) own.granted.add(bucket.id);
        }
      }
  }
  return uses;
}

/** The bucket that a node names: by its logical id, or by the parameter that gives the bucket its name. */
function bucketNamed(
  { resources }: Template,
  node: TreeNode,
  buckets: ReadonlyMap<string, Bucket>,
): Bucket | undefined {
  const id = referredTo(node);
  if (id === undefined) return undefined;
  const named = [...buckets].filter(
    ([own]) => referredTo(valueAt(resources.get(own)?.props, "BucketName")) === id,
  );
  return buckets.get(id) ?? (named.length === 1 ? named[0]?.[1] : undefined);
}

function referredTo(node: TreeNode | undefined): string | undefined {
  const intrinsic = intrinsicOf(node);
  return intrinsic?.name === "Ref" ? scalarText(intrinsic.argument) : undefined;
}
