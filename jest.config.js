/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // Tests wait for Terraform more than they compute.
  maxWorkers: "100%",
  roots: ["<rootDir>/__tests__", "<rootDir>/examples"],
  moduleNameMapper: {
    "^cdktf-tandem$": "<rootDir>/lib",
    "^cdktf-tandem/testing$": "<rootDir>/lib/testing",
  },
  globalSetup: "<rootDir>/__tests__/support/global-setup.ts",
  setupFilesAfterEnv: ["<rootDir>/lib/testing/jest-setup.ts"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
};
