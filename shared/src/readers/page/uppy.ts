/** Uppy's uploads to S3: what `getUploadParameters` returns is sent (@uppy/aws-s3, "getUploadParameters"). */
import { awaited } from "../../interpreter/builtins/promises";
import { scopeOf } from "../../interpreter/builtins/natives";
import { callValue } from "../../interpreter/syntax/calls";
import type { Evaluation } from "../../interpreter/core/state";
import { known, unknown } from "../../interpreter/core/values";
import type { CallArgs, ExternValue } from "../../interpreter/core/values";
import { isString, toValue } from "../library-value";
import { objectOf, type Call } from "./call-draft";

/** `new Uppy().use(AwsS3, { getUploadParameters: async (file) => ({ method, url, headers }) })` */
export function uppyUpload(
  run: Evaluation,
  callee: ExternValue,
  args: CallArgs,
): Omit<Call, "at" | "through" | "response"> | undefined {
  const [plugin, options] = args.positional;
  const isUse = callee.made.by === "member" && callee.made.name === "use";
  const isS3 = plugin?.t === "extern" && /^npm:@uppy\/aws-s3(\.default)?$/.test(plugin.path);
  const given = isUse && isS3 ? objectOf(options)?.props.get("getUploadParameters") : undefined;
  if (given?.value.t !== "function") return undefined;
  const file = unknown("a file that is chosen", args.at);
  const result = callValue(run, scopeOf(args, callee), given.value, {
    ...args,
    positional: [file],
    named: new Map(),
    construct: false,
  });
  const parameters = objectOf(awaited(run, result));
  const url = parameters?.props.get("url")?.value;
  if (url === undefined) return undefined;
  const method = toValue(known("PUT", args.at), isString);
  return { via: "XMLHttpRequest", url, options: [parameters], method };
}
