import { DatabaseRoles, ReaderPart, readersOf } from "../roles";
import { slotOf } from "../roles/node-name";
import { Slots } from "./slot-options";

/** Who answers to the reader's name of a pair, and for which share of those who ask. */
export class PairReaders {
  private readonly parts: ReadonlyMap<string, ReaderPart>;

  public constructor(
    roles: DatabaseRoles,
    private readonly slots: Slots = {},
  ) {
    this.parts = readersOf(roles, (node) => this.shareOf(node) === 0);
  }

  /** All that answer, also those that do only where nobody else can. */
  public get nodes(): readonly string[] {
    return [...this.parts.keys()];
  }

  /** Replicas that take a share of reads. */
  public get sharers(): readonly string[] {
    return this.nodes.filter((node) => this.parts.get(node) === "share");
  }

  /** Weight of a node's record. */
  public weightOf(node: string): number {
    switch (this.parts.get(node)) {
      case "share":
        return this.shareOf(node);
      case "alone":
        return 1;
      default:
        return 0;
    }
  }

  private shareOf(node: string): number {
    const slot = this.slots[slotOf(node)];
    return slot?.readerWeight ?? (slot?.region ? 0 : 1);
  }
}
