/** The libraries by which pages send requests: what their calls mean. */
import { fetcherOf, otherCall } from "./other-clients";
import {
  headerRemoved,
  angularOptions,
  injected,
  observableCall,
  observesResponse,
} from "./angular";
import type {
  Property,
  CallArgs,
  ExternValue,
  ObjectValue,
  AbstractValue,
} from "../../interpreter/core/values";
import { callValue } from "../../interpreter/syntax/calls";
import { inert, scopeOf } from "../../interpreter/builtins/natives";
import type { Library } from "../../interpreter/core/domain";
import type { Evaluation } from "../../interpreter/core/state";
import { known as constant, object } from "../../interpreter/core/values";
import type { HeaderField, HeaderRead, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { certainBody } from "./body";
import { draftOf, objectOf, type Call, type Draft } from "./call-draft";
import { isString, toValue } from "../library-value";
import { note, Responses } from "./response";
import { uppyUpload } from "./uppy";
import { headersObject, headerOf } from "./header-objects";

/** Requests are read at the moment of the call: what branches write is undone later. */
export function pageLibrary(drafts: Draft[], removed = new Set<string>()): Partial<Library> {
  const clients = new Clients(drafts, removed);
  return {
    call: (run, callee, args) => clients.call(run, callee, args),
    member: (_run, value) => clients.member(value),
  };
}

const fetches =
  /^(global:(window\.|globalThis\.|self\.)?fetch|npm:(cross-fetch|isomorphic-fetch|whatwg-fetch|unfetch)(\.default|\.fetch)?)$/;
const axios =
  /^npm:axios(?:\.default)?(\.create\(\))?(?:\.(get|delete|head|options|post|put|patch|request))?$/;
const ky =
  /^npm:ky(?:\.default)?(?:\.(?:create|extend)\(\))*(?:\.(get|post|put|patch|delete|head))?$/;
const angular =
  /^npm:@angular\/common\/http\.HttpClient\(\)\.(get|post|put|patch|delete|head|request)$/;
const xhr =
  /^global:(?:window\.)?XMLHttpRequest\(\)\.(open|setRequestHeader|send|getResponseHeader)$/;
const makers =
  /^(npm:axios(\.default)?\.create|npm:ky(\.default)?(\.(create|extend)\(\))*\.(create|extend)|global:(window\.|globalThis\.)?(Request|URL|URLSearchParams|FormData|Blob|AbortController|XMLHttpRequest))$/;

interface Xhr {
  method?: AbstractValue | undefined;
  url?: AbstractValue | undefined;
  readonly headers: HeaderField[];
  readonly reads: HeaderRead[];
  /** Used for several requests: which of them a read belongs to is not known. */
  reopened?: true;
}

class Clients {
  readonly #responses = new Responses();
  readonly #xhr = new Map<ExternValue, Xhr>();
  /** Interceptors by the instance that they are added to; `undefined` is axios itself. */
  readonly #interceptors = new Map<ExternValue | undefined, AbstractValue[]>();

  /** @param removed gets the names of headers that interceptors of Angular take away */
  constructor(
    readonly drafts: Draft[],
    readonly removed: Set<string>,
  ) {}

  call(run: Evaluation, callee: ExternValue, args: CallArgs): AbstractValue | undefined {
    const { path } = callee;
    this.#responses.called(callee, args);
    if (makers.test(path)) return inert(run, args, callee);
    if (path === "global:Headers") return headersObject(run, args, callee);
    if (path === "npm:@angular/core.inject") return injected(args);
    if (fetches.test(path)) return this.#fetch(run, callee, args);
    if (path.startsWith("npm:axios")) return this.#axios(run, callee, args);
    const kyMethod = ky.exec(path);
    if (kyMethod) return this.#ky(run, callee, args, kyMethod[1]);
    const gone = headerRemoved(callee, args);
    if (gone !== undefined) this.removed.add(gone);
    const observed = observableCall(run, callee, args);
    if (observed) return observed;
    const angularMethod = angular.exec(path)?.[1];
    if (angularMethod !== undefined) return this.#angular(run, callee, args, angularMethod);
    const other = otherCall(callee, args) ?? uppyUpload(run, callee, args);
    if (other) return this.#send(run, callee, args, other);
    const fetcher = fetcherOf(callee, args);
    if (fetcher)
      return callValue(run, scopeOf(args, callee), fetcher, {
        ...args,
        positional: args.positional.slice(0, 1),
        named: new Map(),
        construct: false,
      });
    const step = xhr.exec(path)?.[1];
    return step === undefined ? undefined : this.#xhrStep(run, callee, args, step);
  }

  member(value: ExternValue): AbstractValue | undefined {
    if (value.path.startsWith("npm:axios")) this.#responses.read(value);
    return this.#responses.outcome(value);
  }

  /** Notes a request and gives its response. */
  #send(
    run: Evaluation,
    callee: ExternValue,
    args: CallArgs,
    call: Omit<Call, "at" | "through" | "response">,
  ): ExternValue {
    const response = inert(run, args, callee) as ExternValue;
    const through = run.callSites.filter((site) => site !== args.at);
    const reads = call.reads ?? this.#responses.readsOf(response);
    this.drafts.push(draftOf({ ...call, at: args.at, through, response, reads }));
    return response;
  }

  #fetch(run: Evaluation, callee: ExternValue, args: CallArgs): AbstractValue {
    const [target, init] = args.positional;
    const request = requestIn(target);
    const options = request ? [request.positional[1], init] : [init];
    const open = args.open;
    return this.#send(run, callee, args, {
      via: "fetch",
      url: request ? request.positional[0] : target,
      options,
      body: certainBody(options),
      open,
    });
  }

  #axios(run: Evaluation, callee: ExternValue, args: CallArgs): AbstractValue | undefined {
    if (/\.interceptors\.request\.use$/.test(callee.path)) return this.#intercept(callee, args);
    const match = axios.exec(callee.path);
    if (!match) return undefined;
    const [, , name] = match;
    const instance = instanceOf(callee);
    const { positional, at } = args;
    const hasBody = name !== undefined && ["post", "put", "patch"].includes(name);
    const config =
      name === undefined || name === "request" ? configOf(positional) : positional[hasBody ? 2 : 1];
    const defaults = instance ? argumentOf(instance) : undefined;
    const given = objectOf(config);
    const url =
      name === undefined || name === "request"
        ? (textual(positional[0]) ?? given?.props.get("url")?.value)
        : positional[0];
    const written = [axiosDefaults(run, instance), defaults, config];
    const { changed, without } = this.#intercepted(run, callee, args, instance, written);
    const options = [...written, changed];
    const base = baseOf([...options].reverse(), "baseURL");
    return this.#send(run, callee, args, {
      via: "axios",
      url,
      options,
      ...(base ? { base } : {}),
      ...(name === undefined || name === "request" ? {} : { method: verb(name, at) }),
      without,
      json: hasBody ? positional[1] : given?.props.get("data")?.value,
    });
  }

  #intercept(callee: ExternValue, args: CallArgs): AbstractValue {
    const [added] = args.positional;
    const instance = instanceOf(callee);
    if (added)
      this.#interceptors.set(instance, [...(this.#interceptors.get(instance) ?? []), added]);
    return constant(0, args.at);
  }

  /** The configuration as the instance's interceptors change it, beginning with the headers that are written elsewhere. */
  #intercepted(
    run: Evaluation,
    callee: ExternValue,
    args: CallArgs,
    instance: ExternValue | undefined,
    written: readonly (AbstractValue | undefined)[],
  ): { readonly changed?: AbstractValue; readonly without: readonly string[] } {
    const added = this.#interceptors.get(instance) ?? [];
    if (added.length === 0) return { without: [] };
    const headers: ObjectValue = object(args.at);
    for (const option of written)
      for (const [name, slot] of headersIn(option)) headers.props.set(name, slot);
    const before = [...headers.props.keys()];
    const config = object(args.at);
    config.props.set("headers", { value: headers, name: args.at, entry: args.at });
    let result: AbstractValue = config;
    for (const interceptor of added) {
      result = callValue(run, scopeOf(args, callee), interceptor, {
        ...args,
        positional: [result],
        named: new Map(),
        construct: false,
      });
    }
    const after = new Map(headersIn(result));
    const isSeen = objectOf(result)?.props.get("headers")?.value.t === "object";
    return { changed: result, without: isSeen ? before.filter((name) => !after.has(name)) : [] };
  }

  #ky(
    run: Evaluation,
    callee: ExternValue,
    args: CallArgs,
    name: string | undefined,
  ): AbstractValue {
    const instance = callee.made.by === "member" && name !== undefined ? callee.made.of : callee;
    const options = [...kyDefaults(instance), args.positional[1]];
    const base = baseOf([...options].reverse(), "prefixUrl");
    const given = objectOf(args.positional[1]);
    return this.#send(run, callee, args, {
      via: "ky",
      url: args.positional[0],
      options,
      ...(base ? { base } : {}),
      ...(name === undefined ? {} : { method: verb(name, args.at) }),
      json: given?.props.get("json")?.value,
      ...(options.some((option) => objectOf(option)?.props.has("hooks"))
        ? { open: "hooks may add headers" }
        : {}),
    });
  }

  #angular(run: Evaluation, callee: ExternValue, args: CallArgs, name: string): AbstractValue {
    const { positional, at } = args;
    const shift = name === "request" ? 1 : 0;
    const hasBody = ["post", "put", "patch"].includes(name);
    const options = positional[hasBody ? 2 : 1 + shift];
    const verbOf = shift === 1 && positional[0] ? toValue(positional[0], isString) : verb(name, at);
    return this.#send(run, callee, args, {
      via: "HttpClient",
      url: positional[shift],
      options: [angularOptions(options)],
      method: verbOf,
      json: hasBody ? positional[1] : undefined,
      // HttpInterceptors are found by dependency injection, which is not followed.
      open: "interceptors may add headers",
      // Without `observe` the page gets the body alone.
      ...(observesResponse(options) ? {} : { reads: [] }),
    });
  }

  #xhrStep(
    run: Evaluation,
    callee: ExternValue,
    args: CallArgs,
    step: string,
  ): AbstractValue | undefined {
    const target = callee.made.by === "member" ? callee.made.of : callee;
    const state: Xhr = this.#xhr.get(target) ?? { headers: [], reads: [] };
    this.#xhr.set(target, state);
    const [first, second] = args.positional;
    if (step === "getResponseHeader") {
      if (first && !state.reopened) note(state.reads, first);
      return undefined;
    }
    if (step === "open") {
      if (state.url) {
        state.reopened = true;
        state.reads.length = 0;
      }
      [state.method, state.url] = [first, second];
    }
    if (step === "setRequestHeader" && first)
      state.headers.push(...headerOf(first, second, run.conditional > 0));
    if (step !== "send") return constant(undefined, args.at);
    const options = object(args.at);
    const flag = target.members.get("withCredentials");
    if (flag) options.props.set("withCredentials", { value: flag, name: flag.at, entry: flag.at });
    this.#send(run, callee, args, {
      via: "XMLHttpRequest",
      url: state.url,
      options: [options],
      ...(state.method ? { method: toValue(state.method, isString) } : {}),
      extra: state.headers,
      reads: state.reads,
    });
    return constant(undefined, args.at);
  }
}

