/**
 * All settings, once. `npm run generate` writes them to `contributes.configuration` of package.json; the server reads
 * them with `readSettings`, which trusts nothing that a user typed.
 */
import type { Severity } from "./finding";
import { defaultContext, type RuleContext } from "./advice/context";

export const section = "corsLens";

export type DiagnosticMode = "workspace" | "openFilesOnly";
export type SeverityOrOff = Severity | "off";

export interface Settings {
  readonly enable: boolean;
  readonly diagnosticMode: DiagnosticMode;
  /** Severities by rule id. */
  readonly rules: Readonly<Record<string, SeverityOrOff>>;
  readonly context: RuleContext;
  /** Addresses of deployed APIs, by construct id. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Offer "Suppress … for this line" among the code actions. */
  readonly disableRuleComment: boolean;
  /** A line above each API with what its preflights come to. */
  readonly codeLens: boolean;
}

export const defaultSettings: Settings = {
  enable: true,
  diagnosticMode: "workspace",
  rules: {},
  context: defaultContext,
  endpoints: {},
  disableRuleComment: true,
  codeLens: true,
};

interface Described {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly scope: "resource" | "window";
}

/** A setting as package.json describes it: JSON schema with VS Code's additions. */
export type SettingSchema = Described &
  (
    | { readonly type: "boolean" }
    | {
        readonly type: "string";
        readonly enum: readonly string[];
        readonly enumDescriptions: readonly string[];
      }
    | {
        readonly type: "array";
        readonly items: {
          readonly type: "string";
          readonly pattern: string;
          readonly patternErrorMessage: string;
        };
        readonly uniqueItems: true;
      }
    | {
        readonly type: "object";
        readonly additionalProperties: {
          readonly type: "string";
          readonly pattern: string;
          readonly patternErrorMessage: string;
        };
      }
    | {
        readonly type: "object";
        readonly properties: Readonly<Record<string, SeveritySchema>>;
        readonly additionalProperties: false;
      }
  );

interface SeveritySchema {
  readonly type: "string";
  readonly enum: readonly string[];
  readonly enumDescriptions: readonly string[];
  readonly markdownDescription: string;
}

/** A rule as settings name it. */
export interface DescribedRule {
  readonly id: string;
  readonly severity?: Severity;
  readonly summary?: string;
}

const severities: readonly SeverityOrOff[] = ["error", "warning", "information", "off"];
const severityDescriptions: readonly string[] = [
  "Shown as an error.",
  "Shown as a warning.",
  "Shown as information.",
  "Not reported.",
];

function severitySchema({ severity, summary = "" }: DescribedRule): SeveritySchema {
  const usual = severity === undefined ? "" : ` By default: ${severity}.`;
  const said = summary === "" ? "" : `${summary.replace(/\.$/, "")}.`;
  return {
    type: "string",
    enum: severities,
    enumDescriptions: severityDescriptions,
    markdownDescription: `${said}${usual}`.trim(),
  };
}

