import {
  AuroraEngine,
  DatabaseEngine,
  DistributedWeb,
  DistributedWebProps,
  Network,
  initialRoles,
} from "../lib";
import { ZONES, Config, frankfurt, reference, synth, testStack } from "./support/synth";

const database = { engine: DatabaseEngine.postgres("17"), databaseName: "shop" };
const notify = { emails: ["oncall@example.com"] };
const GIVEN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

function site(props: Partial<DistributedWebProps> = {}, stack = testStack()) {
  const web = new DistributedWeb(stack, "Web", {
    ...(props.network && "vpcId" in props.network ? {} : { availabilityZones: ZONES }),
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd",
    database,
    monitoring: { notify },
    ...props,
  });
  return { web, stack, json: synth(stack) };
}

/** Which key each kind of thing is encrypted with: the purpose of one of the site's own, or its ARN. */
function keysOf({ web, json }: ReturnType<typeof site>) {
  const made = Object.entries(web.keys?.keys ?? {});
  const nameOf = (arn: string | undefined) =>
    arn && (made.find(([, key]) => arn.includes(`${reference(key.key, "arn").slice(2, -1)}`))?.[0] ?? arn);
  const all = (type: string, read: (config: Config) => string | undefined) => [
    ...new Set(Object.values(json.resources(type)).map((config) => nameOf(read(config)))),
  ];
  return {
    instances: all("aws_db_instance", (one) => one.performance_insights_kms_key_id),
    storage: all("aws_db_instance", (one) => one.kms_key_id ?? one.replicate_source_db),
    secrets: all("aws_secretsmanager_secret", (one) => one.kms_key_id),
    logs: all("aws_cloudwatch_log_group", (one) => one.kms_key_id),
    volumes: all("aws_launch_template", (one) => one.block_device_mappings[0].ebs.kms_key_id),
    topics: all("aws_sns_topic", (one) => one.kms_master_key_id),
  };
}

describe("a site's keys", () => {
  it("are one for each purpose, and everything is encrypted with its own", () => {
    const made = site({ loadBalancer: { maintenance: { active: false } } });
    expect(keysOf(made)).toEqual({
      instances: ["database"],
      storage: ["database", reference((made.web.database as any).primary, "identifier")],
      secrets: ["secrets"],
      logs: ["logs"],
      volumes: ["volumes"],
      topics: ["notifications"],
    });
  });

  it("are an Aurora cluster's too", () => {
    const { web, json } = site({ database: { engine: AuroraEngine.mysql("8.0"), databaseName: "shop" } });
    const key = reference(web.keys!.keys.database!.key, "arn").slice(2, -1);
    expect(json.only("aws_rds_cluster").kms_key_id).toContain(key);
  });

  it("may be given, or AWS's own, purpose by purpose", () => {
    const made = site({ encryption: { logs: GIVEN, secrets: false, notifications: false } });
    expect(keysOf(made)).toMatchObject({
      instances: ["database"],
      secrets: [undefined],
      logs: [GIVEN],
      topics: [undefined],
    });
    expect(made.json.count("aws_kms_key")).toBe(2);
  });

  it("are AWS's own where none are wanted", () => {
    const made = site({ encryption: false });
    expect(made.json.count("aws_kms_key")).toBe(0);
    expect(keysOf(made)).toMatchObject({ instances: [undefined], logs: [undefined], topics: [undefined] });
  });

  it("give way to what a part is told itself", () => {
    const made = site({
      network: { flowLogs: { kmsKeyArn: GIVEN, retentionDays: 30 } },
      hosts: { volumeKmsKeyArn: GIVEN, logs: { retentionDays: 7 } },
      database: { ...database, kmsKeyArn: GIVEN, credentials: { kmsKeyArn: GIVEN, username: "owner" } },
      webAcl: { logs: { retentionDays: 90 } },
      monitoring: { notify: { ...notify, kmsKeyArn: GIVEN } },
    });
    expect(keysOf(made)).toMatchObject({
      instances: [GIVEN],
      secrets: [GIVEN],
      volumes: [GIVEN],
      topics: [GIVEN],
    });
    const days = Object.values(made.json.resources("aws_cloudwatch_log_group")).map(
      (group) => group.retention_in_days,
    );
    expect(new Set(days)).toEqual(new Set([7, 30, 90, 365]));
    expect(made.web.database.credentials.username).toBe("owner");
  });

  it("do not switch on what is off", () => {
    const { json } = site({
      network: { flowLogs: false },
      hosts: { logs: false },
      webAcl: { logs: false },
      monitoring: false,
    });
    const names = Object.keys(json.resources("aws_cloudwatch_log_group"));
    expect(names.filter((name) => !name.includes("Database"))).toEqual([]);
    expect(json.count("aws_sns_topic")).toBe(0);
  });

  it("do not leave their region: what stands in another one has keys of its own", () => {
    const stack = testStack();
    const region = frankfurt(stack);
    const roles = initialRoles();
    const { json } = site({ database: { ...database, roles, slots: { b: { region } } } }, stack);
    const abroad = Object.values(json.resources("aws_db_instance")).filter((one) => one.provider);
    expect(abroad.map((one) => one.kms_key_id)).toEqual([region.kmsKeyArn]);
    const logs = Object.values(json.resources("aws_cloudwatch_log_group")).filter((one) => one.provider);
    expect(logs.map((one) => one.kms_key_id)).toEqual([undefined, undefined]);
  });

  it("leave given destinations of logs, and topics, to their owners", () => {
    const destinationArn = "arn:aws:s3:::aws-waf-logs-central";
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:alarms";
    const { json } = site({ webAcl: { logs: { destinationArn } }, monitoring: { notify: { topicArn } } });
    expect(json.only("aws_wafv2_web_acl_logging_configuration").log_destination_configs).toEqual([
      destinationArn,
    ]);
    expect(json.count("aws_sns_topic")).toBe(0);
  });
});

