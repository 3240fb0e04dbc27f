import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ErrorObject } from "ajv";

/**
 * The schema of SARIF 2.1.0 (rtm.5, the one that code scanning services name) as published in the package
 * `@microsoft/jest-sarif`. It is written for draft 4 of JSON Schema, from which what it uses differs in the name of
 * `id` only.
 */
const file = path.join(__dirname, "sarif-2.1.0-rtm.5.json");

/** What is wrong with a log; empty when it is valid. */
export function sarifProblems(log: unknown): readonly ErrorObject[] {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    unknown
  >;
  if ($schema !== "http://json-schema.org/draft-04/schema#" || typeof id !== "string") {
    throw new Error("the schema is not the one that this was written for");
  }
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    // One of its patterns is none by the rules of Unicode mode.
    unicodeRegExp: false,
    formats: { uri: isUri, "uri-reference": isReference, "date-time": true },
  });
  const validate = ajv.compile({ $id: id, ...schema });
  return validate(log) ? [] : (validate.errors ?? []);
}

function isUri(text: string): boolean {
  return URL.canParse(text);
}

function isReference(text: string): boolean {
  return /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && !/%(?![\da-f]{2})/i.test(text);
}
