// Few rules, all with types: what the compiler cannot say and a reader would trip over.
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
    files: ["test/**/*.ts"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-floating-promises": "off",
      "max-lines": "off",
    },
  },
);
