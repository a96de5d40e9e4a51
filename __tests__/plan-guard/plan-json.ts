import type { PlanJson, ResourceChangeJson } from "../../lib/terraform-plan";

type Values = Readonly<Record<string, unknown>>;

/** A resource in a plan: from some values to others; null where there is none. */
export function change(
  address: string,
  before: Values | null,
  after: Values | null,
  { unknown = {}, replace = false }: { readonly unknown?: Values; readonly replace?: boolean } = {},
): ResourceChangeJson {
  const [type, name] = address.split(".").slice(-2) as [string, string];
  const actions = replace
    ? ["delete", "create"]
    : before === null
      ? ["create"]
      : after === null
        ? ["delete"]
        : JSON.stringify(before) === JSON.stringify(after)
          ? ["no-op"]
          : ["update"];
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: { actions, before, after, after_unknown: unknown as never },
  };
}

export function planOf(...changes: readonly ResourceChangeJson[]): PlanJson {
  return { format_version: "1.2", resource_changes: changes };
}

/** A primary as a state has it, safe to be deleted. */
export const PRIMARY: Values = {
  identifier: "main",
  engine: "postgres",
  engine_version: "17.4",
  engine_version_actual: "17.4",
  instance_class: "db.r8g.large",
  allocated_storage: 100,
  backup_retention_period: 7,
  replicate_source_db: "",
  deletion_protection: false,
  skip_final_snapshot: false,
  final_snapshot_identifier: "main-final",
  kms_key_id: "arn:aws:kms:eu-west-1:123456789012:key/1",
};

/** Its replica. */
export const REPLICA: Values = {
  ...PRIMARY,
  identifier: "copy",
  replicate_source_db: "main",
  skip_final_snapshot: true,
  final_snapshot_identifier: null,
};

export const CLUSTER: Values = {
  cluster_identifier: "aurora",
  engine: "aurora-postgresql",
  engine_version: "17.4",
  replication_source_identifier: "",
  deletion_protection: false,
  skip_final_snapshot: false,
  final_snapshot_identifier: "aurora-final",
};

export function member(identifier: string): Values {
  return {
    identifier,
    cluster_identifier: "aurora",
    instance_class: "db.r8g.large",
    engine: "aurora-postgresql",
  };
}
