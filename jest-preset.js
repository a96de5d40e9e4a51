/**
 * For users of jest: `preset: "cdktf-tandem"` in its configuration gives one offline provider to all test files,
 * and matchers and snapshots of plans.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  globalSetup: require.resolve("cdktf-tandem/testing/jest-global-setup"),
  setupFilesAfterEnv: [require.resolve("cdktf-tandem/testing/jest-setup")],
  // Terraform plans a whole site in seconds, twice for a change, on a machine that has other things to do.
  testTimeout: 60_000,
};
