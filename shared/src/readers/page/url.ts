/** What a URL is made of, where only parts of it are known. */
import { withoutEnd } from "../../base/trim";
import { toValue, isString } from "../library-value";
import type { AbstractValue } from "../../interpreter/core/values";
import type { Value } from "../../model/model";

export interface UrlParts {
  readonly url: Value<string>;
  /** `{}` stands for a segment that is put together at run time. Absent when even its shape is unknown. */
  readonly path?: string;
  /** How the code names what the URL begins with. */
  readonly base?: string;
  /** Scheme and host as far as they are text: `https://{}.execute-api.{}.amazonaws.com`. */
  readonly authority?: string;
  /** It begins with the page's own address. */
  readonly relative?: true;
}

/** A hole in the text, with the name that fills it. */
interface Hole {
  readonly name: string | undefined;
  /** A part of the page's own address. */
  readonly own?: true;
}

type Piece = string | Hole;

/** The parts of a URL, with what stands before it (`baseURL` of a client) when it is relative. */
export function urlParts(value: AbstractValue | undefined, base?: AbstractValue): UrlParts {
  if (value === undefined)
    return { url: { kind: "unknown", because: "no URL", at: { file: "", start: 0, end: 0 } } };
  const own = piecesOf(value);
  const prefix = base && !isAbsolute(own) ? withSlash(piecesOf(base), own) : [];
  const pieces = merged([...prefix, ...own]);
  const url: Value<string> = prefix.length > 0 ? joined(pieces, value) : toValue(value, isString);
  return { url, ...shape(pieces) };
}

function joined(pieces: readonly Piece[], value: AbstractValue): Value<string> {
  const [only] = pieces;
  return pieces.length === 1 && typeof only === "string"
    ? { kind: "known", value: only, at: value.at }
    : { kind: "unknown", because: "its base is decided at run time", at: value.at };
}

function isAbsolute([first]: readonly Piece[]): boolean {
  return typeof first === "string"
    ? /^([a-z][a-z0-9+.-]*:)?\/\//i.test(first)
    : first !== undefined;
}

/** Clients put one slash between their base and the path. */
function withSlash(base: readonly Piece[], own: readonly Piece[]): readonly Piece[] {
  const last = base.at(-1);
  const trimmed = typeof last === "string" ? [...base.slice(0, -1), withoutEnd(last, "/")] : base;
  const first = own[0];
  return typeof first === "string" && first.startsWith("/") ? trimmed : [...trimmed, "/"];
}

function merged(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === "string" && typeof last === "string")
      result[result.length - 1] = last + piece;
    else if (piece !== "") result.push(piece);
  }
  return result;
}

function piecesOf(value: AbstractValue): readonly Piece[] {
  switch (value.t) {
    case "const":
      return [String(value.value ?? "")];
    case "unknown":
      return value.pieces ? value.pieces.flatMap(piecesOf) : [{ name: value.name }];
    case "oneOf": {
      const holes = value.of.flatMap(piecesOf).filter((piece) => typeof piece !== "string");
      const foreign = holes.filter((hole) => hole.own !== true);
      return [foreign.find((hole) => hole.name !== undefined) ?? { name: undefined }];
    }
    case "extern":
      return externPieces(value);
    default:
      return [{ name: undefined }];
  }
}

/** `new URL(path, base)`, its `href` and `toString()`; `import.meta.env.VITE_API_URL`. */
function externPieces(value: Extract<AbstractValue, { t: "extern" }>): readonly Piece[] {
  const { made } = value;
  if (ownAddress.test(value.path)) return [{ name: undefined, own: true }];
  if (made.by === "call" && made.callee.path === "global:URL") {
    const [path, base] = made.args.positional;
    if (!path) return [{ name: undefined }];
    const own = piecesOf(path);
    return base && !isAbsolute(own) ? [...withSlash(piecesOf(base), own), ...own] : own;
  }
  if (made.by === "member" && (made.name === "href" || made.name === "toString"))
    return externPieces(made.of);
  if (made.by === "call" && made.callee.made.by === "member")
    return externPieces(made.callee.made.of);
  return [{ name: made.by === "member" ? made.name : undefined }];
}

/** The page's own address, or a part of it: `location` is one as a text, too. */
const ownAddress =
  /\blocation(\.(origin|href|protocol|host|hostname|pathname))?$|\bdocument\.(URL|documentURI|baseURI)$|^global:((window|self|globalThis)\.)?origin$/;

const HOLE = "\0";

function shape(pieces: readonly Piece[]): Omit<UrlParts, "url"> {
  const text = pieces.map((piece) => (typeof piece === "string" ? piece : HOLE)).join("");
  const first = pieces[0];
  if (first === undefined) return {};
  if (typeof first !== "string" && first.own) return { relative: true };
  if (
    typeof first === "string" &&
    !/^[a-z][a-z0-9+.-]*:?\/\//i.test(first) &&
    !first.startsWith("//")
  ) {
    return /^https?:/i.test(first) ? {} : { relative: true };
  }
  const begin =
    typeof first === "string"
      ? (/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i.exec(text)?.[0] ?? "")
      : HOLE;
  const authority = typeof first === "string" ? { authority: begin.replaceAll(HOLE, "{}") } : {};
  const name = nameIn(typeof first === "string" && begin.includes(HOLE) ? pieces[1] : first);
  const named = name === undefined ? {} : { base: name };
  const path = pathOf(text.slice(begin.length).replace(/^:\d+/, ""), typeof first === "string");
  return { ...named, ...authority, ...(path === undefined ? {} : { path }) };
}

function nameIn(piece: Piece | undefined): string | undefined {
  const name = typeof piece === "string" ? undefined : piece?.name;
  return name !== undefined && /^[A-Za-z_$][\w$]*$/.test(name) ? name : undefined;
}

/** The path with `{}` for open segments; `undefined` where text and holes mix in one, or all may be in the base. */
function pathOf(rest: string, isWhole: boolean): string | undefined {
  const [plain = ""] = rest.split(/[?#]/);
  if (plain.startsWith(HOLE) || (rest === "" && !isWhole)) return undefined;
  const segments = plain.replace(/^\//, "").split("/");
  if (segments.some((segment) => segment.includes(HOLE) && segment !== HOLE)) return undefined;
  return `/${segments.map((segment) => (segment === HOLE ? "{}" : segment)).join("/")}`;
}
