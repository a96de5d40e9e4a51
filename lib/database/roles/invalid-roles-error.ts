/** What is wrong with roles, or with a step that was asked of them. */
export interface RolesProblem {
  /** Where in the roles, as in `replicas[0].replicates`; empty for a step. */
  readonly where: string;
  /** What is wrong, as a sentence without its end: `b1 is named twice`. */
  readonly problem: string;
  /** What is allowed, as the end of the sentence "Allowed: …". */
  readonly allowed: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}

/** Roles that no pair of databases can have, or a step that can't be taken from where the pair is. */
export class InvalidRolesError extends Error implements RolesProblem {
  public override readonly name = "InvalidRolesError";
  public readonly where: string;
  public readonly problem: string;
  public readonly allowed: string;
  public readonly remedy: string;

  /** @param source where the roles were read, if not from a program */
  public constructor(problem: RolesProblem, source?: string) {
    const place = [source, problem.where].filter(Boolean).join(": ");
    const lead = place === "" ? "" : `${place}: `;
    super(`${lead}${problem.problem}. Allowed: ${problem.allowed}. ${problem.remedy}`);
    this.where = problem.where;
    this.problem = problem.problem;
    this.allowed = problem.allowed;
    this.remedy = problem.remedy;
  }
}

/** Refuses a step that can't be taken from where the pair is. */
export function refuseStep(problem: string, allowed: string, remedy: string): never {
  throw new InvalidRolesError({ where: "", problem, allowed, remedy });
}
