/** Regular expressions of the workspace that take exponential time where they are executed, and CloudFront's patterns. */
import {
  type CodeBomb,
  everywhere,
  type HostileWorkspace,
  languages,
  planted,
  plantedIn,
} from "./workspace";

const patterns: Readonly<Record<string, string>> = {
  "empty-alternatives": `${"(?:|)".repeat(36)}x`,
  "empty-alternatives-counted": "(?:|){36}x?$",
  "optional-groups": `^${"(?:a?)?".repeat(40)}$`,
  "nested-quantifiers": "^(?:(?:a*)*)*b$",
  lookaheads: `^${"(?=(?:|))".repeat(40)}$`,
  "counted-in-counted": "^(?:(?:(?:(?:a{0,999}){0,999}){0,999}){0,999}){0,999}$",
  "back-references": `^${"(|a)".repeat(30)}${Array.from({ length: 9 }, (_, i) => `\\${i + 1}`).join("")}$`,
  "many-groups": `^${"(".repeat(3000)}a${")*".repeat(3000)}$`,
  "long-class": `^[${"a-z".repeat(20_000)}]*$`,
  "long-alternation": `^(${Array.from({ length: 5000 }, (_, i) => `a${String(i)}`).join("|")})$`,
  origin: "^https://(?:(?:[a-z]+)+\\.)+example\\.com$",
};

const tests: readonly CodeBomb[] = Object.entries(patterns).flatMap(([name, pattern]) => [
  {
    name: `${name}-tested`,
    typescript: [
      `const matches = /${pattern.replaceAll("/", "\\/")}/.test("");`,
      `const searched = "https://app.example.com".search(new RegExp(${JSON.stringify(pattern)}));`,
      `const allowed = /${pattern.replaceAll("/", "\\/")}/.test((globalThis as any).event?.headers?.origin ?? "");`,
    ],
    python: [
      `matches = re.match(r"${pattern}", "")`,
      `searched = re.compile(r"${pattern}").fullmatch("https://app.example.com")`,
      `replaced = re.sub(r"${pattern}", "", "")`,
    ],
  },
]);

/** The origin of the event compared by such a pattern, in a handler. */
function origins(): HostileWorkspace[] {
  return Object.entries(patterns).flatMap(([name, pattern]) =>
    languages.map((language) => ({
      name: `pattern/${name}/origin/${language}`,
      files: planted(
        language,
        "handler",
        language === "typescript"
          ? [
              `const origin = event.headers?.origin ?? "";`,
              `if (/${pattern.replaceAll("/", "\\/")}/.test(origin)) return { statusCode: 200, headers: { "Access-Control-Allow-Origin": origin }, body: "" };`,
            ]
          : [
              `origin = event["headers"].get("origin", "")`,
              `if re.match(r"${pattern}", origin): return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}, "body": ""}`,
            ],
      ),
      planted: plantedIn(language),
    })),
  );
}

const glob = `${"*a".repeat(30)}b`;

/** A behaviour whose pattern takes exponential time as a regular expression, and a page that asks for a fitting path. */
function cloudFront(): HostileWorkspace[] {
  const page = `<script>fetch("https://d111111abcdef8.cloudfront.net/${"a".repeat(200)}", { method: "PUT", credentials: "include" });</script>\n`;
  return languages.map((language) => ({
    name: `pattern/cloudfront/stack/${language}`,
    files: {
      ...planted(
        language,
        "constructor",
        language === "typescript"
          ? [
              `const front = new (require("aws-cdk-lib/aws-cloudfront").Distribution)(this, "Cdn", { defaultBehavior: { origin: new (require("aws-cdk-lib/aws-cloudfront-origins").HttpOrigin)("x.execute-api.eu-west-1.amazonaws.com") }, additionalBehaviors: { "${glob}": { origin: new (require("aws-cdk-lib/aws-cloudfront-origins").HttpOrigin)("y.example.com") } } });`,
            ]
          : [
              "from aws_cdk import aws_cloudfront as cf, aws_cloudfront_origins as o",
              `front = cf.Distribution(self, "Cdn", default_behavior=cf.BehaviorOptions(origin=o.HttpOrigin("x.example.com")), additional_behaviors={"${glob}": cf.BehaviorOptions(origin=o.HttpOrigin("y.example.com"))})`,
            ],
      ),
      "page.html": page,
    },
    planted: plantedIn(language),
  }));
}

export const patternWorkspaces: readonly HostileWorkspace[] = [
  ...everywhere("pattern", tests.slice(0, 4)),
  ...everywhere("pattern", tests.slice(4)).filter(({ name }) => name.includes("/handler/")),
  ...origins(),
  ...cloudFront(),
];
