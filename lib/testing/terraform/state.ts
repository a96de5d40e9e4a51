/** A state file's content, as far as it is read here. */
export interface State {
  readonly resources: readonly StateResource[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
}

export interface StateResource {
  readonly mode: "managed" | "data";
  readonly module?: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly StateInstance[];
  /** `provider["registry.terraform.io/hashicorp/aws"].alias` */
  readonly provider: string;
}

/** One of the resources that `count` or `for_each` makes, or the only one. */
export interface StateInstance {
  readonly index_key?: string | number;
  readonly attributes: Readonly<Record<string, unknown>>;
}
