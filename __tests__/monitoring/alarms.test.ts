import { Annotations, TerraformVariable } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AuroraCluster,
  AuroraEngine,
  DatabaseEngine,
  HostsThresholds,
  LoadBalancer,
  WebHosts,
} from "../../lib";
import { CERTIFICATE, TestTarget, testBalancer } from "../support/balancer";
import { testSite, watching } from "../support/monitored";
import { Config, existingNetwork, reference, testNetwork, testStack } from "../support/synth";

const GIB = 2 ** 30;

/** An alarm in a line: what it looks at, when it is raised, and what it makes of missing numbers. */
function inALine(alarm: Config): string {
  const { comparison_operator, threshold, evaluation_periods, datapoints_to_alarm, treat_missing_data } =
    alarm;
  const queries: Config[] = alarm.metric_query ?? [];
  const what = alarm.metric_name
    ? `${alarm.namespace} ${alarm.metric_name} ${alarm.statistic ?? alarm.extended_statistic}/${alarm.period} s`
    : `${queries.at(-1)!.expression} of ${queries
        .slice(0, -1)
        .map(
          ({ id, metric }) =>
            `${id}=${metric.namespace} ${metric.metric_name} ${metric.stat}/${metric.period} s`,
        )
        .join(", ")}`;
  const times = datapoints_to_alarm ? `${datapoints_to_alarm} of ${evaluation_periods}` : evaluation_periods;
  return `${what} ${comparison_operator} ${threshold}, ${times} times, missing ${treat_missing_data}`;
}

const inLines = (alarms: Record<string, Config>) =>
  Object.entries(alarms).map(([id, alarm]) => `${id}: ${inALine(alarm)}`);

function cluster(props: object = {}, stack = testStack()) {
  const made = new AuroraCluster(stack, "Database", {
    network: testNetwork(stack),
    engine: AuroraEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  });
  return { made, stack };
}

describe("alarms", () => {
  it("of a balancer, its certificates and target groups", () => {
    const { stack, balancer } = testSite({
      balancer: { additionalCertificates: { blog: `${CERTIFICATE}5` } },
    });
    expect(inLines(watching(balancer, stack).alarms())).toMatchSnapshot();
  });

  it("of hosts", () => {
    const { stack, hosts } = testSite();
    expect(inLines(watching(hosts, stack).alarms())).toMatchSnapshot();
  });

  it("of a pair", () => {
    const { stack, database } = testSite();
    expect(inLines(watching(database, stack).alarms())).toMatchSnapshot();
  });

  it("of an Aurora cluster, and of one without fixed sizes", () => {
    const { made, stack } = cluster();
    expect(inLines(watching(made, stack).alarms())).toMatchSnapshot();
    const serverless = cluster({
      engine: AuroraEngine.mysql("8.0"),
      instanceClass: "db.serverless",
      serverlessCapacity: { min: 0.5, max: 8 },
    });
    expect(inLines(watching(serverless.made, serverless.stack).alarms())).toMatchSnapshot();
  });

  it("of a network's NAT gateways", () => {
    const stack = testStack();
    expect(inLines(watching(testNetwork(stack), stack).alarms())).toMatchSnapshot();
  });

  it("of what is added after somebody began to watch", () => {
    const { stack, balancer } = testBalancer();
    const { alarms } = watching(balancer, stack);
    balancer.forwardTo(new TestTarget());
    balancer.addTargets("Blog", { target: new TestTarget(), hosts: ["blog.example.com"] });
    balancer.addCertificate("blog", `${CERTIFICATE}5`);
    expect(Object.keys(alarms())).toEqual(
      expect.arrayContaining([
        "no-healthy-host-Targets",
        "no-healthy-host-Rules-Blog-Targets",
        "certificate-expires-blog",
      ]),
    );
  });

  it("of a balancer that exists, which somebody else made", () => {
    const stack = testStack();
    const balancer = LoadBalancer.fromAttributes(stack, "Existing", {
      listenerArn:
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
      securityGroupIds: ["sg-0a"],
      dnsName: "web.example.com",
      zoneId: "Z0123456789ABC",
      network: existingNetwork(stack),
    });
    const { alarms } = watching(balancer, stack);
    balancer.addTargets("Blog", { target: new TestTarget(), hosts: ["blog.example.com"] });
    expect(alarms()["slow-answers"]!.dimensions).toEqual({ LoadBalancer: "app/web/50dc6c495c0c9188" });
    expect(alarms()["no-healthy-host-Rules-Blog-Targets"]).toBeDefined();
  });

  it("of replicas only while they are replicas, and of no retired instance", () => {
    const { stack, database } = testSite();
    const ids = Object.keys(watching(database, stack).alarms());
    expect(ids.filter((id) => /^replica/.test(id))).toEqual(["replica-lag-b1", "replica-broken-b1"]);
    expect(ids.filter((id) => /transaction/.test(id))).toEqual(["transaction-ids-high"]);
  });

  it("call the writer's silence critical, and a replica's a warning", () => {
    const { stack, database } = testSite();
    const alarms = watching(database, stack).alarms();
    expect(alarms["writer-silent"]!.alarm_description).toMatch(/^\[critical\]/);
    expect(alarms["database-silent-b1"]!.alarm_description).toMatch(/^\[warning\]/);
  });
});

