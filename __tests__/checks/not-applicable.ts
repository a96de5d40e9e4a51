/** Demands that no stack of this library can meet or miss. */
export interface NotApplicable {
  readonly ids: readonly string[];
  readonly reason: string;
}

export const NOT_APPLICABLE: readonly NotApplicable[] = [
  {
    ids: ["CKV_AWS_123"],
    reason: "Endpoint services, which let others into a VPC: none is made.",
  },
  {
    ids: ["CKV_AWS_135", "AWS-0028", "EC2.180", "AwsSolutions-EC29"],
    reason:
      "Single instances and network interfaces: hosts are in an Auto Scaling group, NAT is done by gateways.",
  },
  {
    ids: ["CKV_AWS_3", "CKV2_AWS_2", "CKV2_AWS_9", "AWS-0026"],
    reason: "Volumes apart from hosts: none is made; those of hosts are in the launch template.",
  },
  {
    ids: ["AutoScaling.3", "AutoScaling.5"],
    reason: "Launch configurations: hosts are started from a launch template.",
  },
  {
    ids: ["CKV_AWS_152", "CKV_AWS_376"],
    reason: "Network and classic load balancers: the balancer is an application load balancer.",
  },
  {
    ids: ["CKV2_AWS_29", "CKV2_AWS_33", "CKV2_AWS_47", "CKV2_AWS_77", "CKV2_AWS_78"],
    reason: "Web ACLs of API Gateway, AppSync and CloudFront: none of these is made.",
  },
  {
    ids: ["CKV2_AWS_38", "CKV2_AWS_39", "Route53.2"],
    reason:
      "Public hosted zones: none is made, domain names one that is there. A database's own zone is private.",
  },
  {
    ids: ["RDS.40", "RDS.41"],
    reason: "SQL Server: the engines are PostgreSQL, MySQL and MariaDB.",
  },
  {
    ids: ["RDS.1", "RDS.4"],
    reason:
      "Snapshots, which RDS makes: they are private unless somebody shares them, and encrypted as the database is.",
  },
  {
    ids: ["CKV_AWS_143"],
    reason: "Buckets with object lock: the one for access logs has none.",
  },
  {
    ids: ["AWS-0096", "AWS-0135"],
    reason: "Queues: none is made.",
  },
  {
    ids: ["AWS-0344"],
    reason: "Look-ups of images: images come by SSM parameters or ids, and there are no data sources.",
  },
  {
    ids: [
      "CKV_AWS_1",
      "CKV_AWS_49",
      "CKV_AWS_107",
      "CKV_AWS_108",
      "CKV_AWS_109",
      "CKV_AWS_110",
      "CKV_AWS_111",
      "CKV_AWS_283",
      "CKV_AWS_356",
      "CKV_AWS_358",
    ],
    reason:
      "Policies in data sources: policies are written as JSON, and judged as CKV_AWS_62 to 63 and 286 to 355.",
  },
  {
    ids: ["CKV2_AWS_75"],
    reason: "URLs of functions: none is made.",
  },
  {
    ids: ["AWS-0057"],
    reason: "Withdrawn by Trivy.",
  },

  {
    ids: ["EC2.1", "EC2.4", "EC2.7", "EC2.172", "EC2.182"],
    reason: "Settings of an account: its snapshots, stopped instances, default encryption and public access.",
  },
  {
    ids: ["AWS-0014 to AWS-0016", "AWS-0147 to AWS-0163", "AWS-0171", "AWS-0172", "AWS-0174"],
    reason: "CloudTrail and alarms about an account, which are set up once for all of its stacks.",
  },
  {
    ids: ["KMS.3", "SSM.2", "SSM.3", "SecretsManager.2", "SecretsManager.3"],
    reason:
      "What became of something that runs: keys about to be deleted, patches, rotations that failed, secrets that nobody reads. Hosts install security updates daily.",
  },
  {
    ids: ["REL02-BP02"],
    reason: "Connections to other networks: none is made.",
  },
  {
    ids: ["REL09-BP01"],
    reason:
      "Which data have to be backed up is an organisation's to say; all that a database here keeps are.",
  },
  {
    ids: ["REL09-BP04"],
    reason: "Whether a backup was restored to try it: people do that, docs/failover.md has the steps.",
  },
  {
    ids: ["REL12"],
    reason:
      "Tests of what fails are held by people; docs/failover.md has the steps to try in a test environment.",
  },
  {
    ids: ["REL13-BP01", "REL13-BP02", "REL13-BP03", "REL13-BP04", "REL13-BP05"],
    reason:
      "Objectives and plans for disasters are an organisation's; docs/failover.md has steps, what each loses, and how long it takes, for the database.",
  },
];
