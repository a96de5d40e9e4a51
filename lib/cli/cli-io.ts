/** Where a command writes to. */
export interface CliIo {
  write(text: string): void;
  /** Writes an error. */
  complain(text: string): void;
  /** Width of the terminal; undefined where there is none. */
  readonly columns?: number;
}

/** What is known beforehand to go wrong, told in one line; the command ends with this status. */
export class CliError extends Error {
  public override readonly name = "CliError";

  public constructor(
    message: string,
    public readonly status: number,
  ) {
    super(message);
  }
}

/** The command ran, and found what it looks for: a plan is refused, a step can't be taken. */
export const REFUSED = 1;
/** The command could not run: arguments, files. */
export const UNUSABLE = 2;
