import { gunzipSync } from "node:zlib";
import {
  AuroraCluster,
  AuroraEngine,
  DatabaseRoles,
  IWatchable,
  WebAcl,
  failOver,
  initialRoles,
} from "../../lib";
import { Plan, deploy, planEach } from "../../lib/testing";
import { testMonitoring, testSite } from "../support/monitored";
import { Config, componentsInStacks, testNetwork, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

/** Where a dimension's values come from: resources, and the attribute of theirs. */
const SOURCES: Record<string, readonly (readonly [type: string, attribute: string])[]> = {
  LoadBalancer: [["aws_lb", "arn_suffix"]],
  TargetGroup: [["aws_lb_target_group", "arn_suffix"]],
  CertificateArn: [["aws_acm_certificate", "arn"]],
  AutoScalingGroupName: [["aws_autoscaling_group", "name"]],
  DBInstanceIdentifier: [
    ["aws_db_instance", "identifier"],
    ["aws_rds_cluster_instance", "identifier"],
  ],
  DBClusterIdentifier: [["aws_rds_cluster", "cluster_identifier"]],
  NatGatewayId: [["aws_nat_gateway", "id"]],
};

/** Dimensions that no resource has, and what they may be. */
const WORDS: Record<string, (plan: Plan) => readonly string[]> = {
  Role: () => ["WRITER", "READER"],
  Rule: () => ["ALL"],
  Region: () => ["eu-west-1"],
  WebACL: (plan) => of(plan, "aws_wafv2_web_acl").map((acl) => acl.visibility_config[0].metric_name),
  // What hosts are told to call themselves.
  HostGroup: (plan) =>
    of(plan, "aws_launch_template").map(({ user_data }) => {
      const text = gunzipSync(Buffer.from(user_data, "base64")).toString();
      return /"?HostGroup\\?"?:\\?"?([\w-]+)/.exec(agentOf(text))![1]!;
    }),
};

/** The configuration of CloudWatch's agent, which user data has in Base64 or as it is. */
function agentOf(userData: string): string {
  const encoded = [...userData.matchAll(/[A-Za-z0-9+/=]{80,}/g)].map(([text]) =>
    Buffer.from(text, "base64").toString(),
  );
  return [userData, ...encoded].find((text) => text.includes("HostGroup"))!;
}

function of(plan: Plan, type: string): Config[] {
  return plan.resources.filter((one) => one.type === type).map((one) => one.after as Config);
}

/** Every alarm's dimensions that nothing in the plan has. */
function strangers(plan: Plan): string[] {
  return of(plan, "aws_cloudwatch_metric_alarm").flatMap((alarm) => {
    const metrics = [alarm, ...(alarm.metric_query ?? []).flatMap((query: Config) => query.metric ?? [])];
    return metrics.flatMap(({ dimensions }) =>
      Object.entries<string>(dimensions ?? {})
        .filter(([name, value]) => {
          const known =
            WORDS[name]?.(plan) ??
            SOURCES[name]?.flatMap(([type, attribute]) => of(plan, type).map((one) => one[attribute])) ??
            [];
          return !known.includes(value);
        })
        .map(([name, value]) => `${alarm.alarm_name}: ${name} ${value}`),
    );
  });
}

describeWhere(terraformProblem(), "alarms' dimensions", () => {
  jest.setTimeout(60_000);

  const site = (without: readonly string[] = []) => {
    const { stack, ...parts } = testSite({ balancer: { domain } });
    const monitoring = testMonitoring(stack);
    for (const [name, one] of Object.entries<IWatchable>(parts)) {
      if (!without.includes(name)) monitoring.watch<object>(one);
    }
    return stack;
  };
  const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
  const deployed = async (stack: ReturnType<typeof site>) => (await deploy(stack)).plan(stack);

  it("are those of resources that are there, as a plan of what is deployed shows", async () => {
    const plan = await deployed(site());
    expect(of(plan, "aws_cloudwatch_metric_alarm").length).toBeGreaterThan(30);
    expect(strangers(plan)).toEqual([]);
  });

  it("are those of a web ACL's metrics", async () => {
    const stack = testStack();
    testMonitoring(stack).watch(new WebAcl(stack, "WebAcl"));
    const plan = await deployed(stack);
    expect(of(plan, "aws_cloudwatch_metric_alarm")).toHaveLength(1);
    expect(strangers(plan)).toEqual([]);
  });

  it("are those of an Aurora cluster and its instances", async () => {
    const stack = testStack();
    const cluster = new AuroraCluster(stack, "Database", {
      network: testNetwork(stack),
      engine: AuroraEngine.postgres("17"),
      databaseName: "shop",
    });
    testMonitoring(stack).watch(cluster);
    const plan = await deployed(stack);
    expect(of(plan, "aws_cloudwatch_metric_alarm").length).toBeGreaterThan(10);
    expect(strangers(plan)).toEqual([]);
  });

  it("are missed where there is no such thing", async () => {
    const { stack, hosts } = testSite();
    const { alarms } = testMonitoring(stack).watch(hosts);
    alarms["hosts-busy"]!.addOverride("dimensions", { AutoScalingGroupName: "another" });
    const missed = strangers(await deployed(stack));
    expect(missed).toEqual(["shop-Monitoring-Hosts-hosts-busy: AutoScalingGroupName another"]);
  });

  it.each(["balancer", "hosts", "database", "network"] as const)(
    "go with their component, and nothing else does, when nobody watches %s any more",
    async (name) => {
      const plan = await (await deploy(site())).plan(site([name]));
      const { id } = testSite()[name].node;
      const strays = plan.deleted
        .map(({ address }) => address)
        .filter((one) => !one.includes(`.Monitoring_${id}_`));
      expect(plan.deleted.length).toBeGreaterThan(0);
      expect(strays).toEqual([]);
      expect(plan.created).toEqual([]);
      // What shows or sums up all alarms goes on without them.
      const types = ["aws_cloudwatch_composite_alarm", "aws_cloudwatch_dashboard", "terraform_data"];
      expect(plan.updated.filter(({ type }) => !types.includes(type))).toEqual([]);
    },
  );

  it("let AWS delete what the alarm for the whole site was made of: that one is deleted first", async () => {
    const before = site();
    const plan = await (await deploy(before)).plan(site(["balancer"]));
    expect(plan.replaced.map(({ type }) => type)).toEqual(["aws_cloudwatch_composite_alarm"]);
    expect(plan.replaced[0]!.createBeforeDestroy).toBe(false);
    const without = await (await deploy(before)).plan(site(["hosts"]));
    expect(without.replaced).toEqual([]);
  });

  it("follow the writer through a failover, which leaves the alarm for the whole site in place", async () => {
    const pair = (roles: DatabaseRoles) => {
      const { stack, database } = testSite({ database: { roles } });
      testMonitoring(stack).watch(database);
      return stack;
    };
    const roles = initialRoles();
    const failedOver = failOver(roles);
    const plan = await (await deploy(pair(roles))).plan(pair(failedOver));
    const changed = plan.changed.map(({ address }) => address);
    expect(changed.filter((address) => /SiteDown/.test(address))).toEqual([]);
    expect(plan.updated.map(({ address }) => address)).toContainEqual(
      expect.stringContaining("_writer-silent_"),
    );
  });

  it("are planned over the stacks that they are of", async () => {
    const { app, front } = componentsInStacks();
    const monitoring = testMonitoring(testStack("watch", app));
    monitoring.watch(front.node.findChild("Hosts") as never);
    const { watch } = await planEach(app);
    expect(watch!.created.filter(({ type }) => type === "aws_cloudwatch_metric_alarm")).toHaveLength(5);
  });
});
