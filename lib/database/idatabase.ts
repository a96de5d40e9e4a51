import { IConnectable } from "../firewall";
import { IGrantable } from "../policy";

/** Where one role of a database is reached. */
export interface DatabaseEndpoint {
  /** Private DNS name that stays the same whichever instance has the role. */
  readonly host: string;

  /**
   * RDS's own name of the instance that has the role today, which its certificate carries: what a client
   * needs that checks the name on the certificate (`verify-full`). It changes when the role moves.
   */
  readonly rdsHost: string;

  readonly port: number;
}

/** A database as others need it: a writer, a reader, and the secret to log in with. */
export interface IDatabase extends IConnectable {
  /** Takes reads and writes: the primary. */
  readonly writer: DatabaseEndpoint;
  /** Takes reads only, of data that may be a moment old: the replica. */
  readonly reader: DatabaseEndpoint;
  readonly port: number;
  readonly databaseName: string;
  /** Engine, as in `postgres`. */
  readonly engineName: string;
  /** ARN of the secret with user name and password, as JSON. */
  readonly secretArn: string;
  /** Lets a role read the secret. */
  grantReadSecret(grantee: IGrantable): void;
}
