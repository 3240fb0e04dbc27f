/**
 * What linking has worked out, kept for as long as the project answers the same. Linking is made of units (an
 * application's CDK code, one handler, the pages). While a unit is worked out, every question that it asks of the
 * project is noted with its answer; the unit holds until one of its questions is answered otherwise.
 */
import type { FileFacts, Language } from "../ir/facts";
import type { Project } from "../ir/project";

interface Question {
  readonly about: string;
  readonly id: unknown;
  readonly ask: (project: Project) => unknown;
  answer: unknown;
  readonly units: Set<Unit>;
}

interface Unit {
  readonly key: string;
  readonly value: unknown;
  readonly questions: Set<Question>;
  /** The link that used it last. */
  used: number;
}

/** A question about one file whose answer is all that the asker wants to know of it; compared by `===`. */
export type FileQuestion<T extends string | boolean> = (project: Project, file: string) => T;

/** Asks a question about a file; while a unit is worked out, it then depends on the answer, not on the whole file. */
export function askOf<T extends string | boolean>(
  project: Project,
  file: string,
  question: FileQuestion<T>,
): T {
  return isRecording(project) ? project.askOf(file, question) : question(project, file);
}

/** By what it can do and not by its class: the cache may be in another bundle than who asks. */
function isRecording(project: Project): project is Recorder {
  return "askOf" in project;
}

/** The units of one application. Not for use by two projects at once. */
export class LinkCache {
  /** Units that were worked out, and that were taken as they were, since the cache was made. */
  readonly counters = { evaluated: 0, reused: 0 };
  readonly #units = new Map<string, Unit>();
  /** By the file that they are about, and by what they ask. */
  readonly #questions = new Map<string, Map<unknown, Question>>();
  #link = 0;
  #frame = "";

  /** Whether a unit asked about this file. */
  asksAbout(file: string): boolean {
    return this.#questions.has(file);
  }

  /** The files that units asked about, whether they exist or not. */
  get files(): Iterable<string> {
    return this.#questions.keys();
  }

  /**
   * Before linking: drops what is not true any more.
   * @param changed files whose text, kind or existence may have changed since the last link; absent = any
   */
  begin(project: Project, changed?: Iterable<string>): void {
    this.#link++;
    const frame = `${project.root}\n${project.cdkVersion ?? ""}`;
    if (frame !== this.#frame) this.#clear();
    this.#frame = frame;
    const files = changed ? [...changed, everyFile] : [...this.#questions.keys()];
    for (const file of files) {
      for (const question of [...(this.#questions.get(file)?.values() ?? [])]) {
        const answer = question.ask(project);
        if (isSame(answer, question.answer)) question.answer = answer;
        else for (const unit of [...question.units]) this.#drop(unit);
      }
    }
  }

  /** After linking to the end: forgets units that nobody wanted. */
  end(): void {
    for (const unit of [...this.#units.values()]) if (unit.used !== this.#link) this.#drop(unit);
  }

  /** The value of a unit: the kept one, or worked out now. `key` says all that it depends on but the project. */
  unit<T>(project: Project, key: string, work: (project: Project) => T): T {
    const kept = this.#units.get(key);
    if (kept) {
      this.counters.reused++;
      kept.used = this.#link;
      return kept.value as T;
    }
    this.counters.evaluated++;
    const questions = new Set<Question>();
    const recorder = new Recorder(project, (about, id, ask) => {
      const question = this.#question(project, about, id, ask);
      questions.add(question);
      return question.answer;
    });
    const value = work(recorder);
    const unit: Unit = { key, value, questions, used: this.#link };
    for (const question of questions) question.units.add(unit);
    this.#units.set(key, unit);
    return value;
  }

  #question(project: Project, about: string, id: unknown, ask: Question["ask"]): Question {
    let asked = this.#questions.get(about);
    if (!asked) this.#questions.set(about, (asked = new Map<unknown, Question>()));
    let question = asked.get(id);
    if (!question) {
      question = { about, id, ask, answer: ask(project), units: new Set() };
      asked.set(id, question);
    }
    return question;
  }

  #drop(unit: Unit): void {
    this.#units.delete(unit.key);
    for (const question of unit.questions) {
      question.units.delete(unit);
      if (question.units.size === 0) this.#forget(question);
    }
  }

  #forget({ about, id }: Question): void {
    const asked = this.#questions.get(about);
    asked?.delete(id);
    if (asked?.size === 0) this.#questions.delete(about);
  }

  #clear(): void {
    this.#units.clear();
    this.#questions.clear();
  }
}

/** What questions are about that are about no file. */
const everyFile = "";

/** Lists and JSON may be made anew for each answer; facts are one object for as long as the text is the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return !("lineStarts" in a) && JSON.stringify(a) === JSON.stringify(b);
}

type Note = (about: string, id: unknown, ask: (project: Project) => unknown) => unknown;

/** A project that notes what it is asked. */
class Recorder implements Project {
  readonly root: string;
  readonly cdkVersion?: string;
  readonly #inner: Project;
  readonly #note: Note;

  constructor(inner: Project, note: Note) {
    this.root = inner.root;
    if (inner.cdkVersion !== undefined) this.cdkVersion = inner.cdkVersion;
    this.#inner = inner;
    this.#note = note;
  }

  get candidates(): readonly string[] {
    return this.#ask(everyFile, "candidates", (project) => project.candidates);
  }

  get sources(): readonly string[] {
    return this.#ask(everyFile, "sources", (project) => project.sources ?? project.candidates);
  }

  askOf<T extends string | boolean>(file: string, question: FileQuestion<T>): T {
    return this.#ask(file, question, (project) => question(project, file));
  }

  facts(file: string): FileFacts | undefined {
    return this.#ask(file, "facts", (project) => project.facts(file));
  }

  text(file: string): string | undefined {
    return this.#ask(file, "text", (project) => project.text(file));
  }

  isFile(path: string): boolean {
    return this.#ask(path, "isFile", (project) => project.isFile(path));
  }

  isDirectory(path: string): boolean {
    return this.#ask(path, "isDirectory", (project) => project.isDirectory(path));
  }

  json(path: string): unknown {
    return this.#ask(path, "json", (project) => project.json(path));
  }

  tsPaths(file: string): ReturnType<Project["tsPaths"]> {
    return this.#ask(file, "tsPaths", (project) => project.tsPaths(file));
  }

  pythonRoots(file: string): readonly string[] {
    return this.#ask(file, "pythonRoots", (project) => project.pythonRoots(file));
  }

  workspacePackage(name: string): string | undefined {
    return this.#ask(everyFile, `package ${name}`, (project) => project.workspacePackage(name));
  }

  /** Depends on nothing but what it is given. */
  inline(file: string, text: string, language: Language): FileFacts | undefined {
    return this.#inner.inline?.(file, text, language);
  }

  #ask<T>(about: string, id: unknown, ask: (project: Project) => T): T {
    return this.#note(about, id, ask) as T;
  }
}
