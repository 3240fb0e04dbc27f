/** A policy's options as the service gets them: one set for each branch of a conditional. */
import type { CorsPolicy, Value } from "../model/model";
import { effective } from "../model/query/platform";
import { branches, type PossibleList } from "../model/value";

export interface OptionList {
  readonly items: readonly string[];
  /** False when there may be others. */
  readonly complete: boolean;
}

export interface Options {
  readonly policy: CorsPolicy;
  readonly origins: OptionList;
  readonly methods: OptionList;
  readonly headers: OptionList;
  readonly expose: OptionList;
  /** `undefined` = not known. */
  readonly credentials: boolean | undefined;
  /** Seconds; `null` when the option is absent. */
  readonly maxAge: number | null | undefined;
}

const most = 16;

/** Every combination of branches; a single one without known parts when there are too many. */
export function optionsOf(policy: CorsPolicy): readonly Options[] {
  const origins = lists(policy, "allowOrigins");
  const methods = lists(policy, "allowMethods");
  const headers = lists(policy, "allowHeaders");
  const credentials = values(policy.allowCredentials?.value, policy.complete ? false : undefined);
  if (origins.length * methods.length * headers.length * credentials.length > most) {
    return [combine(policy, open, open, open, undefined)];
  }
  return origins.flatMap((o) =>
    methods.flatMap((m) =>
      headers.flatMap((h) => credentials.map((c) => combine(policy, o, m, h, c))),
    ),
  );
}

const open: OptionList = { items: [], complete: false };

function combine(
  policy: CorsPolicy,
  origins: OptionList,
  methods: OptionList,
  headers: OptionList,
  credentials: boolean | undefined,
): Options {
  const [maxAge, ...others] = values<number | null>(
    policy.maxAge?.value,
    policy.complete ? null : undefined,
  );
  const expose = policy.exposeHeaders ? listsIn(policy.exposeHeaders.value) : undefined;
  const exposed = expose?.length === 1 ? (expose[0] ?? open) : open;
  return {
    policy,
    origins,
    methods,
    headers,
    expose: expose === undefined ? { items: [], complete: policy.complete } : exposed,
    credentials,
    maxAge: others.length > 0 ? undefined : maxAge,
  };
}

function lists(
  policy: CorsPolicy,
  option: "allowOrigins" | "allowMethods" | "allowHeaders",
): readonly OptionList[] {
  const field = policy[option];
  if (field) return listsIn(field.value);
  return (effective(policy, option) ?? []).map(toList).concat(policy.complete ? [] : [open]);
}

function listsIn(value: NonNullable<CorsPolicy["allowOrigins"]>["value"]): readonly OptionList[] {
  return branches(value).map((branch): OptionList => {
    if (branch.kind !== "known") return open;
    const items = branch.value.flatMap((item) => (item.kind === "known" ? [item.value] : []));
    return { items, complete: branch.value.every((item) => item.kind === "known") };
  });
}

function toList({ items, complete }: PossibleList): OptionList {
  return { items: items.map(({ value }) => value), complete };
}

function values<T>(
  value: Value<NonNullable<T>> | undefined,
  absent: T | undefined,
): readonly (T | undefined)[] {
  if (value === undefined) return [absent];
  return branches(value).map((branch) => (branch.kind === "known" ? branch.value : undefined));
}
