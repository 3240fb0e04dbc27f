/** Commands of a shell that build: `esbuild src/orders.ts --bundle --outfile=dist/orders.js`. */
import { joinPath, withoutExtension } from "../../base/file-paths";
import type { Build } from "./build-settings";

/** Options that name the file that is made, or the folder. */
const fileOptions = /^--(outfile|output-file|file)$/;
const folderOptions = /^(--(outdir|out-dir|outDir|dist-dir|dir|out|output)|-o|-d)$/;
/** Options of the same tools whose value is another word. */
const valued =
  /^(--(target|platform|format|external|config|project|minify-.+|env|target-.+)|-p|-t|-e|-c)$/;

const scriptFile = /\.[cm]?[jt]sx?$/;

/** The builds of a command line, and the programs that it runs. `folder`: where it is run. */
export function buildsOfCommand(
  line: string,
  folder: string,
): { builds: readonly Build[]; programs: readonly string[] } {
  const builds: Build[] = [];
  const programs: string[] = [];
  let place = folder;
  for (const words of commandsIn(line)) {
    const [tool = "", first = ""] = words;
    if (tool === "cd") place = joinPath(place, first);
    else if (/(^|\/)(node|tsx|ts-node|bun|deno)$/.test(tool) && !/^(build|run)$/.test(first))
      programs.push(
        ...words
          .slice(1)
          .filter((word) => scriptFile.test(word))
          .slice(0, 1)
          .map((word) => joinPath(place, word)),
      );
    else builds.push(...buildOf(words.slice(1), place));
  }
  return { builds, programs };
}

function buildOf(words: readonly string[], place: string): readonly Build[] {
  const inputs: string[] = [];
  const made: { file?: string; folder?: string } = {};
  for (let index = 0; index < words.length; index++) {
    const [option = "", ...after] = (words[index] ?? "").split("=");
    const takesNext = after.length === 0;
    const value = takesNext ? words[index + 1] : after.join("=");
    const isFile = fileOptions.test(option);
    if (isFile || folderOptions.test(option)) {
      if (takesNext) index++;
      if (value === undefined) continue;
      const path = joinPath(place, value);
      if (isFile || scriptFile.test(value)) made.file = withoutExtension(path);
      else made.folder = path;
    } else if (valued.test(option) && takesNext) index++;
    else if (!option.startsWith("-") && takesNext && /[./*]/.test(option))
      inputs.push(joinPath(place, option));
  }
  const isBuild = inputs.length > 0 && (made.file !== undefined || made.folder !== undefined);
  return isBuild ? [{ inputs, ...made }] : [];
}

/** The commands of a line, each as its words, without what runs it (`npx`, `NODE_ENV=production`). */
function commandsIn(line: string): readonly (readonly string[])[] {
  const words = line.slice(0, 10_000).match(/"[^"]*"|'[^']*'|&&|\|\||[;|]|[^\s;|&]+/g) ?? [];
  const commands: string[][] = [[]];
  for (const word of words) {
    if (/^(&&|\|\||[;|])$/.test(word)) commands.push([]);
    else commands.at(-1)?.push(word.replace(/^["']|["']$/g, ""));
  }
  const isRunner = (word: string | undefined): boolean =>
    word !== undefined && /^(npx|pnpx|bunx|cross-env|exec|dlx|pnpm|yarn|\w+=.*)$/.test(word);
  return commands.map((command) => command.slice(command.findIndex((word) => !isRunner(word))));
}
