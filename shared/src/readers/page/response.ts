/** Which headers the code of a page reads from the response of a call. */
import type { CallArgs, ExternValue, AbstractValue } from "../../interpreter/core/values";
import { alternatives, unknown } from "../../interpreter/core/values";
import type { HeaderRead } from "../../model/model";

/** What the code does with responses, gathered while it runs. */
export class Responses {
  readonly #reads = new Map<ExternValue, HeaderRead[]>();

  /** The list that reads of this response will be noted in. */
  readsOf(response: ExternValue): HeaderRead[] {
    let reads = this.#reads.get(response);
    if (!reads) this.#reads.set(response, (reads = []));
    return reads;
  }

  /** `response.headers.get("x-total-count")`, and `has`. */
  called(callee: ExternValue, args: CallArgs): void {
    if (callee.made.by !== "member" || !["get", "has"].includes(callee.made.name)) return;
    const reads = this.#headersOf(callee.made.of);
    const [name] = args.positional;
    if (reads && name) note(reads, name);
  }

  /** `response.headers["x-total-count"]`, as axios has it; a method of `headers` that is read is called as well. */
  read(member: ExternValue): void {
    if (member.made.by !== "member") return;
    const reads = this.#headersOf(member.made.of);
    const { name } = member.made;
    if (reads && !methods.has(name)) put(reads, name, member);
  }

  /** `response.ok`: either way is taken, so that the code for failures is read too. */
  outcome({ made, at }: ExternValue): AbstractValue | undefined {
    if (made.by !== "member" || made.name !== "ok" || !this.#reads.has(original(made.of))) return;
    const value = unknown("whether the call succeeds", at);
    made.of.members.set("ok", value);
    return value;
  }

  #headersOf(headers: ExternValue): HeaderRead[] | undefined {
    if (headers.made.by !== "member" || headers.made.name !== "headers") return undefined;
    return this.#reads.get(original(headers.made.of));
  }
}

/** The response itself, of which `response.clone()` made another one. */
function original(value: ExternValue): ExternValue {
  const { made } = value;
  const isClone = made.by === "call" && made.callee.made.by === "member";
  return isClone && made.callee.made.name === "clone" ? original(made.callee.made.of) : value;
}

/** A name that is put together at run time says nothing. */
export function note(reads: HeaderRead[], name: AbstractValue): void {
  for (const each of alternatives(name))
    if (each.t === "const" && typeof each.value === "string") put(reads, each.value, name);
}

function put(reads: HeaderRead[], name: string, { at }: AbstractValue): void {
  const lower = name.toLowerCase();
  if (isToken.test(lower) && !reads.some((read) => read.name === lower))
    reads.push({ name: lower, at });
}

const isToken = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** What `Headers`, axios's `AxiosHeaders` and any object have besides headers. */
const methods = new Set(
  "get has set append delete clear forEach keys values entries normalize concat toJSON toString getSetCookie hasOwnProperty length constructor then"
    .split(" ")
    .concat(["getContentType", "getContentLength", "getContentEncoding", "getUserAgent"])
    .concat(["hasContentType", "hasContentLength", "hasContentEncoding", "getAuthorization"]),
);
