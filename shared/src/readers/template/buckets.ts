/** S3 buckets: each CORS rule is a policy. */
import { entryOf, itemsOf, valueAt } from "../../ir/tree";
import type { CorsPolicy } from "../../model/model";
import { choicesOf } from "./intrinsics";
import { intrinsicOf } from "./mentions";
import { bucketNames, readPolicy } from "./policy";
import { conditionalMark, existing } from "./reader";
import type { TemplateReader } from "./reader";

/** Reads `CorsConfiguration.CorsRules` of `AWS::S3::Bucket`. */
export function readBuckets({ template }: TemplateReader): readonly CorsPolicy[] {
  return existing(template, "AWS::S3::Bucket").flatMap((bucket) => {
    const configurations = choicesOf(template, valueAt(bucket.props, "CorsConfiguration"));
    return configurations.flatMap(({ node, conditional }) => {
      const rules = entryOf(node, "CorsRules");
      const isMaybe = conditional ?? conditionalMark(template, bucket).conditional;
      return itemsOf(rules?.value).flatMap((rule) =>
        rule.k === "map" && !intrinsicOf(rule) && rules
          ? [
              {
                ...readPolicy(template, rule, "bucket", bucketNames, rules.keyAt),
                ...(isMaybe ? { conditional: isMaybe } : {}),
              },
            ]
          : [],
      );
    });
  });
}
