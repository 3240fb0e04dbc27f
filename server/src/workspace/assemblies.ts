/** What a CDK application in a language that is not read has made of itself: its `cdk.out`. */
import { joinPath } from "../../../shared/src/base/file-paths";
import type { FileGap } from "./folder-scan";
import { foldersAbove } from "./paths";
import { languageOf } from "./prefilter";
import { parsedJson } from "./project-environment";
import type { Sources } from "./sources";

const compiled: Readonly<Record<string, string>> = {
  mvn: "Java",
  mvnw: "Java",
  mvnd: "Java",
  gradle: "Java",
  gradlew: "Java",
  java: "Java",
  sbt: "Scala",
  dotnet: "C#",
  go: "Go",
};

/** Programs that run what is read here. */
const scripted =
  /^(node|nodejs|npx|npm|yarn|pnpm|bun|bunx|deno|tsx|ts-node|tsc|python[\d.]*|py|pipenv|poetry|uv|pdm|hatch)$/;

/** Build files beside a `cdk.json` whose command says nothing. */
const buildFiles: Readonly<Record<string, string>> = {
  "pom.xml": "Java",
  "build.gradle": "Java",
  "build.gradle.kts": "Java",
  "go.mod": "Go",
};

/** The language of a CDK application by the command in `cdk.json`, else by its build; `undefined` = one that is read. */
export function unreadLanguageOf(
  command: string,
  isFile: (name: string) => boolean,
): string | undefined {
  const words = command.split(/[\s;&|()"']+/).map((word) =>
    word
      .replaceAll("\\", "/")
      .replace(/^.*\//, "")
      .replace(/\.(cmd|bat|exe|sh)$/, "")
      .toLowerCase(),
  );
  if (words.some((word) => scripted.test(word))) return undefined;
  const known = words.map((word) => compiled[word]).find((language) => language !== undefined);
  if (known !== undefined) return known;
  const isScript = words.some((word) => /\.([cm]?[jt]s|py)$/.test(word));
  const built = Object.keys(buildFiles).find(isFile);
  return isScript || built === undefined ? undefined : buildFiles[built];
}

export interface Assembled {
  /** The manifest of the assembly. */
  readonly manifest?: string;
  readonly gap?: FileGap;
}

/** The assemblies of applications whose code is not read; `candidates` are the files that are read. */
export function assembliesOf(
  sources: Sources,
  folders: readonly string[],
  candidates: readonly string[],
): readonly Assembled[] {
  const code = candidates.filter((file) => languageOf(file) !== "template");
  const withCode = new Set(code.flatMap((file) => [...foldersAbove(file)]));
  return folders.flatMap((folder) => {
    const isFile = (name: string): boolean => sources.kind(joinPath(folder, name)) === "file";
    const isMade = sources.kind(joinPath(folder, "cdk.out")) === "folder";
    // Of most applications a look into their folder is enough.
    const isWorth = !withCode.has(folder) || isMade || Object.keys(buildFiles).some(isFile);
    return isWorth ? [assemblyOf(sources, folder)] : [];
  });
}

/** The assembly of the application in a folder; what to do where there is none yet. */
function assemblyOf(sources: Sources, folder: string): Assembled {
  const settings = parsedJson(sources.text(joinPath(folder, "cdk.json")));
  const command = textAt(settings, "app") ?? "";
  const isFile = (name: string): boolean => sources.kind(joinPath(folder, name)) === "file";
  const language = unreadLanguageOf(command, isFile);
  if (language === undefined) return {};
  const manifest = joinPath(folder, textAt(settings, "output") ?? "cdk.out", "manifest.json");
  if (sources.kind(manifest) === "file") return { manifest };
  const because = `is of an application in ${language}, which is read from cdk.out: run \`cdk synth\` first`;
  return { gap: { file: joinPath(folder, "cdk.json"), because } };
}

function textAt(settings: unknown, name: string): string | undefined {
  if (typeof settings !== "object" || settings === null) return undefined;
  const value = (settings as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : undefined;
}
