import type { FileFacts, Language } from "../../../shared/src/ir/facts";
import { decode, type Encoding } from "../files/decode";
import type { Frontends, Reader } from "./languages";
import { Door, type Kind, reasonOf } from "../files/door";
import { DirectoryCache } from "./directory-cache";
import { isWithin } from "./paths";
import { isMinified, isStack, languageOf, mayBeBundle, mayMatter } from "./prefilter";
import type { FileGap } from "./folder-scan";

/** Larger files are no source that people write. In bytes. */
export const sizeLimit = 1024 * 1024;

/** Larger bundles are those of libraries: nobody deploys them as a handler of their own. In characters. */
const bundleLimit = 200_000;

/** Facts of this many files are kept; the least recently used go first. */
const factsLimit = 5000;

export interface Counters {
  /** Files whose text was read from disk. */
  read: number;
  /** Files that a frontend read. */
  parsed: number;
  /** Times that facts were at hand because the text had not changed. */
  reused: number;
}

/** What is told of the work on files. */
export interface SourceWatch {
  /** Work on a file begins. */
  readonly working?: (file: string) => void;
  /** A file that was left out is another now, and is not left out any more. */
  readonly changed?: (file: string) => void;
}

interface Content {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * The texts and facts of files, kept until `forget`. An editor's unsaved text stands before the one on disk. Facts are
 * kept by content: a file that was saved without a change is not parsed again.
 */
export class Sources {
  readonly counters: Counters = { read: 0, parsed: 0, reused: 0 };
  readonly #frontends: Frontends;
  readonly #unsaved: (file: string) => string | undefined;
  readonly #readers = new Map<Language, Reader>();
  readonly #contents = new Map<string, Content | undefined>();
  readonly #facts = new Map<string, { readonly text: string; readonly facts: FileFacts }>();
  readonly #matters = new Map<string, boolean>();
  readonly #listings: DirectoryCache;
  readonly #gaps = new Map<string, FileGap>();
  readonly #missing = new Set<Language>();
  /** Files that are left out, with the text for which that holds: what it was when it was looked at first. */
  readonly #leftOut = new Map<string, string | undefined>();
  #watch: SourceWatch = {};

  constructor(
    frontends: Frontends,
    unsaved: (file: string) => string | undefined = () => undefined,
    /** Through it everything of the workspace is read. */
    readonly door = new Door(),
  ) {
    this.#frontends = frontends;
    this.#unsaved = unsaved;
    this.#listings = new DirectoryCache(door);
  }

