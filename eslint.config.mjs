// Few rules, all with types: what the compiler cannot say and a reader would trip over.
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "out/**",
      ".cache/**",
      "node_modules/**",
      "examples/**",
      "test/**/projects/**",
      "test/synth/stacks/**",
      "test/synth/python/**",
      "test/handlers/cases/**",
      "bench/out/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["{client,server,shared}/src/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "client/tsconfig.json",
          "server/tsconfig.json",
          "shared/tsconfig.json",
          "test/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { prefer: "type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // What a program that is being evaluated throws is a value of that program, not an error of ours.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "file", name: "Thrown" }] },
      ],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A new kind is a question at every place that decides by kind. Switches elsewhere pick a few shapes out of all that
    // syntax, values or findings can be.
    files: [
      "shared/src/{model,advice,editor,gateway,rules}/**/*.ts",
      "server/src/frontends/write-common/**/*.ts",
    ],
    rules: { "@typescript-eslint/switch-exhaustiveness-check": "error" },
  },
  {
    // Texts of strangers go through our own expressions: none of them may take more than linear time.
    files: ["{client,server,shared}/src/**/*.ts"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-floating-promises": "off",
      "max-lines": "off",
    },
  },
);
