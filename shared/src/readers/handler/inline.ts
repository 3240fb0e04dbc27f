/** Handlers whose code is a text in the CDK program. */
import type { FunctionCode } from "../cdk/functions";
import type { FileFacts } from "../../ir/facts";
import type { Handler, ResponsePath } from "../../model/model";
import type { Project } from "../../ir/project";
import type { Span } from "../../ir/span";
import { readHandler } from "./read";

type Inline = Extract<FunctionCode, { k: "inline" }>;

/**
 * The handler in a text. Where the text is written as one literal without escapes, places are those in the CDK file;
 * else all of it stands at the literal. It has no blocks: code inside a text is not fixed.
 */
export function readInline(project: Project, id: string, code: Inline): Handler | undefined {
  const { file } = code.at;
  const start = startOf(project.text(file), code);
  const text = "\n".repeat(start ?? 0) + code.source;
  const facts = project.inline?.(file, text, code.language);
  if (!facts) return undefined;
  const handler = readHandler(alone(project, file, facts), id, {
    k: "file",
    file,
    name: code.name,
    at: code.at,
  });
  if (!handler) return undefined;
  const { function: own, ...rest } = handler;
  void own;
  const plain = { ...rest, responses: handler.responses.map(withoutBlocks) };
  return start === undefined ? placedAt(plain, code.at) : plain;
}

/** The project as inline code sees it: it can import nothing of it. */
function alone(project: Project, file: string, facts: FileFacts): Project {
  return {
    root: project.root,
    candidates: [file],
    facts: (path) => (path === file ? facts : undefined),
    text: (path) => (path === file ? project.text(path) : undefined),
    isFile: () => false,
    isDirectory: () => false,
    json: () => undefined,
    tsPaths: () => [],
    workspacePackage: () => undefined,
    pythonRoots: () => [],
  };
}

/** Where the code begins in its file, when it stands there as it is. */
function startOf(text: string | undefined, { at, source }: Inline): number | undefined {
  const literal = text?.slice(at.start, at.end) ?? "";
  const offset = literal.indexOf(source);
  return source !== "" && offset >= 0 && offset <= 4 ? at.start + offset : undefined;
}

function withoutBlocks(path: ResponsePath): ResponsePath {
  const { headersBlock, responseBlock, corsFrom, corsBy, ...rest } = path;
  void [headersBlock, responseBlock, corsFrom, corsBy];
  return rest;
}

/** The same, with every place of the file replaced by one. */
function placedAt<T>(value: T, at: Span): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => placedAt(item, at)) as T;
  const record = value as Record<string, unknown>;
  if (record.file === at.file && typeof record.start === "number") return at as T;
  return Object.fromEntries(
    Object.entries(record).map(([key, part]) => [key, placedAt(part, at)]),
  ) as T;
}