/** Every setting by its full name, in the order of the settings page. */
export function settingSchemas(
  rules: readonly DescribedRule[],
): Readonly<Record<string, SettingSchema>> {
  return {
    [`${section}.enable`]: {
      type: "boolean",
      default: defaultSettings.enable,
      scope: "resource",
      markdownDescription: "Check this folder for CORS mistakes.",
    },
    [`${section}.diagnosticMode`]: {
      type: "string",
      enum: ["workspace", "openFilesOnly"],
      enumDescriptions: [
        "Report problems in every file of the workspace: a CORS mistake often shows in the handler and is fixed in the stack.",
        "Report problems in open files only. All files are still read, because the files depend on one another.",
      ],
      default: defaultSettings.diagnosticMode,
      scope: "window",
      markdownDescription: "Which files problems are reported for.",
    },
    [`${section}.rules`]: {
      type: "object",
      properties: Object.fromEntries(rules.map((rule) => [rule.id, severitySchema(rule)])),
      additionalProperties: false,
      default: defaultSettings.rules,
      scope: "resource",
      markdownDescription:
        'Severity of each rule by its id, or `off`: `{ "any-origin-allowed": "off" }`. Rules that are not named keep their own severity.',
    },
    [`${section}.origins`]: {
      type: "array",
      items: {
        type: "string",
        pattern: "^https?://[^/*]+$",
        patternErrorMessage: "An origin is https://host[:port].",
      },
      uniqueItems: true,
      default: defaultContext.origins,
      scope: "resource",
      markdownDescription:
        "Origins of your pages, as `https://shop.example.com`. Fixes that have to name an origin use them.",
    },
    [`${section}.endpoints`]: {
      type: "object",
      additionalProperties: {
        type: "string",
        pattern: "^https?://[^/\\s]+(/\\S*)?$",
        patternErrorMessage: "An endpoint is an http or https URL.",
      },
      default: defaultSettings.endpoints,
      scope: "resource",
      markdownDescription:
        'Where the APIs are deployed, by the id of the construct: `{ "OrdersApi": "https://api.example.com/prod" }`. A page\'s call to such an address is known to go to that API, and the address is offered when something is to be probed; nothing is ever sent there without a command.',
    },
    [`${section}.handlers.behindHttpApiCors`]: {
      type: "string",
      enum: ["inconsistent", "information", "warning", "off"],
      enumDescriptions: [
        "Mention it as information where a handler sends the headers on some ways and not on others.",
        "Mention it as information everywhere.",
        "Report it as a warning, for handlers that are also called without the HTTP API.",
        "Say nothing: the HTTP API adds the headers.",
      ],
      default: defaultContext.behindHttpApiCors,
      scope: "resource",
      markdownDescription:
        "What to say about missing CORS headers in a handler behind an HTTP API **with** a CORS configuration. API Gateway adds its own headers there and drops the handler's.",
    },
    [`${section}.codeLens.enable`]: {
      type: "boolean",
      default: defaultSettings.codeLens,
      scope: "resource",
      markdownDescription:
        "Show a line above each API: its routes and origins, what preflights come to, and how many responses pages cannot read.",
    },
    [`${section}.codeAction.disableRuleComment.enable`]: {
      type: "boolean",
      default: defaultSettings.disableRuleComment,
      scope: "resource",
      markdownDescription:
        "Offer to suppress a problem with a `cors-lens-disable-next-line` comment. The offer stands last among the code actions.",
    },
    [`${section}.trace.server`]: {
      type: "string",
      enum: ["off", "messages", "verbose"],
      enumDescriptions: ["No trace.", "Names of the messages.", "Messages with their content."],
      default: "off",
      scope: "window",
      markdownDescription: "Writes the messages between editor and language server to the output.",
    },
  };
}

/** The file beside `cdk.json` with what editors and CI share. */
export const configFile = "cors-lens.json";

/** What `cors-lens.json` says; what it leaves out is absent. */
export interface FileSettings {
  readonly rules: Readonly<Record<string, SeverityOrOff>>;
  readonly origins?: readonly string[];
  readonly behindHttpApiCors?: RuleContext["behindHttpApiCors"];
  /** Addresses of the deployed APIs, by construct id. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Patterns as in `.gitignore`, relative to the file. */
  readonly ignores: readonly string[];
}

/** A part of JSON schema: as much as `cors-lens.json` needs. */
export interface ConfigSchema {
  readonly type: "object" | "array" | "string" | "boolean";
  readonly markdownDescription?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly items?: ConfigSchema;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  /** What other keys hold; without other keys `false`. */
  readonly additionalProperties?: ConfigSchema | false;
}

