// The peer: ESLint with the one rule about CORS of eslint-plugin-sonarjs (S5122), on the same files.
import sonarjs from "eslint-plugin-sonarjs";
import tseslint from "typescript-eslint";

export default [
  {
    files: ["**/*.{ts,tsx,js,jsx}"],
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { sonarjs },
    rules: { "sonarjs/cors": "error" },
  },
];
