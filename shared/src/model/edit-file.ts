/** Where each kind of edit changes text. */
import type { Span } from "../ir/span";
import type { Edit } from "./edit";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

type Place = Pick<Span, "file"> | undefined;

const places: { readonly [K in Edit["kind"]]: (edit: Of<K>) => Place } = {
  addCorsPreflight: ({ statement }) => statement,
  addCorsSupport: ({ support: { place } }) =>
    place.kind === "after" ? place.statement : place.call,
  addGatewayResponses: ({ statement }) => statement,
  addHeaders: ({ headersBlock, responseBlock }) => headersBlock ?? responseBlock,
  addOptionsRoute: ({ statement }) => statement,
  addPolicy: ({ call }) => call,
  addToList: ({ list }) => list,
  appendText: ({ at }) => at,
  answerErrors: (edit) => edit.function,
  checkOrigin: ({ value }) => ("entry" in value ? value.entry : value.expression),
  compareOrigin: ({ test }) => test,
  copy: ({ at }) => at,
  insertCorsHelper: (edit) => edit,
  lastFirst: ({ items }) => items[0],
  moveLink: ({ link }) => link,
  moveStatement: ({ statement }) => statement,
  removeEntry: ({ entry }) => entry,
  removeFromList: ({ item }) => item,
  removeStatement: ({ statement }) => statement,
  rename: ({ name }) => name,
  setBehavior: ({ block }) => block,
  setDuration: ({ at }) => at,
  setMethod: ({ at }) => at,
  setMethodOpen: ({ call }) => call,
  setOrigins: ({ at }) => at,
  setPolicyFields: ({ block }) => block,
  setRouteMethods: ({ call }) => call,
  setStatus: ({ at, responseBlock }) => at ?? responseBlock,
  setString: ({ at }) => at,
  setSupportOrigins: ({ call }) => call,
  spreadHeaders: ({ headersBlock, responseBlock }) => headersBlock ?? responseBlock,
  wrapApplication: ({ adapter }) => adapter,
};

/** The file that an edit changes; `undefined` for an edit without a place. */
export function fileOfEdit(edit: Edit): string | undefined {
  // The compiler does not see that the entry is the one of this very edit.
  const place = places[edit.kind] as (edit: Edit) => Place;
  return place(edit)?.file;
}
