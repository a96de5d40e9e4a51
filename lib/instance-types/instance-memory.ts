/** GiB of memory for each virtual CPU, by the first letter of a family of general use. */
const MEMORY_PER_CPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };
const BURSTABLE_MEMORY: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
};

/**
 * Memory of a type of general use in GiB, as in 8 for `m7i.large`; undefined for families that are not known here.
 *
 * Source: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function memoryOf(instanceType: string): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const kind = /^([a-z])\d/.exec(family)?.[1];
  const times = Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? 1);
  if (kind === "t") return size.endsWith("xlarge") ? 16 * times : BURSTABLE_MEMORY[size];
  const perCpu = kind && MEMORY_PER_CPU[kind];
  if (!perCpu) return undefined;
  if (size === "medium") return perCpu;
  if (size === "large") return 2 * perCpu;
  return size.endsWith("xlarge") ? 4 * perCpu * times : undefined;
}
