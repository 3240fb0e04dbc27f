/** Functions of Amplify Gen 2: `defineBackend({ orders })`, and `backend.orders.resources.lambda` where an API needs it. */
import { dirname, joinPath } from "../../base/file-paths";
import type { ExternValue } from "../../interpreter/core/values";
import { sourceAt } from "../../interpreter/modules/resolve";
import type { Project } from "../../ir/project";
import { callProps, classOf, externOf } from "../library-value";
import type { FunctionCode } from "./functions";
import { textOf } from "./handler-file";

/** The code of `backend.<name>.resources.lambda`; `undefined` for what is something else. */
export function amplifyFunction(project: Project, value: ExternValue): FunctionCode | undefined {
  const name = nameInBackend(value);
  if (!name) return undefined;
  const definition = externOf(callProps(name.backend, 0).slots.get(name.text)?.value);
  if (!definition || classOf(definition) !== "cdk.amplify.defineFunction")
    return { k: "unknown", because: "the definition of the function cannot be seen", at: value.at };
  const { at } = definition;
  const props = callProps(definition, 0);
  const given = props.slots.get("entry");
  const entry = given ? textOf(given.value) : "./handler.ts";
  const first = definition.made.by === "call" ? definition.made.args.positional[0] : undefined;
  if (entry === undefined || props.open !== undefined || first?.t === "function")
    return { k: "unknown", because: "the entry is not known", at };
  const found = sourceAt(project, joinPath(dirname(at.file), entry));
  return found?.k === "file"
    ? { k: "file", file: found.file, name: "handler", at: given?.value.at ?? at }
    : { k: "unknown", because: `there is no ${entry}`, at };
}

/** The backend, and the name under which it was given the function. */
function nameInBackend(value: ExternValue): { backend: ExternValue; text: string } | undefined {
  const resources = memberOf(value, "lambda");
  const made = resources && memberOf(resources, "resources")?.made;
  if (made?.by !== "member" || classOf(made.of) !== "cdk.amplify.defineBackend") return undefined;
  return { backend: made.of, text: made.name };
}

function memberOf({ made }: ExternValue, name: string): ExternValue | undefined {
  return made.by === "member" && made.name === name ? made.of : undefined;
}
