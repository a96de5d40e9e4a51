import { TerraformProvider } from "cdktf";
import { checkKeyArn } from "../../encryption/key-arn";
import { INetwork } from "../../network";
import { checkTwoZones } from "../../network/two-zones";
import { PropChecks, isKnown } from "../../validation";
import { DatabaseEngine } from "../engine";
import { majorVersion } from "../engine-version";
import { checkInstanceClass } from "../instance-class";
import { HOME_SLOT, SLOTS } from "../roles/node-name";

/** Another region that a slot stands in. */
export interface OtherRegion {
  /** An AWS provider of that region, as in `new AwsProvider(stack, "frankfurt", { region, alias })`. */
  readonly provider: TerraformProvider;

  /** Where it stands there; needs data subnets in at least two zones. */
  readonly network: INetwork;

  /**
   * ARN of a KMS key of that region: a copy in another region is encrypted anew, and so is the secret. `EncryptionKey`
   * makes one, with `purpose: ["database", "secrets"]` and that region's `provider`. A node has the key that it was
   * made with.
   *
   * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
   */
  readonly kmsKeyArn: string;

  /**
   * ARN of a KMS key of that region that encrypts the engine's logs there, whose policy lets CloudWatch Logs use it.
   *
   * @default - CloudWatch's own, which is free
   */
  readonly logKmsKeyArn?: string;
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
   * Version of the engine, to upgrade replicas before their primary, as RDS wants it; within the major version of
   * the pair.
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
   * Zone of an instance that has no standby, by name, one of those of the network's data subnets. It takes effect
   * when the instance is made.
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
   * paid for by its size. Decide before a node is made in the slot: an instance can't move, and Terraform would not
   * find it any more.
   *
   * The secret is copied to the region, and the names of writer and reader are known in its network. For clients
   * there, open `database.regions.c!.firewall`. For hosts at home to use it after a failover, the networks need a
   * route between them, that firewall has to let the hosts' addresses in, and the hosts' has to let them out.
   *
   * @default - the pair's own network
   */
  readonly region?: OtherRegion;
}

/** Options of slots, by letter: `{ c: { readerWeight: 0 } }`. */
export type Slots = Readonly<Record<string, SlotOptions>>;

/** Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html */
const WEIGHTS = { min: 0, max: 255 };

export function checkSlots(checks: PropChecks, slots: Slots, pair: PairOfSlots): void {
  for (const [slot, options] of Object.entries(slots)) {
    const prop = `slots.${slot}`;
    checks.require(SLOTS.includes(slot), {
      prop: "slots",
      value: slot,
      allowed: "slots by their letters, a to z",
      remedy: "The slot of node b2 is b.",
    });
    const isGiven = options !== null && typeof options === "object";
    const wanted = "options of the slot, as in { readerWeight: 0 }";
    checks.require(isGiven, { prop, value: options, allowed: wanted, remedy: "Leave the slot out." });
    checkInstanceClass(checks, options.instanceClass, `${prop}.instanceClass`);
    checkEngineVersion(checks, prop, options.engineVersion, pair.engine);
    checks.integer(`${prop}.readerWeight`, options.readerWeight, WEIGHTS, "0 takes no reads.");
    if (options.region) checkRegion(checks, slot, options.region, pair.network);
    checkZone(checks, prop, options, pair);
  }
}

/** What slots are checked against. */
interface PairOfSlots {
  readonly engine: DatabaseEngine;
  readonly network: INetwork;
  readonly multiAz?: boolean;
}

/** Another major version has another parameter group, and its replicas are upgraded otherwise. */
function checkEngineVersion(
  checks: PropChecks,
  prop: string,
  version: string | undefined,
  engine: DatabaseEngine,
): void {
  checks.matches(`${prop}.engineVersion`, version, /^\d+(\.\d+)*$/, {
    allowed: "a version of the engine, as in 17.6",
    remedy: "Versions are listed by: aws rds describe-db-engine-versions.",
  });
  if (!isKnown(version) || !isKnown(engine.version)) return;
  const [here, there] = [version, engine.version].map((one) => majorVersion(one, engine.facts));
  checks.require(here === there, {
    prop: `${prop}.engineVersion`,
    value: version,
    allowed: `versions within ${engine.facts.title} ${there}`,
    remedy: "Another major version is for the whole pair: engine, with allowMajorVersionUpgrade.",
  });
}

function checkZone(checks: PropChecks, prop: string, options: SlotOptions, pair: PairOfSlots): void {
  const { availabilityZone: zone, multiAz = pair.multiAz ?? true, region } = options;
  const { dataSubnets } = region?.network ?? pair.network;
  const zones = dataSubnets.map((subnet) => subnet.availabilityZone).filter(isKnown);
  checks.require(!isKnown(zone) || zones.length < dataSubnets.length || zones.includes(zone), {
    prop: `${prop}.availabilityZone`,
    value: zone,
    allowed: `a zone of the network's data subnets: ${zones.join(", ")}`,
    remedy: "Name one of them, or give the network a subnet there.",
  });
  checks.require(zone === undefined || !multiAz, {
    prop: `${prop}.availabilityZone`,
    value: zone,
    allowed: "nothing for an instance with a standby, whose zones RDS chooses",
    remedy: "Leave it out, or say multiAz: false for the slot.",
  });
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
  checks.given(
    `${prop}.network`,
    region.network,
    "a network of the region",
    "Network.fromAttributes describes one.",
  );
  checkTwoZones(checks, region.network, "data", `${prop}.network`);
  const { region: name } = region.network;
  checks.require(!isKnown(name) || !isKnown(home.region) || name !== home.region, {
    prop: `${prop}.network`,
    value: name,
    allowed: `another region than the pair's own, ${home.region}`,
    remedy: "Leave region out for a slot in the pair's own network.",
  });
  checks.given(`${prop}.kmsKeyArn`, region.kmsKeyArn, "the ARN of a key of the region", "Make a key there.");
  for (const key of ["kmsKeyArn", "logKmsKeyArn"] as const) {
    const arn = region[key];
    checkKeyArn(checks, `${prop}.${key}`, arn);
    checks.require(!isKnown(name) || !isKnown(arn) || arn.split(":")[3] === name, {
      prop: `${prop}.${key}`,
      value: arn,
      allowed: `the ARN of a key of ${name}`,
      remedy: `${key === "kmsKeyArn" ? "A copy is encrypted with a key of its" : "Logs are encrypted with a key of their"} own region.`,
    });
  }
}
