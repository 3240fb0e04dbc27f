/**
 * Which files are worth a parser. Reading text is cheap (50 MB/s and more), parsing is not, and most files of a
 * repository have nothing to do with CORS. The patterns are wide on purpose: what they let through is only parsed,
 * what they hold back is still read when a construct or an import leads to it.
 */
import type { Language } from "../../../shared/src/ir/facts";

const extensions: ReadonlyMap<string, Language> = new Map([
  ["ts", "typescript"],
  ["tsx", "typescript"],
  ["mts", "typescript"],
  ["cts", "typescript"],
  ["js", "typescript"],
  ["jsx", "typescript"],
  ["mjs", "typescript"],
  ["cjs", "typescript"],
  ["html", "typescript"],
  ["htm", "typescript"],
  ["vue", "typescript"],
  ["svelte", "typescript"],
  ["py", "python"],
  ["yaml", "template"],
  ["yml", "template"],
  ["json", "template"],
  ["template", "template"],
]);

/** Files with code in the `<script>` elements of markup. */
export function isMarkup(file: string): boolean {
  return /\.(html?|vue|svelte)$/.test(file);
}

/** Files of tools, which are often large and never describe what is deployed. */
const settings =
  /(^|\/)(package(-lock)?|npm-shrinkwrap|composer|tsconfig[\w.-]*|cdk(\.context)?|cors-lens[\w.-]*)\.json$|(^|\/)pnpm-lock\.yaml$/;

/** The frontend for a path, by its extension; `undefined` for what is no source, type declarations and minified files. */
export function languageOf(file: string): Language | undefined {
  if (/\.d\.[cm]?ts$|\.d\.\w+\.ts$|[.-]min\.[cm]?js$/.test(file) || settings.test(file))
    return undefined;
  return extensions.get(file.slice(file.lastIndexOf(".") + 1));
}

/** Whether a file may be named to be checked: also settings and declarations, of which there is never anything to say. */
export function mayBeNamed(file: string): boolean {
  return extensions.has(file.slice(file.lastIndexOf(".") + 1));
}

const requests = [
  // requests and their clients
  "\\bfetch\\s*\\(|\\baxios\\b|XMLHttpRequest|\\bky\\b|withCredentials|\\bsuperagent\\b|\\bHttpClient\\b|\\bHttpInterceptor",
  "(?:\\$|jQuery)\\.(?:ajax|get|post|getJSON)\\(|aws-amplify|\\bofetch\\b|\\$fetch\\b|\\bfetchBaseQuery\\b",
  // a client of the application's own, called with a path
  "\\.(?:get|post|put|patch|delete)(?:<[^>\\n]{0,200}>)?\\(\\s*[`'\"](?:/|\\$\\{)",
];

const request = new RegExp(requests.join("|"), "i");

const typescript = new RegExp(
  [
    // infrastructure: the library, its older packages, CORS under any name
    "aws-cdk|@aws-solutions-constructs|\\bsst/constructs|@serverless-stack/resources|\\bsst\\.aws\\.|access-control-|\\bcors",
    // handlers: what API Gateway expects, how Lambda finds the entry point
    "\\bstatusCode\\b|\\bexports\\.\\w|\\bexport\\s+(?:default|const|async|function)[^\\n]{0,200}\\bhandler|APIGatewayProxy|lambdaHandler|aws-lambda",
    // browser code
    ...requests,
  ].join("|"),
  "i",
);

const python = new RegExp(
  [
    "aws_cdk|access-control-|\\bcors",
    "statusCode|status_code|lambda_handler|def\\s+\\w{0,100}handler|aws_lambda_powertools|\\bchalice|\\bmangum",
  ].join("|"),
  "i",
);

/** A service of the Serverless Framework. */
const service = /^provider:/m;

/** What a template, or the OpenAPI document of an API, cannot do without. */
const template = /AWS::(Serverless|ApiGateway|Lambda|S3|CloudFront)|x-amazon-apigateway-/;

function isService(text: string): boolean {
  return service.test(text) && /^functions:/m.test(text);
}

/** Whether a data file's text deploys APIs, functions or buckets, and does not only describe an API. */
export function isStack(text: string): boolean {
  if (isService(text)) return true;
  return /^[ \t]*Resources[ \t]*:|["']Resources["'][ \t]*:/m.test(text) && text.includes("AWS::");
}

/** The paths at which a template names those of its nested stacks. */
const nestedPath =
  /(?:TemplateURL|Location)["']?[ \t]*:[ \t]*["']?([^\s"'{}$:]{1,300}\.(?:ya?ml|json|template))/g;

/** Paths of the templates that a template nests, as they are written. */
export function nestedPaths(text: string): readonly string[] {
  return [...text.matchAll(nestedPath)].flatMap(([, path]) => path ?? []);
}

/** Whether a file's text may say something about CDK, handlers, CORS or browser requests; markup about the latter only. */
export function mayMatter(file: string, text: string, language: Language): boolean {
  if (language === "template") return template.test(text) || isService(text);
  if (isMarkup(file)) return /<script[\s>]/i.test(text) && request.test(text);
  return (language === "python" ? python : typescript).test(text);
}

const longestLine = 5000;

/**
 * Whether a script was written by a bundler: its lines are longer than anyone types, at its beginning or, as in a report
 * that carries its program, for the most part. Pictures and fonts in base64 are no lines.
 */
export function isMinified(text: string): boolean {
  if (text.length < longestLine) return false;
  if (linesOf(text.slice(0, 50_000)).some((line) => !line.includes("base64"))) return true;
  const long = linesOf(text).map((line) => line.replace(/[\w+/]+/g, withoutData));
  const program = long.filter(({ length }) => length > longestLine);
  return program.reduce((sum, { length }) => sum + length, 0) > text.length / 2;
}

/** A long run of letters and digits is data, as pictures and fonts in base64 are. */
function withoutData(run: string): string {
  return run.length < 200 ? run : "";
}

/** Whether a bundler may have written it: nobody bundles into TypeScript or Python. */
export function mayBeBundle(file: string): boolean {
  return /\.(?:[cm]?jsx?|html?|vue|svelte)$/.test(file);
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter(({ length }) => length > longestLine);
}
