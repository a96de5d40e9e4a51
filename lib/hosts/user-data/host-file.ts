/** A file that is written to a host when it first starts. */
export interface HostFile {
  /** Absolute path. */
  readonly path: string;

  /** Text of the file. Never a secret: anyone who may read the instance's user data can read it. */
  readonly content: string;

  /**
   * Permissions, in octal.
   *
   * @default "0644"
   */
  readonly permissions?: string;
}