describe("thresholds", () => {
  const thresholdsOf = (alarms: Record<string, Config>) =>
    Object.fromEntries(Object.entries(alarms).map(([id, alarm]) => [id, alarm.threshold]));

  it("of a database follow from its class, its storage and its engine", () => {
    const large = testSite({
      database: { instanceClass: "db.r8g.large", allocatedStorage: 200, engine: DatabaseEngine.mysql("8.4") },
    });
    expect(thresholdsOf(watching(large.database, large.stack).alarms())).toMatchObject({
      "database-memory-low-a1": 0.05 * 16 * GIB,
      // It grows by itself before that.
      "database-storage-low-a1": 10 * GIB,
      "database-connections-high-a1": 968,
    });
    const fixed = testSite({ database: { allocatedStorage: 200, maxAllocatedStorage: 0 } });
    expect(thresholdsOf(watching(fixed.database, fixed.stack).alarms())).toMatchObject({
      "database-storage-low-a1": 20 * GIB,
    });
    const given = testSite({ database: { parameters: { max_connections: "100" } } });
    expect(thresholdsOf(watching(given.database, given.stack).alarms())).toMatchObject({
      "database-connections-high-a1": 80,
    });
  });

  it("of a serverless cluster follow from how far it may grow, and shrink", () => {
    const connections = (engine: AuroraEngine, min: number) => {
      const serverless = { instanceClass: "db.serverless", serverlessCapacity: { min, max: 64 } };
      const { made, stack } = cluster({ engine, ...serverless });
      return thresholdsOf(watching(made, stack).alarms())["database-connections-high-a"];
    };
    expect(connections(AuroraEngine.postgres("17"), 1)).toBe(4000);
    expect(connections(AuroraEngine.postgres("17"), 0.5)).toBe(1600);
    expect(connections(AuroraEngine.mysql("8.0"), 0.5)).toBeGreaterThan(1600);
  });

  it("of each instance follow from its own class", () => {
    const { stack, database } = testSite({ database: { slots: { b: { instanceClass: "db.r8g.large" } } } });
    expect(thresholdsOf(watching(database, stack).alarms())).toMatchObject({
      "database-memory-low-a1": 0.05 * 4 * GIB,
      "database-memory-low-b1": 0.05 * 16 * GIB,
    });
  });

  it("that can't be derived are asked for, and the alarm is left out", () => {
    const warn = jest.spyOn(Annotations.prototype, "addWarning");
    const { stack, database } = testSite({ database: { instanceClass: "db.z9.large" } });
    const ids = Object.keys(watching(database, stack).alarms());
    expect(ids.filter((id) => /memory|connections/.test(id))).toEqual([]);
    expect(warn.mock.calls.flat()).toEqual([
      "No alarm for database-memory-low of a1: its threshold can't be derived. Give freeMemory, or say freeMemory: false.",
      "No alarm for database-connections-high of a1: its threshold can't be derived. Give connections, or say connections: false.",
      "No alarm for database-memory-low of b1: its threshold can't be derived. Give freeMemory, or say freeMemory: false.",
      "No alarm for database-connections-high of b1: its threshold can't be derived. Give connections, or say connections: false.",
    ]);
    warn.mockRestore();
  });

  it("are the user's where they are given, in the units that they are given in", () => {
    const { stack, database } = testSite();
    const alarms = watching(database, stack, { freeStorage: 5, connections: 50, replicaLag: 30 }).alarms();
    expect(thresholdsOf(alarms)).toMatchObject({
      "database-storage-low-a1": 5 * GIB,
      "database-connections-high-b1": 50,
      "replica-lag-b1": 30,
    });
    const aurora = cluster();
    expect(watching(aurora.made, aurora.stack, { replicaLag: 2 }).alarms()["replica-lag"]!.threshold).toBe(
      2000,
    );
  });

  it("that are false are no alarms", () => {
    const { stack, hosts } = testSite();
    const none: HostsThresholds = { cpuUtilization: false, missingHosts: false };
    const ids = Object.keys(watching(hosts, stack, none).alarms());
    expect(ids).toEqual(["host-impaired", "host-memory-full", "host-disk-full"]);
  });

  it("that are known only after deploy are computed by Terraform", () => {
    const { stack, database } = testSite();
    const freeStorage = new TerraformVariable(stack, "gib", { type: "number" }).numberValue;
    const alarms = watching(database, stack, { freeStorage, cpuUtilization: freeStorage }).alarms();
    expect(alarms["database-storage-low-a1"]!.threshold).toBe(`\${(var.gib * ${GIB})}`);
    expect(alarms["database-busy-a1"]!.threshold).toBe("${var.gib}");
  });

  it("of memory and disk need hosts that report them", () => {
    const stack = testStack();
    const hosts = new WebHosts(stack, "Hosts", { network: testNetwork(stack), metrics: false });
    expect(Object.keys(watching(hosts, stack).alarms())).toEqual([
      "hosts-busy",
      "host-impaired",
      "hosts-missing",
    ]);
  });

  it("are looked at every five minutes where EC2 reports no more often", () => {
    const stack = testStack();
    const hosts = new WebHosts(stack, "Hosts", { network: testNetwork(stack), detailedMonitoring: false });
    expect(watching(hosts, stack).alarms()["hosts-busy"]).toMatchObject({
      period: 300,
      evaluation_periods: 3,
    });
  });

  it("do not call a serverless instance silent that may pause", () => {
    const { made, stack } = cluster({
      instanceClass: "db.serverless",
      serverlessCapacity: { min: 0, max: 4 },
    });
    expect(Object.keys(watching(made, stack).alarms()).filter((id) => id.includes("silent"))).toEqual([]);
  });
});