describe("a site's web ACL", () => {
  it("stands before the balancer, unless it is off", () => {
    const { web, json } = site();
    expect(json.only("aws_wafv2_web_acl_association")).toMatchObject({
      resource_arn: reference(web.loadBalancer.loadBalancer, "arn"),
      web_acl_arn: reference(web.webAcl!.webAcl, "arn"),
    });
    expect(site({ webAcl: false }).json.count("aws_wafv2_web_acl")).toBe(0);
  });

  it("looks for clients behind CloudFront where only that is let in", () => {
    const rate = (props: Partial<DistributedWebProps>) => {
      const rules: Config[] = site(props).json.only("aws_wafv2_web_acl").rule;
      return rules.find(({ name }) => name === "rate-limit")!.statement.rate_based_statement
        .aggregate_key_type;
    };
    expect(rate({})).toBe("IP");
    const cloudFrontOnly = { prefixListId: "pl-4fa04526" };
    expect(rate({ loadBalancer: { cloudFrontOnly } })).toBe("FORWARDED_IP");
    expect(rate({ loadBalancer: { cloudFrontOnly }, webAcl: { clientAddress: "address" } })).toBe("IP");
  });
});

describe("a site's monitoring", () => {
  it("watches every part, with the thresholds that it is told", () => {
    const { web } = site({
      monitoring: {
        notify,
        thresholds: {
          loadBalancer: { latency: 1 },
          hosts: { cpuUtilization: false },
          database: { connections: 50 },
          network: { natDroppedPackets: 5 },
          webAcl: { blockedRequests: 10 },
        },
      },
    });
    const limits = Object.fromEntries(
      web.monitoring!.components.map((one) => [one.node.id, (id: string) => one.limitOf(id)]),
    );
    expect(Object.keys(limits)).toEqual([
      "Web-WebAcl",
      "Web-LoadBalancer",
      "Web-Hosts",
      "Web-Database",
      "Web-Network",
    ]);
    expect(limits["Web-LoadBalancer"]!("slow-answers")).toBe(1);
    expect(limits["Web-Hosts"]!("hosts-busy")).toBeUndefined();
    expect(limits["Web-Database"]!("database-connections-high-b1")).toBe(50);
    expect(limits["Web-Network"]!("nat-drops-packets-eu-west-1a")).toBe(5);
    expect(limits["Web-WebAcl"]!("requests-blocked")).toBe(10);
  });

  it("leaves a network that exists to whoever made it", () => {
    const stack = testStack();
    const network = new Network(stack, "Shared", { availabilityZones: ZONES });
    const { web } = site({ network, availabilityZones: undefined }, stack);
    expect(web.monitoring!.components.map((one) => one.node.id)).not.toContain("Shared");
  });

  it("can be done without", () => {
    const { web, json } = site({ monitoring: false });
    expect(web.monitoring).toBeUndefined();
    expect(json.count("aws_cloudwatch_metric_alarm")).toBe(0);
  });
});

describe("a site's logs", () => {
  it.each<[string, Partial<DistributedWebProps>]>([
    ["as they are", {}],
    ["with a maintenance page", { loadBalancer: { maintenance: { active: false } } }],
    ["of an Aurora cluster", { database: { engine: AuroraEngine.mysql("8.0"), databaseName: "shop" } }],
  ])("are all in one list, %s", (_, props) => {
    const { web, json } = site(props);
    const groups = json.count("aws_cloudwatch_log_group");
    const buckets = json.count("aws_s3_bucket");
    // RDS makes one more by itself, for the whole account.
    const made = web.logs.filter(({ kind, name }) => kind === "log group" && name !== "RDSOSMetrics");
    expect(made).toHaveLength(groups);
    expect(new Set(web.logs.filter(({ kind }) => kind === "bucket").map(({ name }) => name)).size).toBe(
      buckets,
    );
  });

  it("say where they are, for how long, and encrypted with what", () => {
    const { web } = site();
    const flow = web.logs.find(({ title }) => title === "Flow logs of the VPC");
    expect(flow).toMatchObject({ kind: "log group", retentionDays: 365, region: "eu-west-1" });
    expect(flow!.kmsKeyArn).toBe(web.keys!.arns.logs);
  });
});
