import { PropChecks, isKnown } from "../../validation";
import { DatabaseEngine } from "../engine";

/**
 * Kinds of storage: `gp3`, general purpose, or `io2`, provisioned for latency below a millisecond at several
 * times the price.
 */
export type StorageType = "gp3" | "io2";

export interface StorageOptions {
  /**
   * Kind of storage.
   *
   * @default "gp3"
   */
  readonly storageType?: StorageType;

  /**
   * Size in GiB: from 20 (`gp3`) or 100 (`io2`) to 65536. It can grow, not shrink.
   *
   * @default 20, or 100 for io2
   */
  readonly allocatedStorage?: number;

  /**
   * Size in GiB that storage may grow to by itself as it fills: at least a tenth more than
   * `allocatedStorage`, or 0 for no growth.
   *
   * @default - five times allocatedStorage, up to 65536; no growth where that leaves no room
   */
  readonly maxAllocatedStorage?: number;

  /**
   * Operations a second: needed for `io2`, 1000 to 256000; for `gp3` from 400 GiB on, 12000 to 64000.
   *
   * @default - what comes with gp3: 3000, or 12000 from 400 GiB on
   */
  readonly iops?: number;
}

const LARGEST = 65_536;
const MINIMA: Readonly<Record<StorageType, number>> = { gp3: 20, io2: 100 };
const IOPS: Readonly<Record<StorageType, { min: number; max: number }>> = {
  gp3: { min: 12_000, max: 64_000 },
  io2: { min: 1_000, max: 256_000 },
};
/** From this size on gp3 is striped, and its speed can be chosen. */
const GP3_STRIPED = 400;
const GROWTH = 5;
const IO2_IOPS_PER_GIB = 1000;

/** Storage as the instances get it. */
export interface Storage {
  readonly storageType: StorageType;
  readonly allocatedStorage: number;
  readonly maxAllocatedStorage?: number;
  readonly iops?: number;
}

/**
 * Checks the options, and fills in what was left out.
 *
 * Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 */
export function readStorage(checks: PropChecks, engine: DatabaseEngine, options: StorageOptions): Storage {
  const { storageType = "gp3", iops } = options;
  checks.oneOf("storageType", storageType, Object.keys(MINIMA), '"gp3" suits most databases.');
  const allocatedStorage = options.allocatedStorage ?? MINIMA[storageType];
  const sizes = {
    min: MINIMA[storageType],
    max: LARGEST,
    unit: `GiB for ${engine.facts.title} on ${storageType}`,
  };
  checks.integer("allocatedStorage", allocatedStorage, sizes, "Storage can grow later, not shrink.");
  const known = isKnown(allocatedStorage);
  const maxAllocatedStorage =
    options.maxAllocatedStorage ?? (known ? roomToGrow(allocatedStorage) : undefined);
  if (known && options.maxAllocatedStorage !== 0) {
    const range = {
      min: leastGrowth(allocatedStorage),
      max: LARGEST,
      unit: "GiB, or 0 for no growth",
    };
    const remedy = "RDS wants room for at least a tenth more than allocatedStorage.";
    checks.integer("maxAllocatedStorage", options.maxAllocatedStorage, range, remedy);
  }
  const striped = storageType !== "gp3" || !known || allocatedStorage >= GP3_STRIPED;
  checks.require(iops === undefined || striped, {
    prop: "iops",
    value: iops,
    allowed: `nothing for gp3 below ${GP3_STRIPED} GiB, which comes with 3000`,
    remedy: `Leave it out, or allocate ${GP3_STRIPED} GiB.`,
  });
  checks.integer(
    "iops",
    iops,
    { ...IOPS[storageType], unit: "operations a second" },
    "Take a number in the range.",
  );
  checks.require(storageType !== "io2" || iops !== undefined, {
    prop: "iops",
    value: iops,
    allowed: "a number from 1000 to 256000 for io2",
    remedy: 'Say how many operations a second you pay for, or use storageType: "gp3".',
  });
  const most = storageType === "io2" && known ? IO2_IOPS_PER_GIB * allocatedStorage : Infinity;
  checks.require(!isKnown(iops) || iops <= most, {
    prop: "iops",
    value: iops,
    allowed: `up to ${IO2_IOPS_PER_GIB} for each GiB of io2, ${most} here`,
    remedy: "Allocate more storage, or take fewer operations.",
  });
  return { storageType, allocatedStorage, iops, maxAllocatedStorage: maxAllocatedStorage || undefined };
}

/** RDS wants room for a tenth at least. */
function leastGrowth(allocatedStorage: number): number {
  return allocatedStorage + Math.ceil(allocatedStorage / 10);
}

function roomToGrow(allocatedStorage: number): number | undefined {
  const room = Math.min(GROWTH * allocatedStorage, LARGEST);
  return room >= leastGrowth(allocatedStorage) ? room : undefined;
}
