import { Option } from "commander";
import { unusedRule } from "../../../shared/src/analyze";
import { printableJson, printableLines } from "../../../shared/src/base/printable";
import { rulePage } from "../../../shared/src/protocol";
import { rulePageText } from "../report/rule-pages";
import type { Rule } from "../../../shared/src/rules/rule";
import { type CliHost, type Exit, type Register, UserError } from "./command";

interface RuleFlags {
  readonly format: "text" | "json";
}

/** `cors-lens rule [<id>]` */
export const registerRule: Register = (program, world, exit) => {
  program
    .command("rule")
    .description("print the page of a rule, or the list of all rules")
    .argument("[id]", "as it stands in a finding: error[id]")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
    )
    .action((id: string | undefined, flags: RuleFlags) => {
      exit(printRule(id, flags, world));
    });
};

function printRule(id: string | undefined, { format }: RuleFlags, world: CliHost): Exit {
  const rules = listedRules(world.engine.rules);
  if (id === undefined) {
    world.write(
      format === "json" ? `${printableJson({ version: 1, rules })}\n` : `${listText(rules)}\n`,
    );
    return 0;
  }
  const rule = rules.find((each) => each.id === id);
  const text = rule && rulePageText(id);
  if (!rule || text === undefined) throw new UserError(unknownRule(id, rules));
  world.write(
    format === "json"
      ? `${printableJson({ version: 1, ...rule, text })}\n`
      : `${printableLines(text.trimEnd())}\n`,
  );
  return 0;
}

/** A rule as lists of rules show it. */
export interface ListedRule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
  readonly page: string;
}

/** All rules, and the one that the analysis itself reports, by id. */
export function listedRules(rules: readonly Rule[]): readonly ListedRule[] {
  const own = {
    id: unusedRule,
    severity: "information",
    summary: "a suppression comment suppresses nothing",
  };
  return [...rules, own]
    .map(({ id, severity, summary }) => ({ id, severity, summary, page: rulePage(id) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is said to whoever asks for a rule that is none; names those that share a word with it. */
export function unknownRule(id: string, rules: readonly ListedRule[]): string {
  const words = id.toLowerCase().split(/[^a-z0-9]+/);
  const near = rules.filter((rule) => rule.id.split("-").some((word) => words.includes(word)));
  const hint =
    near.length > 0 && near.length < rules.length / 4
      ? `; perhaps ${near.map((rule) => rule.id).join(", ")}`
      : "";
  return `there is no rule "${id}"${hint} (\`cors-lens rule\` lists all)`;
}

function listText(rules: readonly ListedRule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(11)}  ${summary}`)
    .join("\n");
}
