/** What the two languages spell differently. */
import type { Change } from "./text-buffer";
import type { Doc } from "./layout";
import type { Container, Source, TextTest } from "./source";

/** Name and value of an option, the name in camel case. */
export type Option = readonly [name: string, value: Doc];

export interface Language {
  parse(file: string, text: string): Source;

  /** `allowOrigins` -> `allow_origins` */
  option(name: string): string;
  /** `DEFAULT_4XX` -> `DEFAULT_4_XX` */
  member(name: string): string;
  quote(source: Source, text: string): string;
  boolean(value: boolean): string;
  /** Spreads a list, and a mapping. */
  readonly spread: { readonly item: string; readonly entry: string };
  readonly construct: string;

  /** An option as an entry of the container, which decides about quotes; without one, of a new mapping. */
  keyed(source: Source, container: Container | undefined, name: string, value: Doc): Doc;
  /** As `keyed`, of a key that is text and no option: written as it is. */
  keyedText(source: Source, container: Container | undefined, name: string, value: Doc): Doc;
  /** A mapping of header names to values. */
  mapping(source: Source, entries: readonly Doc[]): Doc;
  /** Options as one value; `type` is the struct's class where the file uses these. */
  struct(source: Source, type: string | undefined, options: readonly Option[]): Doc;
  /** A call whose last arguments are options. */
  call(source: Source, callee: string, args: readonly Doc[], options: readonly Option[]): Doc;

  /** The container that holds the options of a call, which are its argument number `index` where they are an argument. */
  options(source: Source, call: Container, index: number): Container | undefined;
  /** Gives options to a call that has no container for them. */
  newOptions(
    source: Source,
    call: Container,
    index: number,
    options: readonly Option[],
  ): Change[] | undefined;

  /** A key that is not an identifier may stand in quotes where it stood without. */
  readonly quotesKeys: boolean;
  /** May a statement follow other code on a line, and may a block be empty? */
  readonly freeForm: boolean;
  /** Line breaks between declarations. */
  readonly declarationGap: string;
  /** The declaration of a list of origins. */
  originList(source: Source, name: string, origins: readonly string[]): string;
  /** A function that lets an origin of the list through, and gives another in place of strangers. */
  checkedOrigin(source: Source, names: HelperNames, otherwise: string): string;
  /** `text` is in `list`, or is not; `typed`: where the type of what may be absent counts. */
  contains(source: Source, list: string, test: ContainsTest): string;
  /** Two texts are equal. */
  readonly equals: string;
  /** A text that begins so and ends with the value of a name. */
  prefixed(source: Source, before: string, name: string): string;
  /** The helper of `insertCorsHelper`, without line breaks around it. */
  helper(
    source: Source,
    names: HelperNames,
    origins: readonly string[],
    credentials: boolean,
  ): string;
  readonly helperNames: readonly HelperNames[];
}

export interface ContainsTest extends Pick<
  TextTest,
  "optional" | "condition" | "negated" | "bound"
> {
  readonly text: string;
  /** The text is a name or a member: a type checker remembers what a test says about it. */
  readonly path: boolean;
}

/** Names for a list of allowed origins, and for functions that look into it. */
export interface HelperNames {
  readonly list: string;
  readonly helper: string;
  readonly checked: string;
}
