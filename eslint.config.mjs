import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const WHOLE_PROVIDER =
  "Importing the provider whole costs seconds and half a gigabyte: import @cdktf/provider-aws/lib/<resource>.";
const WHOLE_PROVIDER_PATHS = [
  "@cdktf/provider-aws",
  "@cdktf/provider-aws/lib",
  "@cdktf/provider-aws/lib/index",
];
const WHOLE_PROVIDER_PATTERN = "/^@cdktf\\u002fprovider-aws(\\u002flib(\\u002findex(\\.js)?)?)?$/";

export default tseslint.config(
  { ignores: ["dist/", "build/", "cdktf.out/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  {
    languageOptions: {
      globals: { process: "readonly", console: "readonly", module: "writable", require: "readonly" },
    },
    rules: {
      "no-restricted-imports": [
        "error",
        { paths: WHOLE_PROVIDER_PATHS.map((name) => ({ name, message: WHOLE_PROVIDER })) },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: `CallExpression[callee.name='require'] > Literal[value=${WHOLE_PROVIDER_PATTERN}]`,
          message: WHOLE_PROVIDER,
        },
        { selector: `ImportExpression > Literal[value=${WHOLE_PROVIDER_PATTERN}]`, message: WHOLE_PROVIDER },
        { selector: `TSImportType Literal[value=${WHOLE_PROVIDER_PATTERN}]`, message: WHOLE_PROVIDER },
      ],
      // A resource is made for what it adds to the stack, whether or not anybody needs it afterwards.
      "no-new": "off",
      // The way to leave out members of an object is to take the rest.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/class-literal-property-style": "off",
    },
  },
  { files: ["**/*.js", "**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  // Synthesized JSON has no types.
  { files: ["__tests__/**", "e2e/**"], rules: { "@typescript-eslint/no-explicit-any": "off" } },
  prettier,
);
