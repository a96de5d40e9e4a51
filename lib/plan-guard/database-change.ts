import { type PlanJson, type PlannedAction, type ResourceChangeJson, actionOf } from "../terraform-plan";

/** Stands for a value that is known only after the apply. */
export const UNKNOWN = Symbol("known after apply");

/** Kinds of resources that hold data, or serve it. */
const KINDS = {
  aws_db_instance: "instance",
  aws_rds_cluster: "cluster",
  aws_rds_cluster_instance: "cluster instance",
} as const;

export type DatabaseKind = (typeof KINDS)[keyof typeof KINDS];

/** What a plan does with one database: an RDS instance, an Aurora cluster, or an instance of one. */
export class DatabaseChange {
  public readonly address: string;
  public readonly action: PlannedAction;
  /** Identifier before, or afterwards if it is made. */
  public readonly identifier: string | undefined;

  public constructor(
    public readonly kind: DatabaseKind,
    private readonly json: ResourceChangeJson,
  ) {
    this.address = json.deposed === undefined ? json.address : `${json.address} (deposed ${json.deposed})`;
    this.action = actionOf(json.change.actions);
    const identifier = this.before(this.identifierName) ?? this.after(this.identifierName);
    this.identifier = typeof identifier === "string" ? identifier : undefined;
  }

  /** An argument now; undefined where it has no value. */
  public before(name: string): unknown {
    return set((this.json.change.before as Readonly<Record<string, unknown>> | null)?.[name]);
  }

  /** An argument afterwards; undefined where it has no value, `UNKNOWN` where it is not known yet. */
  public after(name: string): unknown {
    const { after, after_unknown: unknown } = this.json.change;
    if (unknown === true) return UNKNOWN;
    const marked = (unknown as Readonly<Record<string, unknown>> | undefined)?.[name];
    // Of a block every part is marked; one that is unknown in part is there.
    return marked === true ? UNKNOWN : set((after as Readonly<Record<string, unknown>> | null)?.[name]);
  }

  /** Whether the plan gives an argument another value, or one that is not known yet. */
  public changes(name: string): boolean {
    return (
      JSON.stringify(this.before(name)) !== JSON.stringify(this.after(name)) || this.after(name) === UNKNOWN
    );
  }

  /** Arguments that get another value, known already. */
  public get changedArguments(): string[] {
    const { before, after } = this.json.change;
    const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    return [...names].filter((name) => this.changes(name) && this.after(name) !== UNKNOWN).sort();
  }

  /** Whether the database was made in part, so that Terraform makes it anew. */
  public get isTainted(): boolean {
    return this.json.action_reason === "replace_because_tainted";
  }

  /** Whether, of a replacement, the new one is there before the old one goes. */
  public get isMadeFirst(): boolean {
    return this.json.change.actions[0] === "create" && this.action === "replace";
  }

  /** Whether there is such a database now. */
  public get exists(): boolean {
    return this.json.change.before !== null;
  }

  /** Whether this resource is gone afterwards, or is another one by the same address. */
  public get ends(): boolean {
    return this.action === "delete" || this.action === "replace";
  }

  /** The database that this one copies now. */
  public get sourceBefore(): unknown {
    return this.before(this.sourceName);
  }

  /** The database that this one copies afterwards. */
  public get sourceAfter(): unknown {
    return this.after(this.sourceName);
  }

  /** A database of its own, and no copy of another one. */
  public get isStandalone(): boolean {
    return (
      this.kind !== "cluster instance" && this.before(this.identifierName) !== undefined && !this.sourceBefore
    );
  }

  /** A replica that the plan makes a database of its own. */
  public get isPromoted(): boolean {
    return this.action === "update" && this.sourceBefore !== undefined && this.sourceAfter === undefined;
  }

  /** Whether this is a replica of another database now. */
  public copies(source: DatabaseChange): boolean {
    return source !== this && source.isNamed(this.sourceBefore);
  }

  /** Whether this is a replica of another database afterwards. */
  public willCopy(source: DatabaseChange): boolean {
    return source !== this && source.isNamed(this.sourceAfter);
  }

  /** Whether a name, or an ARN, is this database's. */
  public isNamed(name: unknown): boolean {
    const arn = this.before("arn") ?? this.after("arn");
    return sameDatabase(name, typeof arn === "string" && isArn(name) ? arn : this.identifier);
  }

  private get identifierName(): string {
    return this.kind === "cluster" ? "cluster_identifier" : "identifier";
  }

  private get sourceName(): string {
    return this.kind === "cluster" ? "replication_source_identifier" : "replicate_source_db";
  }
}

/** Everything in a plan that concerns databases. */
export interface DatabaseChanges {
  readonly databases: readonly DatabaseChange[];
  /** Those that somebody else has deleted since the last apply. */
  readonly vanished: readonly DatabaseChange[];
  /** The plan itself, for what is beside them. */
  readonly plan: PlanJson;
}

export function databaseChanges(plan: PlanJson): DatabaseChanges {
  const drift = readChanges(plan.resource_drift);
  return {
    databases: readChanges(plan.resource_changes),
    vanished: drift.filter(({ action }) => action === "delete"),
    plan,
  };
}

/** Changes of databases in a list of a plan. */
function readChanges(list: readonly ResourceChangeJson[] = []): DatabaseChange[] {
  return list
    .filter(({ mode, type }) => mode === "managed" && Object.hasOwn(KINDS, type))
    .map((json) => new DatabaseChange(KINDS[json.type as keyof typeof KINDS], json));
}

/** Whether two names, or ARNs, mean one database. A name means one of its own region. */
export function sameDatabase(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string") return false;
  return isArn(one) && isArn(other) ? one === other : nameOf(one) === nameOf(other);
}

export function isArn(name: unknown): boolean {
  return typeof name === "string" && name.startsWith("arn:");
}

/** The identifier in an ARN, or the identifier itself. */
function nameOf(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf(":") + 1);
}

/** Terraform keeps what has no value as null, and texts also as empty ones. */
function set(value: unknown): unknown {
  return value === null || value === "" ? undefined : value;
}
