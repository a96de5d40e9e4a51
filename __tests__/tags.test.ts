import { TerraformStack } from "cdktf";
import {
  AuroraCluster,
  AuroraEngine,
  DatabaseEngine,
  DistributedWeb,
  ExistingTargets,
  LoadBalancer,
  MutualTls,
  Network,
  WebHosts,
  addReplica,
  initialRoles,
} from "../lib";
import { Bindings } from "../lib/testing/offline-provider/bindings/bindings";
import { CERTIFICATE, DOMAIN } from "./support/balancer";
import { Config, ZONES, frankfurt, synth, testDatabase, testStack } from "./support/synth";

// People find what belongs to what, and what costs what, by tags.

const bindings = Bindings.find("aws", [__dirname])!;

/** Addresses of the resources that could have a name and don't. */
function unnamed(stack: TerraformStack): string[] {
  return Object.entries<Config>(synth(stack).byAddress)
    .filter(([address]) => address.startsWith("aws_"))
    .filter(([address, { tags, tag }]) => {
      const { attributes, blocks } = bindings.resource(address.split(".")[0]!)!;
      if ("tags" in attributes) return !tags?.Name;
      return "tag" in blocks && !tag?.some(({ key }: Config) => key === "Name");
    })
    .map(([address]) => address);
}

describe("everything that takes tags has a Name", () => {
  it("in the default topology", () => {
    const stack = testStack();
    new DistributedWeb(stack, "Web", {
      availabilityZones: ZONES,
      domain: DOMAIN,
      database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
    });
    expect(unnamed(stack)).toEqual([]);
  });

  it("in all else that can be asked for", () => {
    const stack = testStack();
    const network = new Network(stack, "Network", {
      availabilityZones: ZONES,
      ipv6: true,
      interfaceEndpoints: ["ssm", "ecr", "com.amazonaws.eu-west-1.sqs"],
    });
    const balancer = new LoadBalancer(stack, "LoadBalancer", {
      network,
      domain: DOMAIN,
      additionalCertificates: { blog: CERTIFICATE },
      healthCheckLogs: {},
      mutualTls: MutualTls.verify({ caBundle: { bucket: "authorities", key: "ca.pem" } }),
      maintenance: { active: true, allow: ["192.0.2.7"] },
    });
    const hosts = new WebHosts(stack, "Hosts", { network, setup: "activePassive" });
    balancer.forwardTo(hosts);
    balancer.addTargets("Blog", {
      target: ExistingTargets.instances(
        { one: "i-0123456789abcdef0" },
        { port: 80, securityGroupId: "sg-0a" },
      ),
      paths: ["/blog/*"],
    });
    balancer.addRedirect("Old", { paths: ["/old"], path: "/new" });
    balancer.addFixedResponse("Gone", { paths: ["/gone"], statusCode: 410 });
    const scaled = new WebHosts(stack, "Scaled", {
      network,
      scaling: {
        metrics: { jobs: { namespace: "Shop", metricName: "Jobs", targetValue: 5 } },
        schedules: { morning: { desiredHosts: 4, recurrence: "0 7 * * *" } },
      },
    });
    const database = testDatabase(stack, network, {
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
      roles: addReplica(initialRoles({ replicas: 2 }), { slot: "h" }),
      readerHealth: { maxLag: 60 },
      slots: { h: { region: frankfurt(stack) } },
    });
    hosts.useDatabase(database);
    scaled.useDatabase(
      new AuroraCluster(stack, "Aurora", {
        network,
        engine: AuroraEngine.postgres("17"),
        databaseName: "shop",
      }),
    );
    expect(unnamed(stack)).toEqual([]);
  });

  it("and a resource without one would be found", () => {
    const stack = testStack();
    const network = new Network(stack, "Network", { availabilityZones: ZONES });
    network.vpc.tags = { Team: "shop" };
    expect(unnamed(stack)).toEqual([expect.stringMatching(/^aws_vpc\./)]);
  });
});