function verb(name: string, at: Span): Value<string> {
  return { kind: "known", value: name.toUpperCase(), at };
}

/** The arguments of `new Request(url, init)`. */
function requestIn(value: AbstractValue | undefined): CallArgs | undefined {
  if (value?.t !== "extern" || value.made.by !== "call") return undefined;
  return /(^global:|\.)Request$/.test(value.made.callee.path) ? value.made.args : undefined;
}

/** The instance of `axios.create(…)` that a call belongs to; `undefined` for axios itself. */
function instanceOf(callee: ExternValue): ExternValue | undefined {
  for (
    let value: ExternValue | undefined = callee;
    value;
    value = value.made.by === "member" ? value.made.of : undefined
  ) {
    if (value.path.endsWith(".create()")) return value;
  }
  return undefined;
}

function argumentOf(instance: ExternValue): AbstractValue | undefined {
  return instance.made.by === "call" ? instance.made.args.positional[0] : undefined;
}

/** The headers of a configuration, as far as they are seen. */
function headersIn(config: AbstractValue | undefined): readonly (readonly [string, Property])[] {
  const headers = objectOf(config)?.props.get("headers")?.value;
  return headers?.t === "object" ? [...headers.props] : [];
}

function configOf(positional: readonly AbstractValue[]): AbstractValue | undefined {
  return objectOf(positional[0]) ? positional[0] : positional[1];
}

