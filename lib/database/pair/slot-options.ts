import { TerraformProvider } from "cdktf";
import { INetwork } from "../../network";
import { checkTwoZones } from "../../network/two-zones";
import { PropChecks, isKnown } from "../../validation";
import { checkInstanceClass } from "../instance-class";
import { HOME_SLOT, SLOTS } from "../roles/node-name";

/** Another region that a slot stands in. */
export interface OtherRegion {
  /** An AWS provider of that region, as in `new AwsProvider(stack, "frankfurt", { region, alias })`. */
  readonly provider: TerraformProvider;

  /** Where it stands there; needs data subnets in at least two zones. */
  readonly network: INetwork;

  /**
   * ARN of a KMS key of that region: a copy in another region is encrypted anew.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
   */
  readonly kmsKeyArn: string;
}

/** What is different about one slot of a pair, whichever node stands in it. */
export interface SlotOptions {
  /**
   * Class of the instance. With it, one instance at a time is resized: first the replica's slot, then, after a
   * failover or in a quiet hour, the other one.
   *
   * @default - instanceClass of the pair
   */
  readonly instanceClass?: string;

  /**
   * Version of the engine, to upgrade replicas before their primary, as RDS wants it within a major version.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
   *
   * @default - the engine's of the pair for a primary; a replica is made in the version of its source
   */
  readonly engineVersion?: string;

  /**
   * Whether the instance has a standby in another zone.
   *
   * @default - multiAz of the pair
   */
  readonly multiAz?: boolean;

  /**
   * Zone of an instance that has no standby, by name. It takes effect when the instance is made.
   *
   * @default - zones of the network's data subnets in turn: slot a in the first, b in the second
   */
  readonly availabilityZone?: string;

  /**
   * Share of those who ask for the reader that a replica in this slot takes, against the other replicas' shares: 0
   * to 255. With 0 it takes none, and waits to take over.
   *
   * @default 1, and 0 in another region
   */
  readonly readerWeight?: number;

  /**
   * Another region that the slot stands in, for a copy that survives the loss of a region. Data between regions is
   * paid for by its size.
   *
   * @default - the pair's own network
   */
  readonly region?: OtherRegion;
}

/** Options of slots, by letter: `{ c: { readerWeight: 0 } }`. */
export type Slots = Readonly<Record<string, SlotOptions>>;

/** Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html */
const WEIGHTS = { min: 0, max: 255 };

export function checkSlots(checks: PropChecks, slots: Slots, home: INetwork): void {
  for (const [slot, options] of Object.entries(slots)) {
    const prop = `slots.${slot}`;
    checks.require(SLOTS.includes(slot), {
      prop: "slots",
      value: slot,
      allowed: "slots by their letters, a to z",
      remedy: "The slot of node b2 is b.",
    });
    checkInstanceClass(checks, options.instanceClass, `${prop}.instanceClass`);
    checks.matches(`${prop}.engineVersion`, options.engineVersion, /^\d+(\.\d+)*$/, {
      allowed: "a version of the engine, as in 17.6",
      remedy: "Versions are listed by: aws rds describe-db-engine-versions.",
    });
    checks.integer(`${prop}.readerWeight`, options.readerWeight, WEIGHTS, "0 takes no reads.");
    if (options.region) checkRegion(checks, slot, options.region, home);
  }
}

function checkRegion(checks: PropChecks, slot: string, region: OtherRegion, home: INetwork): void {
  const prop = `slots.${slot}.region`;
  checks.require(slot !== HOME_SLOT, {
    prop,
    value: slot,
    allowed: `other slots than ${HOME_SLOT}, where the first primary stands`,
    remedy: "Give another slot a region.",
  });
  checks.given(`${prop}.provider`, region.provider, "an AWS provider of the region", "Pass the provider.");
  checks.given(`${prop}.kmsKeyArn`, region.kmsKeyArn, "the ARN of a key of the region", "Make a key there.");
  checks.arn(`${prop}.kmsKeyArn`, region.kmsKeyArn, "kms", "key");
  checkTwoZones(checks, region.network, "data", `${prop}.network`);
  const { region: name } = region.network;
  checks.require(!isKnown(name) || !isKnown(home.region) || name !== home.region, {
    prop: `${prop}.network`,
    value: name,
    allowed: `another region than the pair's own, ${home.region}`,
    remedy: "Leave region out for a slot in the pair's own network.",
  });
}
