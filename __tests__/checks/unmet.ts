import { TopologyName } from "./topologies";

/** Rows that a stack can't meet, or does not meet by default, each by one of its ids. */
export interface Unmet {
  readonly ids: readonly string[];
  readonly on: readonly TopologyName[];
  readonly reason: string;
}

const INTERNAL: readonly TopologyName[] = ["active-passive"];
const PUBLIC: readonly TopologyName[] = ["default", "aurora", "aurora-mysql", "mysql", "mariadb"];
const BY_DEFAULT = [...PUBLIC, ...INTERNAL];
const EVERYWHERE: readonly TopologyName[] = [...BY_DEFAULT, "hardened"];

const THE_FUNCTION = "The function of the maintenance page";

export const UNMET: readonly Unmet[] = [
  {
    ids: ["CKV_AWS_260"],
    on: PUBLIC,
    reason: "The redirect from HTTP needs port 80 open to everyone; httpRedirect: false leaves it out.",
  },
  {
    ids: ["ELB.18"],
    on: BY_DEFAULT,
    reason: "The listener that redirects from HTTP speaks HTTP; httpRedirect: false leaves it out.",
  },
  {
    ids: ["AwsSolutions-EC23"],
    on: [...PUBLIC, "hardened"],
    reason: "A public site lets everyone in, on the balancer's port.",
  },
  {
    ids: ["AWS-0053"],
    on: [...PUBLIC, "hardened"],
    reason: "A public site has a public balancer.",
  },
  {
    ids: ["AWS-0104"],
    on: BY_DEFAULT,
    reason:
      "Hosts fetch packages and images over HTTPS, through NAT, from servers whose addresses nobody can list.",
  },
  {
    ids: ["ELB.21", "ELB.22"],
    on: BY_DEFAULT,
    reason:
      "Between balancer and hosts requests stay inside the VPC, over HTTP; HTTPS costs hosts CPU, and each one a certificate of its own.",
  },
  {
    ids: ["EC2.10", "EC2.55", "EC2.56", "EC2.57", "EC2.58", "EC2.60"],
    on: BY_DEFAULT,
    reason: "Each interface endpoint costs a fee an hour and zone; hosts reach AWS's services through NAT.",
  },
  {
    ids: ["CKV2_AWS_57"],
    on: BY_DEFAULT,
    reason:
      "Passwords rotate when passwordVersion is raised; by itself a secret rotates with a function of yours only.",
  },
  {
    ids: ["RDS.23"],
    on: BY_DEFAULT,
    reason: "The engine's own port; who may reach it is said by security groups, not by its number.",
  },
  {
    ids: ["REL08-BP05"],
    on: BY_DEFAULT,
    reason:
      "Auto Scaling takes nothing back where an image is looked up when hosts start, as the default ones are, so that hosts boot the newest one.",
  },
  {
    ids: ["AwsSolutions-AS3"],
    on: BY_DEFAULT,
    reason:
      "Hosts come and go as a matter of course, and nobody could act on each message; alarms tell when too few are healthy.",
  },
  {
    ids: ["AwsSolutions-IAM4"],
    on: EVERYWHERE,
    reason:
      "Systems Manager, ECR and Enhanced Monitoring are allowed by the policies that AWS keeps for them, and changes as they change; what is in those is judged by no check here.",
  },
  {
    ids: ["AwsSolutions-IAM5"],
    on: EVERYWHERE,
    reason:
      "Streams of a log group are named by the group's ARN and an asterisk, and some actions know no resources.",
  },
  {
    ids: ["CKV_AWS_145"],
    on: BY_DEFAULT,
    reason: "Load balancers can't write logs into buckets that are encrypted with KMS.",
  },
  {
    ids: ["CKV_AWS_18"],
    on: BY_DEFAULT,
    reason: "The bucket is one for logs; its own would need another bucket, and so on.",
  },
  {
    ids: ["CKV_AWS_144"],
    on: BY_DEFAULT,
    reason: "A second copy of a year's access logs, in another region, is rarely worth its price.",
  },
  {
    ids: ["CKV2_AWS_62"],
    on: BY_DEFAULT,
    reason: "Every few minutes there is a new object, and nobody waits for it.",
  },
  {
    ids: ["AWS-0170"],
    on: BY_DEFAULT,
    reason: "S3 lets nobody but the account's root user switch it on, with a device at hand.",
  },
  {
    ids: ["AutoScaling.6"],
    on: INTERNAL,
    reason: "The host that sleeps does what the other one did, so both are of one type.",
  },
  {
    ids: ["REL07-BP01"],
    on: INTERNAL,
    reason: "One host works and one sleeps, whatever the load; active-active scales.",
  },
  {
    ids: ["REL11-BP05"],
    on: INTERNAL,
    reason:
      "When the zone of the host that works is lost, Auto Scaling has to start the other one; active-active needs no start.",
  },
  {
    ids: ["CKV2_AWS_8"],
    on: ["aurora", "aurora-mysql"],
    reason:
      "The cluster backs itself up, to any second of the last week; AWS Backup adds copies in other accounts, and is set up for an account.",
  },
  {
    ids: ["CKV_AWS_326"],
    on: ["aurora-mysql"],
    reason: "Every change that could be wound back is paid for, and it can't be switched on later: decide.",
  },
  {
    ids: ["CKV_AWS_50"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} calls nothing that could be traced.`,
  },
  {
    ids: ["CKV_AWS_115"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} answers everybody while the site is down; a limit would turn them away.`,
  },
  {
    ids: ["CKV_AWS_116"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} is called by the balancer, which waits for the answer: no event could be kept.`,
  },
  {
    ids: ["CKV_AWS_117"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} reaches nothing, and in a VPC it would depend on what may be under maintenance.`,
  },
  {
    ids: ["CKV_AWS_173"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} has the page in its environment, which everybody may read.`,
  },
  {
    ids: ["CKV_AWS_272"],
    on: INTERNAL,
    reason: `${THE_FUNCTION} is deployed from the package, whose content Terraform names by its hash.`,
  },
  {
    ids: ["AwsSolutions-VPC3"],
    on: EVERYWHERE,
    reason: "The data tier has a second wall, beside its security groups; others demand one.",
  },
  {
    ids: ["RDS.22"],
    on: BY_DEFAULT,
    reason:
      "Security groups of databases were of EC2-Classic, which is gone; AWS has room for twenty subscriptions in a region.",
  },
  {
    ids: ["RDS.21"],
    on: ["aurora", "aurora-mysql"],
    reason:
      "Parameter groups of clusters are no source of events; those of instances could be had for the whole account only.",
  },
];
