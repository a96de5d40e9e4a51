import {
  AuroraCluster,
  AuroraEngine,
  DatabaseEngine,
  DatabasePair,
  DistributedWeb,
  DistributedWebProps,
  Network,
  failOver,
  initialRoles,
} from "../lib";
import { ZONES, reference, synth, testStack } from "./support/synth";

const database = { engine: DatabaseEngine.postgres("17"), databaseName: "shop" };

function web(props: Partial<DistributedWebProps> = {}, stack = testStack()) {
  const made = new DistributedWeb(stack, "Web", {
    availabilityZones: ZONES,
    plainHttp: true,
    database,
    ...props,
  });
  return { stack, made, tf: () => synth(stack) };
}

describe("DistributedWeb", () => {
  it("has a VPC, a load balancer, a group of two hosts, two databases, names and a secret", () => {
    const json = web().tf();
    const types = [
      "aws_vpc",
      "aws_lb",
      "aws_autoscaling_group",
      "aws_db_instance",
      "aws_route53_record",
      "aws_secretsmanager_secret",
    ];
    expect(types.map((type) => json.count(type))).toEqual([1, 1, 1, 2, 3, 1]);
    expect(json.only("aws_autoscaling_group").min_size).toBe(2);
  });

  it("has an Aurora cluster in place of the pair where its engine is Aurora's", () => {
    const { made, tf } = web({ database: { engine: AuroraEngine.postgres("17"), databaseName: "shop" } });
    const json = tf();
    expect(made.database).toBeInstanceOf(AuroraCluster);
    expect([json.count("aws_rds_cluster"), json.count("aws_db_instance")]).toEqual([1, 0]);
    expect(Object.values(json.resources("aws_vpc_security_group_egress_rule"))).toContainEqual(
      expect.objectContaining({ from_port: 5432, description: "Web-Hosts to Web-Database" }),
    );
    expect(json.only("aws_launch_template").user_data).toContain(
      reference((made.database as AuroraCluster).cluster, "reader_endpoint").slice(2, -1),
    );
  });

  it("takes the roles of its pair from a file", () => {
    const roles = failOver(initialRoles());
    const { made } = web({ database: { ...database, roles } });
    expect((made.database as DatabasePair).primary.node.id).toBe("b1");
  });

  it("needs no account to plan: it has no data sources", () => {
    expect(web().tf().json.data).toBeUndefined();
  });

  it("lets each tier reach only the next", () => {
    const { made, tf } = web();
    const json = tf();
    const groups = {
      balancer: reference(made.loadBalancer.firewall.securityGroup, "id"),
      hosts: reference(made.hosts.firewall.securityGroup, "id"),
      database: reference(made.database.firewall.securityGroup, "id"),
    };
    const nameOf = (id: string) => Object.entries(groups).find(([, group]) => group === id)?.[0] ?? id;
    const rules = (type: string) =>
      Object.values(json.resources(type))
        .map(
          (rule) =>
            `${nameOf(rule.security_group_id)} ${nameOf(rule.referenced_security_group_id ?? rule.cidr_ipv4)} ${rule.from_port}`,
        )
        .sort();
    expect(rules("aws_vpc_security_group_ingress_rule")).toEqual([
      "balancer 0.0.0.0/0 80",
      "database hosts 5432",
      "hosts balancer 9080",
    ]);
    expect(rules("aws_vpc_security_group_egress_rule")).toEqual([
      "balancer hosts 9080",
      "hosts 0.0.0.0/0 443",
      "hosts database 5432",
    ]);
  });

  it("passes on what its parts are told", () => {
    const { made, tf } = web({
      plainHttp: undefined,
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
      network: {
        cidrBlock: "10.20.0.0/16",
        nat: "none",
        interfaceEndpoints: ["ssm", "logs", "monitoring", "secretsmanager"],
      },
      loadBalancer: { distribution: "least_outstanding_requests", name: "shop" },
      hosts: { minHosts: 3, environment: { STAGE: "test" } },
      database: { ...database, multiAz: false, rdsNames: true },
      deletionProtection: false,
    });
    const json = tf();
    expect(json.only("aws_vpc").cidr_block).toBe("10.20.0.0/16");
    expect(json.only("aws_lb")).toMatchObject({ name: "shop", enable_deletion_protection: false });
    expect(json.only("aws_lb_target_group").load_balancing_algorithm_type).toBe("least_outstanding_requests");
    expect(json.only("aws_autoscaling_group").min_size).toBe(3);
    expect(json.of((made.database as DatabasePair).primary)).toMatchObject({
      multi_az: false,
      deletion_protection: false,
    });
    expect(made.hosts.userData).toContain("application.env");
  });

  describe("encrypts everything", () => {
    const GIVEN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    /** What is encrypted: with the key of which purpose, or with which other one. */
    const encryption = (props: Partial<DistributedWebProps>) => {
      const { made, tf } = web(props);
      const json = tf();
      const word = (arn: string | undefined) =>
        Object.entries(made.keys?.keys ?? {}).find(([, { key }]) =>
          arn?.includes(key.friendlyUniqueId),
        )?.[0] ?? arn;
      const groups = Object.values(json.resources("aws_cloudwatch_log_group"));
      return {
        keys: json.count("aws_kms_key"),
        logs: [...new Set(groups.map(({ kms_key_id }) => word(kms_key_id)))],
        database: word(json.of((made.database as DatabasePair).primary).kms_key_id),
        secret: word(json.only("aws_secretsmanager_secret").kms_key_id),
        volumes: word(json.only("aws_launch_template").block_device_mappings[0].ebs.kms_key_id),
        topic: word(json.only("aws_sns_topic").kms_master_key_id),
      };
    };
    const own = {
      keys: 5,
      logs: ["logs"],
      database: "database",
      secret: "secrets",
      volumes: "volumes",
      topic: "notifications",
    };
    const maintenance = { active: false };

    it("with a key for each purpose", () => {
      expect(encryption({ loadBalancer: { maintenance } })).toEqual(own);
    });

    it("with them also where a prop is there and says nothing", () => {
      const kmsKeyArn = undefined;
      const logs = { kmsKeyArn };
      expect(
        encryption({
          network: { flowLogs: logs },
          loadBalancer: { maintenance: { ...maintenance, logKmsKeyArn: undefined } },
          hosts: { volumeKmsKeyArn: undefined, logs },
          database: { ...database, kmsKeyArn, logKmsKeyArn: undefined, credentials: { kmsKeyArn } },
          webAcl: { logs },
          monitoring: { notify: { kmsKeyArn } },
        }),
      ).toEqual(own);
    });

    it("with what a part is told itself", () => {
      expect(
        encryption({
          network: { flowLogs: { kmsKeyArn: GIVEN } },
          hosts: { volumeKmsKeyArn: GIVEN, logs: false },
          database: {
            ...database,
            kmsKeyArn: GIVEN,
            logKmsKeyArn: GIVEN,
            credentials: { kmsKeyArn: GIVEN },
          },
          webAcl: { logs: { kmsKeyArn: GIVEN } },
          monitoring: { notify: { kmsKeyArn: false } },
        }),
      ).toEqual({
        keys: 5,
        logs: [GIVEN],
        database: GIVEN,
        secret: GIVEN,
        volumes: GIVEN,
        topic: undefined,
      });
    });

    it("with AWS's own keys where there are to be no others", () => {
      expect(encryption({ encryption: false, monitoring: { notify: { kmsKeyArn: undefined } } })).toEqual({
        keys: 0,
        logs: [undefined],
        database: undefined,
        secret: undefined,
        volumes: undefined,
        topic: undefined,
      });
    });
  });

  it("tells clients behind CloudFront apart by the address that it forwards, unless told otherwise", () => {
    const cloudFrontOnly = { prefixListId: "pl-0123456789abcdef0" };
    const limit = (webAcl: DistributedWebProps["webAcl"]) => {
      const json = web({ loadBalancer: { cloudFrontOnly }, webAcl }).tf();
      return JSON.stringify(json.only("aws_wafv2_web_acl").rule);
    };
    expect(limit({})).toContain("FORWARDED_IP");
    expect(limit({ clientAddress: undefined })).toContain("FORWARDED_IP");
    expect(limit({ clientAddress: "address" })).not.toContain("FORWARDED_IP");
  });

  it("stands in a network that exists", () => {
    const stack = testStack();
    const zones = (name: string) =>
      Object.fromEntries(ZONES.map((zone) => [zone, `subnet-${name}${zone.slice(-1)}`]));
    const network = Network.fromAttributes(stack, "Existing", {
      vpcId: "vpc-0123456789abcdef0",
      cidrBlock: "172.16.0.0/16",
      publicSubnetIds: zones("0"),
      applicationSubnetIds: zones("1"),
      dataSubnetIds: zones("2"),
    });
    const { tf } = web({ network, availabilityZones: undefined }, stack);
    const json = tf();
    expect(json.count("aws_vpc")).toBe(0);
    expect(json.only("aws_lb").subnets).toEqual(["subnet-0a", "subnet-0b"]);
    expect(json.only("aws_autoscaling_group").vpc_zone_identifier).toEqual(["subnet-1a", "subnet-1b"]);
    expect(json.only("aws_db_subnet_group").subnet_ids).toEqual(["subnet-2a", "subnet-2b"]);
  });

  it("can be there twice in one stack", () => {
    const stack = testStack();
    web({}, stack);
    new DistributedWeb(stack, "Second", { availabilityZones: ZONES, plainHttp: true, database });
    const identifiers = Object.values(synth(stack).resources("aws_db_instance")).map((one) => one.identifier);
    expect(new Set(identifiers).size).toBe(4);
  });

  it("leaves every resource in place when a zone, a host or a domain is added", () => {
    const before = web().tf().addresses;
    const after = web({
      availabilityZones: ["eu-west-1c", ...ZONES],
      hosts: { minHosts: 4 },
      plainHttp: undefined,
      domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
    }).tf().addresses;
    expect(before.filter((address) => !after.includes(address))).toEqual([]);
  });

  it("has nothing in common with another environment of the same account", () => {
    const names = (id: string) =>
      Object.values(web({}, testStack(id)).tf().byAddress).flatMap((config) =>
        ["name", "identifier", "bucket", "name_prefix"]
          .map((key) => config[key])
          .filter((name) => typeof name === "string" && !name.includes("${")),
      );
    // "web-" is completed by Terraform to a name of its own.
    const common = names("test").filter((name) => names("live").includes(name) && name !== "web-");
    expect(common).toEqual([]);
  });
});
