/** Edits of CORS policies. */
import type { Edit } from "../../../../shared/src/model/edit";
import type { Option } from "./language";
import { optionEntry, optionsIndex, setCallOptions, setEntries } from "./options";
import { elementsAt, policyDoc, policyOptions, words } from "./policy";
import { callAt, containerAt, fail, type EditSession } from "./edit-session";
import { insertStatements } from "./edit-statement";
import type { Container } from "./source";

type Of<K extends Edit["kind"]> = Extract<Edit, { kind: K }>;

export function addPolicy(session: EditSession, edit: Of<"addPolicy">): void {
  const { form, policy } = edit;
  const options: Option[] =
    form === "restResource"
      ? policyOptions(session, form, policy)
      : [[words[form].option, policyDoc(session, form, policy)]];
  const call = callAt(session, edit.call);
  const index = optionsIndex(call);
  const container = session.language.options(session.source, call, index);
  if (container && options.some(([name]) => optionEntry(session, container, name))) {
    fail("the option is there already");
  }
  setCallOptions(session, edit.call, index, options);
}

export function addCorsPreflight(session: EditSession, edit: Of<"addCorsPreflight">): void {
  const options = policyOptions(session, "restResource", edit.policy);
  const { language, source } = session;
  const callee = `${edit.on}.${language.option("addCorsPreflight")}`;
  insertStatements(session, edit.statement, [language.call(source, callee, [], options)]);
}

export function setPolicyFields(session: EditSession, edit: Of<"setPolicyFields">): void {
  const before = policyContainer(session, edit);
  refuseUnpacked(session, before);
  const options = policyOptions(session, edit.form, edit.fields, (name) =>
    elementsAt(session, optionEntry(session, before, name)?.value),
  );
  setEntries(session, () => policyContainer(session, edit), options);
}

/** `CorsOptions(**base)`: what `base` holds must not be given again, Python refuses an argument twice. */
function refuseUnpacked(session: EditSession, container: Container): void {
  const { text } = session.source;
  const isUnpacked = container.entries.some((entry) => text.startsWith("**", entry.range[0]));
  if (container.kind === "call" && isUnpacked) fail("an unpacked dictionary may hold the option");
}

/** The literal with the options; of a call that takes them as an argument, that argument. */
function policyContainer(session: EditSession, edit: Of<"setPolicyFields">): Container {
  const container = containerAt(session, edit.block);
  if (container.kind !== "call") return container;
  const { language, source } = session;
  return language.options(source, container, optionsIndex(container)) ?? fail("no options here");
}
