import { TerraformProvider } from "cdktf";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { DEFAULT_LOG_RETENTION_DAYS } from "../logs";
import { nameTag } from "../naming";

/** A log group that RDS writes one of an engine's logs into. */
export interface EngineLog {
  /** Name of its construct. Part of Terraform addresses. */
  readonly id: string;
  /** Name of the group, which RDS prescribes. */
  readonly name: string;
  /** Provider of its region, if that is another one than the scope's. */
  readonly provider?: TerraformProvider;
  /** Key that encrypts it, of its region. */
  readonly kmsKeyArn?: string;
}

/**
 * Log groups for an engine's logs, keyed by id. They have to be made before the database: RDS would make them
 * without an end to their retention.
 */
export function createLogGroups(
  scope: Construct,
  logs: readonly EngineLog[],
  retentionInDays = DEFAULT_LOG_RETENTION_DAYS,
): Record<string, CloudwatchLogGroup> {
  const place = new Construct(scope, "Logs");
  const tags = nameTag(scope);
  return Object.fromEntries(
    logs.map(({ id, name, provider, kmsKeyArn }) => [
      id,
      new CloudwatchLogGroup(place, id, { name, retentionInDays, kmsKeyId: kmsKeyArn, tags, provider }),
    ]),
  );
}
