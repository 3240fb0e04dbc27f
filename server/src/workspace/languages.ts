/** The frontends, each loaded when the first file in its language is to be read or written. */
import type { Edit, TextEdit } from "../../../shared/src/model/edit";
import type { FileFacts, Language } from "../../../shared/src/ir/facts";

/** Reads one file; a pure function of the text that never throws. */
export type Reader = (file: string, text: string) => FileFacts;

/** Spells edits of one file, whose text is given; `undefined` when one of them cannot be spelt whole. */
export type Writer = (
  file: string,
  text: string,
  edits: readonly Edit[],
  readText: (file: string) => string | undefined,
) => TextEdit[] | undefined;

export interface Frontend {
  readonly reader: () => Promise<Reader>;
  readonly writer: () => Promise<Writer>;
}

export type Frontends = Readonly<Record<Language, Frontend>>;

export const frontends: Frontends = {
  typescript: {
    reader: async () => (await import("../frontends/typescript/read")).readTypeScript,
    writer: async () => (await import("../frontends/typescript/write")).writeTypeScript,
  },
  python: {
    reader: async () => (await import("../frontends/python/read")).loadPython(),
    writer: async () => (await import("../frontends/python/write")).loadPythonWriter(),
  },
  template: {
    reader: async () => (await import("../frontends/template/read")).readTemplate,
    writer: async () => (await import("../frontends/template/write")).writeTemplate,
  },
};
