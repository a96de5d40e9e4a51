/** Whether parts of a value are sensitive or unknown: the shape of the value, with `true` for such a part. */
export type Marks = boolean | readonly Marks[] | { readonly [name: string]: Marks };

export interface ChangeJson {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: Marks;
  readonly before_sensitive?: Marks;
  readonly after_sensitive?: Marks;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string };
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly deposed?: string;
  readonly change: ChangeJson;
  readonly action_reason?: string;
}

/** What is written of a module: its resources, with the arguments that they are given. */
export interface ModuleJson {
  readonly resources?: readonly {
    readonly address: string;
    readonly expressions?: Readonly<Record<string, unknown>>;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ModuleJson }>>;
}

/** What `terraform show -json` prints of a plan, as far as it is read here. */
export interface PlanJson {
  /** Version of the format: `1.2`. */
  readonly format_version?: string;
  /** What was found changed since the last apply. */
  readonly resource_drift?: readonly ResourceChangeJson[];
  /** Whether an apply leaves nothing to plan; false with `-target`. */
  readonly complete?: boolean;
  /** Whether planning ended with an error. */
  readonly errored?: boolean;
  readonly configuration?: { readonly root_module?: ModuleJson };
  readonly resource_changes?: readonly ResourceChangeJson[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
}
