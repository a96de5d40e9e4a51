// Ordinary zones end in a letter; Local and Wavelength zones name their place after the parent region:
// us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1.
const ZONE_FORM =
  /^([a-z]{2,4}(?:-[a-z]+)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d+)(?:[a-z]|(?:-[a-z0-9]+)+-\d+[a-z]?)$/;

/** The region that a zone lies in, by the zone's name; undefined if that is no zone's name. */
export function regionOfZone(zone: string): string | undefined {
  return ZONE_FORM.exec(zone)?.[1];
}

/**
 * The AWS partition of a region, the second part of every ARN.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOfRegion(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  if (region.startsWith("eu-isoe-")) return "aws-iso-e";
  if (region.startsWith("us-isof-")) return "aws-iso-f";
  if (region.startsWith("us-iso-")) return "aws-iso";
  return "aws";
}
