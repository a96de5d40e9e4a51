import { InfrastructureAssertionError } from "./infrastructure-assertion-error";

/** A type of resource: Terraform's word for it, such as `"aws_lb"`, or the class of the bindings, such as `Lb`. */
export type ResourceTypeName = string | { readonly tfResourceType: string };

/** Terraform's word for a type. */
export function terraformType(type: ResourceTypeName): string {
  if (typeof type === "string") return type;
  // Tests aren't always compiled with types: an import that doesn't exist is undefined here.
  const name: unknown = (type as Partial<typeof type> | undefined)?.tfResourceType;
  if (typeof name === "string") return name;
  throw new InfrastructureAssertionError(
    'A type of resource is text such as "aws_lb", or a class of the bindings such as Lb.',
  );
}