describe("each alarm", () => {
  const everything = () => {
    const { stack, balancer, hosts, database, network } = testSite();
    const { monitoring } = watching(balancer, stack);
    for (const one of [hosts, database, network]) monitoring.watch<object>(one);
    return { stack, monitoring };
  };

  it("is about what is there, by reference, so that it is made after it", () => {
    const { stack, balancer } = testSite();
    expect(watching(balancer, stack).alarms()["no-healthy-host-Targets"]!.dimensions).toEqual({
      LoadBalancer: reference(balancer.loadBalancer, "arn_suffix"),
      TargetGroup: reference(balancer.targetGroup!.targetGroup, "arn_suffix"),
    });
  });

  it("has a section of its own in the runbook", () => {
    const runbook = readFileSync(join(__dirname, "..", "..", "docs", "runbook.md"), "utf8");
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map((match) => match[1]!);
    const { monitoring } = everything();
    const kinds = monitoring.alarms.map(({ alarmDescriptionInput }) =>
      alarmDescriptionInput!.split("#").at(-1)!,
    );
    const aurora = cluster({ instanceClass: "db.serverless", serverlessCapacity: { min: 1, max: 2 } });
    const further = Object.values(watching(aurora.made, aurora.stack).alarms()).map(({ alarm_description }) =>
      alarm_description.split("#").at(-1)!,
    );
    expect(kinds.length).toBeGreaterThan(20);
    expect([...kinds, ...further, "site-down"].filter((kind) => !sections.includes(kind))).toEqual([]);
  });
});