  /** From now on, what lies in these folders may be read; see `Door`. */
  admit(roots: readonly string[]): void {
    if (!this.door.admit(roots)) return;
    for (const [file, content] of this.#contents) if (!content) this.forget(file);
    this.forgetKinds();
  }

  /** Tells of the work on files, and leaves some of them out until they change. */
  watch(watch: SourceWatch, leftOut: readonly string[] = []): void {
    this.#watch = watch;
    for (const file of leftOut) this.#leftOut.set(file, undefined);
  }

  /** Files that could not be read, with the reason. */
  get gaps(): readonly FileGap[] {
    return [...this.#gaps.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** Counts what was read elsewhere, and takes over what could not be read there. */
  adopt({ read, parsed, reused }: Readonly<Counters>, gaps: readonly FileGap[]): void {
    this.counters.read += read;
    this.counters.parsed += parsed;
    this.counters.reused += reused;
    for (const gap of gaps) this.#gaps.set(gap.file, gap);
  }

  /** The file changed, came or went. */
  forget(file: string): void {
    this.#contents.delete(file);
    this.#matters.delete(file);
    this.#listings.forget(file);
    this.#gaps.delete(file);
  }

  /** Forgets all files of a folder; says whether any was known. */
  forgetBelow(folder: string): boolean {
    const known = [...this.#contents.keys(), ...this.#matters.keys()];
    const gone = known.filter((file) => isWithin(folder, file));
    for (const file of gone) this.forget(file);
    return gone.length > 0;
  }

  /** Files came or went: what is known about existence is void. */
  forgetKinds(): void {
    this.door.forget();
    this.#listings.clear();
  }

  /** Languages for which facts were asked before their frontend was loaded; `load` them and ask again. */
  takeMissing(): readonly Language[] {
    const missing = [...this.#missing];
    this.#missing.clear();
    return missing;
  }

  /**
   * Loads frontends; those that are loaded cost nothing. One that cannot be loaded (a damaged installation) leaves gaps
   * in its files and the other language alone.
   */
  async load(languages: Iterable<Language>): Promise<void> {
    for (const language of new Set(languages)) {
      if (!this.#readers.has(language)) this.#readers.set(language, await this.#reader(language));
    }
  }

  async #reader(language: Language): Promise<Reader> {
    try {
      return await this.#frontends[language].reader();
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  /** Reads a file and says whether it passes the prefilter. Unreadable files do not. */
  matters(file: string): boolean {
    const known = this.#matters.get(file);
    if (known !== undefined) return known;
    const language = languageOf(file);
    if (!language) return false;
    this.#watch.working?.(file);
    const text = this.text(file);
    if (text !== undefined && this.#isLeftOut(file, text)) return false;
    const answer =
      text !== undefined &&
      !this.#isBundle(file, text, language) &&
      mayMatter(file, text, language);
    this.#matters.set(file, answer);
    if (!answer) this.#contents.delete(file);
    return answer;
  }

  /** Whether the file is a template that deploys what is looked at here. */
  isTemplate(file: string): boolean {
    return languageOf(file) === "template" && isStack(this.text(file) ?? "");
  }

  /** Whether a bundler wrote it; then the user is told where it may be part of what is checked. */
  #isBundle(file: string, text: string, language: Language): boolean {
    if (!mayBeBundle(file) || !isMinified(text)) return false;
    if (text.length <= bundleLimit && mayMatter(file, text, language)) {
      this.#gaps.set(file, { file, because: "is minified and was not read" });
    }
    return true;
  }

  /** A file's text, the unsaved one first; `undefined` when there is none that can be read. */
  text(file: string): string | undefined {
    return this.#unsaved(file) ?? this.#content(file)?.text;
  }

  /** The text on disk, as it was last read. */
  savedText(file: string): string | undefined {
    return this.#content(file)?.text;
  }

  /** The text on disk, read anew. */
  savedAgain(file: string): string | undefined {
    this.#contents.delete(file);
    return this.#content(file)?.text;
  }

  /** How the file on disk is encoded. */
  encoding(file: string): Encoding {
    return this.#content(file)?.encoding ?? "utf8";
  }

  /** The facts of a source file; `undefined` when there is none, or its frontend is not loaded yet. */
  facts(file: string): FileFacts | undefined {
    const language = languageOf(file);
    if (!language || file.split("/").some((name) => isForeign(name, language))) return undefined;
    const text = this.text(file);
    if (text === undefined || this.#isLeftOut(file, text)) return undefined;
    this.#watch.working?.(file);
    const known = this.#facts.get(file);
    if (known?.text === text) {
      this.counters.reused++;
      this.#keep(file, known);
      return known.facts;
    }
    const read = this.#readers.get(language);
    if (!read) {
      this.#missing.add(language);
      return undefined;
    }
    return this.#parse(file, text, read);
  }

  #isLeftOut(file: string, text: string): boolean {
    if (!this.#leftOut.has(file)) return false;
    const before = this.#leftOut.get(file) ?? text;
    if (before !== text) {
      this.#leftOut.delete(file);
      this.#watch.changed?.(file);
      return false;
    }
    this.#leftOut.set(file, text);
    const because = "took too long or too much memory; it is left out until it changes";
    this.#gaps.set(file, { file, because });
    return true;
  }

  /** The facts of code that stands in a text of a file. */
  inline(file: string, text: string, language: Language): FileFacts | undefined {
    const read = this.#readers.get(language);
    if (read) return read(file, text);
    this.#missing.add(language);
    return undefined;
  }

  #parse(file: string, text: string, read: Reader): FileFacts | undefined {
    this.counters.parsed++;
    try {
      const facts = read(file, text);
      this.#keep(file, { text, facts });
      return facts;
    } catch (error) {
      // Frontends do not throw; should one, the other files are still worth checking.
      this.#gaps.set(file, {
        file,
        because: `was not read, by a mistake of CORS Lens: ${reasonOf(error)}`,
      });
      return undefined;
    }
  }

  kind(path: string): Kind {
    return this.#unsaved(path) === undefined ? this.#listings.kind(path) : "file";
  }

  #keep(file: string, entry: { readonly text: string; readonly facts: FileFacts }): void {
    this.#facts.delete(file);
    this.#facts.set(file, entry);
    if (this.#facts.size <= factsLimit) return;
    const oldest = this.#facts.keys().next();
    if (!oldest.done) this.#facts.delete(oldest.value);
  }

  #content(file: string): Content | undefined {
    if (this.#contents.has(file)) return this.#contents.get(file);
    const content = this.#read(file);
    this.#contents.set(file, content);
    return content;
  }

  #read(file: string): Content | undefined {
    const reading = this.door.read(file, sizeLimit);
    switch (reading.k) {
      case "bytes":
        return this.#decoded(file, reading.bytes);
      case "too large":
        return this.#tooLarge(file, reading.size);
      case "refused":
        this.#gaps.set(file, { file, because: reading.because });
        return undefined;
      case "absent":
        // What went away between the walk and the reading is no gap: it is simply not there.
        return undefined;
    }
  }

  #decoded(file: string, bytes: Uint8Array): Content | undefined {
    this.counters.read++;
    const content = decode(bytes);
    if (!content) this.#gaps.set(file, { file, because: "is binary" });
    return content;
  }

  #tooLarge(file: string, size: number): undefined {
    const because = `is larger than 1 MB (${(size / 1024 / 1024).toFixed(1)} MB) and was not read`;
    this.#gaps.set(file, { file, because });
  }
}

/** Dependencies and synthesized copies of code stay unread even when an import leads there. */
function isForeign(segment: string, language: Language): boolean {
  if (segment === "cdk.out") return language !== "template";
  return segment === "node_modules" || segment === "site-packages";
}
