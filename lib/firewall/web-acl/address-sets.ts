import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Construct } from "constructs";
import { namePrefix, nameTag } from "../../naming";
import { PropChecks } from "../../validation";
import { toBlocks } from "./match/addresses";
import { FamilyOfAddresses } from "./match/match-leaf";

const VERSIONS = { ipv4: "IPV4", ipv6: "IPV6" } as const;

/** The sets of addresses that the rules of a web ACL refer to, one for each family of a list. */
export class AddressSets extends Construct {
  private readonly sets = new Map<string, { readonly content: string; readonly set: Wafv2IpSet }>();

  /** ARN of a set with these addresses: by their key, else by the rule. Rules may share it. */
  public arnOf(checks: PropChecks, rule: string, { type, addresses, key = rule }: FamilyOfAddresses): string {
    const id = `${key}/${type}`;
    const content = JSON.stringify(toBlocks(addresses));
    const known = this.sets.get(id);
    checks.require(known === undefined || known.content === content, {
      prop: `rules.${rule}.statement`,
      value: addresses,
      allowed: `other addresses under a key of their own, as "${key}" has some already`,
      remedy: 'Give them one: RequestMatch.fromAddresses([…], "office").',
    });
    if (known !== undefined) return known.set.arn;
    const set = this.createSet(key, type, toBlocks(addresses));
    this.sets.set(id, { content, set });
    return set.arn;
  }

  public get all(): readonly Wafv2IpSet[] {
    return [...this.sets.values()].map(({ set }) => set);
  }

  private createSet(key: string, type: "ipv4" | "ipv6", addresses: string[]): Wafv2IpSet {
    const place = (this.node.tryFindChild(key) as Construct | undefined) ?? new Construct(this, key);
    return new Wafv2IpSet(place, type === "ipv4" ? "Ipv4" : "Ipv6", {
      namePrefix: namePrefix(place, 128),
      scope: "REGIONAL",
      ipAddressVersion: VERSIONS[type],
      addresses,
      // The web ACL has to leave a set before it is deleted: AWS deletes none that is in use.
      lifecycle: { createBeforeDestroy: true },
      tags: nameTag(place),
    });
  }
}
