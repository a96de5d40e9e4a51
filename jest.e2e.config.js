const { transform, moduleNameMapper, setupFilesAfterEnv } = require("./jest.config.js");

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/e2e/hosts"],
  globalSetup: "<rootDir>/e2e/hosts/set-up.ts",
  testMatch: ["**/*.test.ts"],
  // Hosts of several tests at once would only wait for each other.
  maxWorkers: 1,
  testTimeout: 120_000,
  verbose: true,
  // Hosts that a failed test left running end with the run.
  forceExit: true,
  transform,
  moduleNameMapper,
  setupFilesAfterEnv,
};
