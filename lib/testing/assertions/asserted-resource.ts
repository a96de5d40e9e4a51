/** One resource as assertions see it. */
export interface AssertedResource {
  /** Address in Terraform: `aws_lb.Web_LoadBalancer`. */
  readonly address: string;
  /** Type in Terraform: `aws_lb`. */
  readonly type: string;
  /** Name in Terraform: `Web_LoadBalancer`. */
  readonly name: string;
  /** Path of the construct that made it, if that is known. */
  readonly constructPath: string | undefined;
  /** Attributes and blocks, by the names that Terraform has for them. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Whether a message must not show what is at a path, as it is a secret or has one in it. */
  readonly hides?: (path: string) => boolean;
}
