import { PropChecks } from "../../../validation";
import { AddressType } from "../../address-block";
import { ClientAddress, Unreadable } from "./client-address";

/** A statement as the provider has it: in snake_case, since its bindings take it as it is. */
export type StatementBlock = Readonly<Record<string, unknown>>;

/** Addresses of one version of the Internet Protocol. */
export interface FamilyOfAddresses {
  readonly type: AddressType;
  readonly addresses: readonly string[];
  /** What the set is called. @default - after the rule */
  readonly key?: string;
}

/** Where a statement is used. */
export interface MatchPlace {
  readonly clientAddress: ClientAddress;
  /** Whether a request whose address can't be read meets the whole statement. */
  readonly unreadable: Unreadable;
  /** ARN of the set that has these addresses. */
  ipSetArn(family: FamilyOfAddresses): string;
}

/** One comparison of requests with something. */
export interface MatchLeaf {
  /** @param unreadable whether a request whose address can't be read meets this comparison */
  statement(place: MatchPlace, unreadable: Unreadable): StatementBlock;
  check(checks: PropChecks, prop: string): void;
  /** Capacity units that AWS charges, without those of transformations. */
  readonly capacity: number;
  /** What is transformed before the comparison, and how often; AWS charges for the same only once. */
  readonly transformed?: { readonly key: string; readonly count: number };
  /** Whether it refers to a resource of its own, which AWS limits. */
  readonly isReference?: boolean;
  /** Label that it looks for. */
  readonly label?: string;
  /** How many logical statements it has in itself. */
  readonly depth?: number;
}
