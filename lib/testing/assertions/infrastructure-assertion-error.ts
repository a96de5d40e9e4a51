/**
 * What an assertion on infrastructure throws.
 *
 * The message's first line says what was looked for and what is there; the lines below say where they differ.
 */
export class InfrastructureAssertionError extends Error {
  public override readonly name = "InfrastructureAssertionError";
}
