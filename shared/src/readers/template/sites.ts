/** Distributions that serve pages: a root object out of a bucket. */
import { entryOf, itemsOf, scalarText, valueAt } from "../../ir/tree";
import type { Site } from "../../model/site";
import { onlyNode, stringsOf } from "./intrinsics";
import { mentionsOf } from "./mentions";
import { existing } from "./reader";
import type { TemplateReader } from "./reader";

export function readSites({ template }: TemplateReader): readonly Site[] {
  return existing(template, "AWS::CloudFront::Distribution").flatMap((distribution) => {
    const config = onlyNode(template, valueAt(distribution.props, "DistributionConfig"));
    const target = scalarText(valueAt(config, "DefaultCacheBehavior", "TargetOriginId"));
    const origin = itemsOf(valueAt(config, "Origins")).find(
      (each) => target !== undefined && scalarText(valueAt(each, "Id")) === target,
    );
    const isOfBucket = mentionsOf(valueAt(origin, "DomainName")).some(
      (id) => template.resources.get(id)?.type === "AWS::S3::Bucket",
    );
    if (!isOfBucket || !entryOf(config, "DefaultRootObject")) return [];
    const names = entryOf(config, "Aliases");
    return [{ at: distribution.at, ...(names ? { names: stringsOf(template, names.value) } : {}) }];
  });
}
