/** Options of REST methods: who may call them, with what an API or resource sets for all of its methods. */
import type { Property, AbstractValue } from "../../interpreter/core/values";
import type { Authorization, Value } from "../../model/model";
import type { Span } from "../../ir/span";
import { authorizationType, readAuthorizer, sigV4Headers } from "./authorizers";
import { isBoolean, toProps, toValue } from "../library-value";
import type { Props } from "../library-value";
import { isNothing } from "./rest-preflight";

/** Method options as far as they were given; `open` = why there may be others. */
export interface MethodOptions {
  readonly slots: ReadonlyMap<string, Property>;
  readonly open?: string;
}

export const noOptions: MethodOptions = { slots: new Map() };

/** `defaultMethodOptions` joined with those of the resource above: the nearer ones win, option by option. */
export function inheritedOptions(props: Props, above: MethodOptions): MethodOptions {
  const slot = props.slots.get("defaultMethodOptions");
  if (!slot && props.open !== undefined) return { slots: above.slots, open: props.open };
  if (!slot || isNothing(slot.value)) return above;
  const own = toProps(slot.value);
  if (!own) return { slots: above.slots, open: because(slot.value) };
  const open = own.open ?? above.open;
  return {
    slots: new Map([...above.slots, ...own.slots]),
    ...(open === undefined ? {} : { open }),
  };
}

function because(val: AbstractValue): string {
  return val.t === "unknown" ? val.because : "options that cannot be seen";
}

/** An option that was given and is not `undefined`. */
function given(options: MethodOptions, name: string): Property | undefined {
  const slot = options.slots.get(name);
  return slot && !isNothing(slot.value) ? slot : undefined;
}

/** Who may call a method: its own options, else the inherited ones; `NONE` without an authorizer drops the inherited one. */
export function authorizationOf(own: MethodOptions, inherited: MethodOptions): Authorization {
  const ownAuthorizer = given(own, "authorizer");
  const ownType = given(own, "authorizationType");
  if (ownType && !ownAuthorizer && authorizationType(ownType.value) === "NONE") {
    return own.open === undefined ? { kind: "none", at: ownType.name } : unseen(own.open);
  }
  if (!ownAuthorizer && own.open !== undefined) return unseen(own.open);
  const authorizer = ownAuthorizer ?? given(inherited, "authorizer");
  const type = ownType ?? given(inherited, "authorizationType");
  const fromAbove =
    ownAuthorizer === undefined && (ownType === undefined || authorizer !== undefined);
  if (!authorizer && !type)
    return inherited.open === undefined ? { kind: "none" } : unseen(inherited.open);
  const guard =
    authorizer && !authorizer.maybe ? readAuthorizer(authorizer.value, authorizer.name) : undefined;
  const found =
    guard && guard.kind !== "unknown" ? guard : type && !type.maybe ? byType(type) : guard;
  if (!found) return unseen("set on some ways only", (authorizer ?? type)?.name);
  return found.kind === "some" && fromAbove ? { ...found, inherited: true } : found;
}

function unseen(because: string, at?: Span): Authorization {
  return { kind: "unknown", because, ...(at ? { at } : {}) };
}

const types: Readonly<
  Record<string, { readonly type: string; readonly headers: readonly string[] }>
> = {
  IAM: { type: "iam", headers: sigV4Headers },
  AWS_IAM: { type: "iam", headers: sigV4Headers },
  COGNITO: { type: "cognito", headers: ["authorization"] },
  COGNITO_USER_POOLS: { type: "cognito", headers: ["authorization"] },
  CUSTOM: { type: "lambda", headers: [] },
};

function byType(slot: Property): Authorization {
  const text = authorizationType(slot.value);
  if (text === "NONE") return { kind: "none", at: slot.name };
  const known = text !== undefined && Object.hasOwn(types, text) ? types[text] : undefined;
  return known
    ? { kind: "some", ...known, at: slot.name }
    : unseen("the authorization type cannot be seen", slot.name);
}

/** `apiKeyRequired`, own or inherited; absent when nobody says it. */
export function apiKeyOf(
  own: MethodOptions,
  inherited: MethodOptions,
): { apiKeyRequired?: Value<boolean> } {
  const slot = given(own, "apiKeyRequired") ?? given(inherited, "apiKeyRequired");
  if (!slot) return {};
  const value: Value<boolean> = slot.maybe
    ? { kind: "unknown", because: "set on some ways only", at: slot.value.at }
    : toValue(slot.value, isBoolean);
  return { apiKeyRequired: value };
}

/** An option of a method or, when it says nothing, the inherited one. */
export function optionOf(
  name: string,
  own: MethodOptions,
  inherited: MethodOptions,
): Property | undefined {
  return given(own, name) ?? given(inherited, name);
}
