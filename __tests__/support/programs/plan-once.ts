// Plans once, and says how it went.
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { plan } from "../../../lib/testing";
import { testStack } from "../synth";

const stack = testStack();
new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
plan(stack).then(
  (result) => process.stdout.write(String(result)),
  (error: unknown) => {
    process.stdout.write(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
