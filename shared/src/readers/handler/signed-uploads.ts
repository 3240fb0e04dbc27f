/** URLs for uploads that a handler's code signs, by the SDKs for JavaScript (versions 2 and 3) and Python. */
import type { Library } from "../../interpreter/core/domain";
import { alternatives } from "../../interpreter/core/values";
import type { AbstractValue, CallArgs, ExternValue } from "../../interpreter/core/values";
import type { SignedUpload } from "../../model/bucket";
import { sameSpan } from "../../ir/span";

/** Notes each call that signs; what the call gives is no one's business here. */
export function signingLibrary(found: SignedUpload[]): Partial<Library> {
  return {
    call: (_run, callee, args) => {
      for (const upload of uploadsSigned(callee, args))
        if (!found.some((known) => isSame(known, upload))) found.push(upload);
      return undefined;
    },
  };
}

/** Whether a text names one of the functions that sign. */
export function maySign(text: string | undefined): boolean {
  return /getSignedUrl|createPresignedPost|generate_presigned_/.test(text ?? "");
}

function isSame(a: SignedUpload, b: SignedUpload): boolean {
  return (
    sameSpan(a.at, b.at) &&
    a.method === b.method &&
    a.named?.variable === b.named?.variable &&
    a.named?.text === b.named?.text
  );
}

/** Operations of S3 that a signed PUT makes. */
const putOperations = /^(put_?object|upload_?part)$/i;

function uploadsSigned({ path }: ExternValue, args: CallArgs): readonly SignedUpload[] {
  const { positional, named } = args;
  const signed = (method: SignedUpload["method"], bucket: AbstractValue | undefined) =>
    (bucket ? alternatives(bucket) : [undefined]).map((each): SignedUpload => ({
      at: args.calleeAt,
      method,
      ...nameOf(each),
    }));
  if (path === "npm:@aws-sdk/s3-request-presigner.getSignedUrl")
    return putCommands(positional[1]).flatMap((input) => signed("PUT", member(input, "Bucket")));
  if (path === "npm:@aws-sdk/s3-presigned-post.createPresignedPost")
    return signed("POST", member(positional[1], "Bucket"));
  if (/^npm:aws-sdk(\/clients\/s3)?(\.default)?(\.S3)?\(\)\.createPresignedPost$/.test(path))
    return signed("POST", member(positional[0], "Bucket"));
  if (/^npm:aws-sdk(\/clients\/s3)?(\.default)?(\.S3)?\(\)\.getSignedUrl(Promise)?$/.test(path))
    return isPut(positional[0]) ? signed("PUT", member(positional[1], "Bucket")) : [];
  if (!/^(npm|py):boto3\b/.test(path)) return [];
  if (path.endsWith(".generate_presigned_post"))
    return signed("POST", positional[0] ?? named.get("Bucket")?.value);
  if (!path.endsWith(".generate_presigned_url")) return [];
  const parameters = positional[1] ?? named.get("Params")?.value;
  return isPut(positional[0] ?? named.get("ClientMethod")?.value)
    ? signed("PUT", member(parameters, "Bucket"))
    : [];
}

function isPut(operation: AbstractValue | undefined): boolean {
  return (
    operation?.t === "const" &&
    typeof operation.value === "string" &&
    putOperations.test(operation.value)
  );
}

/** The inputs of `new PutObjectCommand({ … })` and `new UploadPartCommand({ … })`. */
function putCommands(command: AbstractValue | undefined): readonly (AbstractValue | undefined)[] {
  return (command ? alternatives(command) : []).flatMap((each) => {
    if (each.t !== "extern" || each.made.by !== "call") return [];
    const { callee, args } = each.made;
    const isUpload = /^npm:@aws-sdk\/client-s3\.(PutObject|UploadPart)Command$/.test(callee.path);
    return isUpload ? [args.positional[0]] : [];
  });
}

function member(record: AbstractValue | undefined, name: string): AbstractValue | undefined {
  return record?.t === "object" ? record.props.get(name)?.value : undefined;
}

function nameOf(bucket: AbstractValue | undefined): Pick<SignedUpload, "named"> {
  if (bucket?.t === "const" && typeof bucket.value === "string")
    return { named: { text: bucket.value } };
  if (bucket?.t === "unknown" && bucket.text === true && bucket.name !== undefined)
    return { named: { variable: bucket.name } };
  return {};
}