function textual(value: AbstractValue | undefined): AbstractValue | undefined {
  return value && objectOf(value) ? undefined : value;
}

/** What was assigned to `axios.defaults` or `instance.defaults`, as options. */
function axiosDefaults(
  run: Evaluation,
  instance: ExternValue | undefined,
): ObjectValue | undefined {
  const root = instance?.path ?? "npm:axios";
  const result = object({ file: "", start: 0, end: 0 });
  const headers = object(result.at);
  for (const event of run.events) {
    if (event.k !== "set" || instanceOf(event.of) !== instance) continue;
    const place = event.of.path.replace(".default.", ".");
    const slot = {
      value: event.value,
      name: event.at,
      entry: event.at,
      ...(event.conditional ? { maybe: true as const } : {}),
    };
    if (place === `${root}.defaults`) result.props.set(event.name, slot);
    if (/\.defaults\.headers(\.common)?$/.test(place)) headers.props.set(event.name, slot);
  }
  if (result.props.size + headers.props.size === 0) return undefined;
  if (headers.props.size > 0)
    result.props.set("headers", { value: headers, name: headers.at, entry: headers.at });
  return result;
}

function baseOf(
  options: readonly (AbstractValue | undefined)[],
  name: string,
): AbstractValue | undefined {
  for (const option of options) {
    const slot = objectOf(option)?.props.get(name);
    if (slot) return slot.value;
  }
  return undefined;
}

/** The options of `ky.create(…)` and of every `extend(…)`, outermost last. */
function kyDefaults(instance: ExternValue): readonly (AbstractValue | undefined)[] {
  if (instance.made.by !== "call") return [];
  const { callee, args } = instance.made;
  const before = callee.made.by === "member" ? kyDefaults(callee.made.of) : [];
  return [...before, args.positional[0]];
}