/** The schema of `cors-lens.json`: the settings of the same name, and what only makes sense for everyone. */
export function configSchema(rules: readonly DescribedRule[]): ConfigSchema {
  const settings = settingSchemas(rules);
  const shared = (name: string): ConfigSchema => {
    const schema = Object.entries(settings[`${section}.${name}`] ?? {});
    // What only settings have.
    const kept = schema.filter(([key]) => key !== "default" && key !== "scope");
    return { type: "object", ...Object.fromEntries(kept) };
  };
  return {
    type: "object",
    markdownDescription:
      "What CORS Lens shall know of this application, in editors and in CI. Stands beside `cdk.json`.",
    properties: {
      $schema: { type: "string", markdownDescription: "The schema of this file." },
      rules: shared("rules"),
      origins: shared("origins"),
      handlers: {
        type: "object",
        properties: { behindHttpApiCors: shared("handlers.behindHttpApiCors") },
        additionalProperties: false,
      },
      endpoints: shared("endpoints"),
      ignores: {
        type: "array",
        items: { type: "string" },
        uniqueItems: true,
        markdownDescription:
          "Files that nothing is reported in: patterns as in `.gitignore`, relative to this file. They are still read, as others depend on them.",
      },
    },
    additionalProperties: false,
  };
}

function isBehind(value: unknown): value is RuleContext["behindHttpApiCors"] {
  return ["inconsistent", "information", "warning", "off"].some((each) => each === value);
}

/** The settings in a parsed `cors-lens.json`; parts of a wrong type count as absent. */
export function readFileSettings(value: unknown): FileSettings {
  const at = (path: string): unknown => lookUp(value, path.split("."));
  const behind = at("handlers.behindHttpApiCors");
  return {
    rules: severitiesIn(at("rules")),
    ...(Array.isArray(at("origins")) ? { origins: stringsIn(at("origins")) } : {}),
    ...(isBehind(behind) ? { behindHttpApiCors: behind } : {}),
    endpoints: endpointsIn(at("endpoints")),
    ignores: stringsIn(at("ignores")),
  };
}

/**
 * What holds for an application. Its file says what is so for everyone; an editor's own severities only change how
 * that editor shows a rule, its endpoints are those of its user's own deployments, and its origins stand in where the file
 * names none.
 */
export function withFile(
  settings: Settings,
  file: FileSettings | undefined,
): Pick<Settings, "rules" | "context" | "endpoints"> {
  const { rules, context, endpoints } = settings;
  if (!file) return { rules, context, endpoints };
  const chosen = context.behindHttpApiCors !== defaultContext.behindHttpApiCors;
  return {
    rules: { ...file.rules, ...rules },
    endpoints: { ...file.endpoints, ...endpoints },
    context: {
      ...context,
      origins: file.origins ?? context.origins,
      behindHttpApiCors: chosen
        ? context.behindHttpApiCors
        : (file.behindHttpApiCors ?? context.behindHttpApiCors),
    },
  };
}

/**
 * The settings in a value as an editor sends it (the object under `corsLens`). What is absent or of a wrong type keeps
 * its default.
 */
export function readSettings(value: unknown): Settings {
  const at = (path: string): unknown => lookUp(value, path.split("."));
  const behind = at("handlers.behindHttpApiCors");
  return {
    enable: booleanOr(at("enable"), defaultSettings.enable),
    diagnosticMode: at("diagnosticMode") === "openFilesOnly" ? "openFilesOnly" : "workspace",
    rules: severitiesIn(at("rules")),
    context: {
      origins: stringsIn(at("origins")),
      behindHttpApiCors: isBehind(behind) ? behind : defaultContext.behindHttpApiCors,
    },
    endpoints: endpointsIn(at("endpoints")),
    codeLens: booleanOr(at("codeLens.enable"), defaultSettings.codeLens),
    disableRuleComment: booleanOr(
      at("codeAction.disableRuleComment.enable"),
      defaultSettings.disableRuleComment,
    ),
  };
}

/** Editors nest dotted settings or leave the dots in the name; both are met. */
function lookUp(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const entries: Readonly<Record<string, unknown>> = { ...value };
  for (let n = path.length; n > 0; n--) {
    const found = lookUp(entries[path.slice(0, n).join(".")], path.slice(n));
    if (found !== undefined) return found;
  }
  return undefined;
}

function booleanOr(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function endpointsIn(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === "string" && /^https?:\/\/./i.test(entry[1]),
    ),
  );
}

function severitiesIn(value: unknown): Readonly<Record<string, SeverityOrOff>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([id, chosen]: [string, unknown]) => {
      const severity = severities.find((each) => each === chosen);
      return severity ? [[id, severity]] : [];
    }),
  );
}
