import { CheckRow } from "../check-row";
import { set, unset } from "../mutations";
import { block, blocks } from "../topology";
import { hasSecret } from "./hosts";

const FUNCTION = "aws_lambda_function";

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const RUNTIMES = ["nodejs22.x", "nodejs24.x", "python3.12", "python3.13", "python3.14"];

export const FUNCTIONS: readonly CheckRow[] = [
  {
    ids: ["CKV_AWS_45"],
    demands: "a function's environment has no secrets in it",
    metBy: "MaintenancePage",
    on: [FUNCTION],
    passes: ({ config }) => !hasSecret(config.environment),
    breaks: set(FUNCTION, "environment", { variables: { KEY: "AKIAIOSFODNN7EXAMPLE" } }),
  },
  {
    ids: ["CKV_AWS_363", "Lambda.2"],
    demands: "a function's runtime is supported",
    metBy: "MaintenancePage",
    on: [FUNCTION],
    passes: ({ config }) => RUNTIMES.includes(config.runtime),
    breaks: set(FUNCTION, "runtime", "nodejs16.x"),
  },
  {
    ids: ["CKV_AWS_301", "CKV_AWS_364", "Lambda.1"],
    demands: "a function is called by whom it is made for only",
    metBy: "MaintenancePage, whose permission names its target group",
    on: ["aws_lambda_permission"],
    passes: ({ config }) =>
      config.principal !== "*" && (config.source_arn !== undefined || config.source_account !== undefined),
    breaks: unset("aws_lambda_permission", "source_arn"),
  },
  {
    ids: ["CKV_AWS_50"],
    demands: "a function is traced by X-Ray",
    metBy: "nothing",
    on: [FUNCTION],
    passes: ({ config }) => block(config.tracing_config).mode === "Active",
    mends: set(FUNCTION, "tracing_config", { mode: "Active" }),
    breaks: unset(FUNCTION, "tracing_config"),
  },
  {
    ids: ["CKV_AWS_115"],
    demands: "a function has a share of the account's concurrency of its own",
    metBy: "nothing",
    on: [FUNCTION],
    passes: ({ config }) => config.reserved_concurrent_executions >= 0,
    mends: set(FUNCTION, "reserved_concurrent_executions", 10),
    breaks: unset(FUNCTION, "reserved_concurrent_executions"),
  },
  {
    ids: ["CKV_AWS_116"],
    demands: "a function has a queue for what fails",
    metBy: "nothing",
    on: [FUNCTION],
    passes: ({ config }) => blocks(config.dead_letter_config).length > 0,
    mends: set(FUNCTION, "dead_letter_config", { target_arn: "arn" }),
    breaks: unset(FUNCTION, "dead_letter_config"),
  },
  {
    ids: ["CKV_AWS_117", "Lambda.5"],
    demands: "a function runs in two zones of a VPC",
    metBy: "nothing",
    on: [FUNCTION],
    passes: ({ config }) => blocks(block(config.vpc_config).subnet_ids).length >= 2,
    mends: set(FUNCTION, "vpc_config", { subnet_ids: ["subnet-1", "subnet-2"] }),
    breaks: unset(FUNCTION, "vpc_config"),
  },
  {
    ids: ["CKV_AWS_173"],
    demands: "a function's environment is encrypted with a key of one's own",
    metBy: "nothing",
    on: [FUNCTION],
    where: ({ config }) => config.environment !== undefined,
    passes: ({ config }) => config.kms_key_arn !== undefined,
    mends: set(FUNCTION, "kms_key_arn", "arn"),
    breaks: unset(FUNCTION, "kms_key_arn"),
  },
  {
    ids: ["CKV_AWS_272"],
    demands: "a function's code is signed",
    metBy: "nothing",
    on: [FUNCTION],
    passes: ({ config }) => config.code_signing_config_arn !== undefined,
    mends: set(FUNCTION, "code_signing_config_arn", "arn"),
    breaks: unset(FUNCTION, "code_signing_config_arn"),
  },
];
