/** Whether a fix closes the loop, from what a browser saw. */
import { rules } from "../../shared/src/rules/index";
import type { Visit, Visited } from "./browser";
import type { PageCall } from "./page-call";
import { saysSo } from "./form";
import type { Loop } from "./loop";
import type { Prepared, Version } from "./prepare";

/** What happened at all hosts. */
export interface Seen {
  readonly visited: readonly Visited[];
  /** Why a host could not answer. */
  readonly faults: ReadonlyMap<string, string>;
  /** What AWS does not document, by host. */
  readonly doubts: ReadonlyMap<string, ReadonlySet<string>>;
}

/** One fix of one case. */
export interface Verdict {
  readonly kind: Loop["kind"] | "otherwise" | "byHand";
  readonly fix: string;
  /** The fault showed, as the rule says. */
  readonly before: boolean;
  /** It is gone. */
  readonly after: boolean;
  /** Why not. */
  readonly problems: readonly string[];
}

/** What the browser has to do: first what fills caches, then the calls that count. */
export function visitsOf({ loop, versions }: Prepared): {
  readonly first: readonly Visit[];
  readonly then: readonly Visit[];
} {
  const hosts = versions.filter(({ deployment }) => !("refused" in deployment));
  const visit = ({ host, script }: Version, origin: string, sandboxed = false): Visit => ({
    host,
    origin,
    sandboxed,
    run: script === undefined ? loop.call : { module: `/${host}.js`, name: "load", arguments: [] },
  });
  const { before, stranger } = loop;
  const others = hosts.flatMap((version): Visit[] => {
    const run = otherwise(loop, version);
    return run ? [{ ...visit(version, loop.origin), run }] : [];
  });
  return {
    first: before === undefined ? [] : hosts.map((version) => visit(version, before)),
    then: [
      ...hosts.map((version) => visit(version, loop.origin)),
      ...others,
      ...(stranger
        ? hosts.map((version) => visit(version, stranger.origin, stranger.sandboxed))
        : []),
    ],
  };
}

function otherwise(loop: Loop, { fix }: Version): PageCall | undefined {
  return fix === undefined ? undefined : loop.otherwise?.[fix];
}

/** A verdict for each fix. */
export function verdictsOf({ loop, versions }: Prepared, seen: Seen): readonly Verdict[] {
  const [broken, ...fixed] = versions;
  if (!broken) return [];
  const before = loop.kind === "refused" ? refusal(broken) : faultOf(loop, broken, seen);
  return fixed.map((version) => {
    const fix = version.fix ?? "";
    const instead = otherwise(loop, version);
    const left = instead ? givenUp(loop, version, instead, seen) : cureOf(loop, version, seen);
    return {
      kind: instead ? "otherwise" : loop.byHand ? "byHand" : loop.kind,
      fix,
      before: before.length === 0,
      after: left.length === 0,
      problems: [
        ...before.map((problem) => `before: ${problem}`),
        ...left.map((problem) => `after "${fix}": ${problem}`),
      ],
    };
  });
}

/** What is wrong with the claim that the broken application fails as its rule says. */
function faultOf(loop: Loop, version: Version, seen: Seen): readonly string[] {
  const troubles = troublesAt(loop, version, seen);
  const own = visitedBy(seen, version.host, loop.origin, false);
  if (!own || troubles.length > 0) return ["the page made no call", ...troubles];
  if (loop.kind === "admitted") {
    const stranger = strangerAt(loop, version, seen);
    return [
      ...(accepted(loop, own) ? [] : [`the page's own call fails: ${shown(own)}`]),
      ...(stranger && accepted(loop, stranger)
        ? []
        : [`the stranger is blocked: ${shown(stranger)}`]),
    ];
  }
  if (accepted(loop, own)) return [`the browser accepts it: ${shown(own)}`];
  const quoted = loop.says ?? rules.find(({ id }) => id === loop.rule)?.browserSays;
  if (quoted === undefined || own.console.some((line) => saysSo(line, quoted))) return [];
  return [`the console says something else: ${shown(own)}`];
}

/** What is wrong with the claim that the application works after the fix. */
function cureOf(loop: Loop, version: Version, seen: Seen): readonly string[] {
  const troubles = troublesAt(loop, version, seen);
  const own = visitedBy(seen, version.host, loop.origin, false);
  if (!own || troubles.length > 0) return ["the page made no call", ...troubles];
  const works = accepted(loop, own) ? [] : [`the page's call fails: ${shown(own)}`];
  if (loop.kind !== "admitted") return works;
  const stranger = strangerAt(loop, version, seen);
  const refused = stranger && !stranger.outcome.ok && stranger.console.length > 0;
  return [...works, ...(refused ? [] : [`the stranger still reads: ${shown(stranger)}`])];
}

/** The fix lets the other call through, and this one still not. */
function givenUp(loop: Loop, version: Version, instead: PageCall, seen: Seen): readonly string[] {
  const troubles = troublesAt(loop, version, seen);
  const own = visitedBy(seen, version.host, loop.origin, false);
  const other = visitedBy(seen, version.host, loop.origin, false, instead);
  if (!own || !other || troubles.length > 0) return ["the page made no call", ...troubles];
  return [
    ...(accepted(loop, own) ? [`the call succeeds after all: ${shown(own)}`] : []),
    ...(accepted(loop, other) ? [] : [`the other call fails: ${shown(other)}`]),
  ];
}

function refusal({ deployment }: Version): readonly string[] {
  return "refused" in deployment ? [] : ["the stack synthesizes"];
}

function accepted({ reads }: Loop, { outcome }: Visited): boolean {
  if (!outcome.ok) return false;
  // A module hands over what it read, not the status.
  return outcome.body === reads.body && (outcome.status ?? reads.status) === reads.status;
}

/** What keeps the exchange from proving anything. */
function troublesAt(loop: Loop, { host, deployment }: Version, seen: Seen): readonly string[] {
  const fault = seen.faults.get(host);
  const open = [...(seen.doubts.get(host) ?? [])].filter((because) => !loop.inDoubt?.test(because));
  return [
    ...("refused" in deployment ? [`CDK refuses the stack: ${deployment.refused}`] : []),
    ...(fault === undefined ? [] : [`the gateway could not answer: ${fault}`]),
    ...open.map((because) => `not documented: ${because}`),
  ];
}

function strangerAt({ stranger }: Loop, { host }: Version, seen: Seen): Visited | undefined {
  return stranger && visitedBy(seen, host, stranger.origin, stranger.sandboxed);
}

function visitedBy(
  { visited }: Seen,
  host: string,
  origin: string,
  sandboxed: boolean,
  run?: PageCall,
): Visited | undefined {
  const found = visited.filter(
    (each) => each.host === host && each.origin === origin && each.sandboxed === sandboxed,
  );
  return run ? found.find((each) => each.run === run) : found[0];
}

function shown(visited: Visited | undefined): string {
  return visited ? [JSON.stringify(visited.outcome), ...visited.console].join("\n  ") : "no call";
}
