import { TerraformVariable } from "cdktf";
import { LoadBalancer, ScalingOptions, TargetGroup, WebHosts, WebHostsProps } from "../../lib";
import { Config, reference, synth, testNetwork, testStack } from "../support/synth";
import { webHosts } from "./hosts";

function policies(scaling: ScalingOptions): Record<string, Config> {
  const { made, tf } = webHosts({ scaling });
  const json = tf();
  return Object.fromEntries(
    Object.entries(made.scaling!.policies).map(([id, policy]) => [id, json.of(policy)]),
  );
}

function group(props: Partial<WebHostsProps>): Config {
  const { made, tf } = webHosts(props);
  return tf().of(made.autoScalingGroup);
}

describe("scaling", () => {
  it("aims at 60 percent of CPU by default", () => {
    expect(policies({})).toEqual({
      Cpu: expect.objectContaining({
        policy_type: "TargetTrackingScaling",
        target_tracking_configuration: {
          disable_scale_in: false,
          predefined_metric_specification: { predefined_metric_type: "ASGAverageCPUUtilization" },
          target_value: 60,
        },
      }),
    });
    expect(policies({ cpuUtilization: 40 }).Cpu!.target_tracking_configuration.target_value).toBe(40);
    expect(policies({ cpuUtilization: false })).toEqual({});
  });

  it("aims at metrics of the user's own in place of CPU, or beside it", () => {
    const metrics = {
      backlog: {
        namespace: "Shop",
        metricName: "JobsPerHost",
        targetValue: 10,
        dimensions: { Queue: "mail" },
      },
    };
    const own = policies({ metrics, disableScaleIn: true });
    expect(Object.keys(own)).toEqual(["Metric-backlog"]);
    expect(own["Metric-backlog"]!.target_tracking_configuration).toEqual({
      target_value: 10,
      disable_scale_in: true,
      customized_metric_specification: {
        namespace: "Shop",
        metric_name: "JobsPerHost",
        statistic: "Average",
        metric_dimension: [{ name: "Queue", value: "mail" }],
      },
    });
    expect(Object.keys(policies({ metrics, cpuUtilization: 50 }))).toEqual(["Cpu", "Metric-backlog"]);
  });

  it("aims at requests for each host once a balancer sends some", () => {
    const { made, stack, network } = webHosts({
      scaling: { requestsPerHost: 1000, predictive: { metric: "requestsPerHost", targetValue: 900 } },
    });
    expect(made.node.validate()).toEqual([
      expect.stringContaining("scaling.requestsPerHost needs a balancer"),
    ]);
    const balancer = new LoadBalancer(stack, "LoadBalancer", { network, plainHttp: true });
    balancer.forwardTo(made);
    expect(made.node.validate()).toEqual([]);
    const json = synth(stack);
    const arn = (resource: Parameters<typeof reference>[0]) => reference(resource, "arn_suffix");
    const label = `${arn(balancer.loadBalancer)}/${arn(balancer.targetGroup!.targetGroup)}`;
    const tracking = json.of(made.scaling!.policies["RequestsPerHost-LoadBalancer-Targets"]!);
    expect(tracking).toMatchObject({
      target_tracking_configuration: {
        target_value: 1000,
        predefined_metric_specification: {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label: label,
        },
      },
      // AWS wants to see requests sent to the target group first.
      depends_on: [`aws_lb_listener.${balancer.listener.friendlyUniqueId}`],
    });
    const predictive = json.of(made.scaling!.policies["Predictive-LoadBalancer-Targets"]!);
    expect(predictive.predictive_scaling_configuration.metric_specification).toEqual({
      target_value: 900,
      predefined_metric_pair_specification: {
        predefined_metric_type: "ALBRequestCount",
        resource_label: label,
      },
    });
  });

  it("counts the requests of each of several target groups", () => {
    const { made, stack } = webHosts({ scaling: { requestsPerHost: 1000 } });
    for (const id of ["One", "Two"]) {
      const targets = new TargetGroup(stack, id, { network: { vpcId: "vpc-0123" }, port: made.port });
      made.attachToTargetGroup(targets.targetGroup, { loadBalancerArnSuffix: "app/web/1" });
    }
    expect(Object.keys(made.scaling!.policies)).toEqual(["RequestsPerHost-One", "RequestsPerHost-Two"]);
    expect(synth(stack).only("aws_autoscaling_group").target_group_arns).toHaveLength(2);
  });

  it("forecasts load on request, and only shows the forecast until told to act on it", () => {
    const shown = policies({ predictive: { targetValue: 50 } });
    expect(shown.Predictive).toMatchObject({
      policy_type: "PredictiveScaling",
      predictive_scaling_configuration: {
        mode: "ForecastOnly",
        scheduling_buffer_time: "300",
        max_capacity_breach_behavior: "HonorMaxCapacity",
        metric_specification: {
          target_value: 50,
          predefined_metric_pair_specification: { predefined_metric_type: "ASGCPUUtilization" },
        },
      },
    });
    const acting = policies({
      predictive: { targetValue: 50, mode: "ForecastAndScale", maxCapacityBuffer: 20 },
    });
    expect(acting.Predictive!.predictive_scaling_configuration).toMatchObject({
      mode: "ForecastAndScale",
      max_capacity_breach_behavior: "IncreaseMaxCapacity",
      max_capacity_buffer: "20",
    });
  });

  it("follows schedules, and leaves what they don't say as it is", () => {
    const { made, tf } = webHosts({
      maxHosts: 8,
      scaling: {
        schedules: {
          morning: { desiredHosts: 6, recurrence: "0 7 * * 1-5", timeZone: "Europe/Dublin" },
          night: { minHosts: 0, maxHosts: 0, desiredHosts: 0, recurrence: "0 22 * * *" },
          sale: { minHosts: 10, maxHosts: 20, startTime: "2027-11-26T00:00:00Z" },
        },
      },
    });
    const json = tf();
    const of = (name: string) => json.of(made.scaling!.schedules[name]!);
    expect(of("morning")).toMatchObject({
      scheduled_action_name: "morning",
      min_size: -1,
      max_size: -1,
      desired_capacity: 6,
      recurrence: "0 7 * * 1-5",
      time_zone: "Europe/Dublin",
    });
    expect(of("night")).toMatchObject({
      min_size: 0,
      max_size: 0,
      desired_capacity: 0,
      time_zone: "Etc/UTC",
    });
    expect(of("sale")).toMatchObject({ min_size: 10, max_size: 20, start_time: "2027-11-26T00:00:00Z" });
    expect(of("sale").time_zone).toBeUndefined();
  });
});

describe("types of hosts", () => {
  it("are two of one size, so that hosts start although AWS is out of one", () => {
    const { mixed_instances_policy } = group({});
    expect(mixed_instances_policy.launch_template.override).toEqual([
      { instance_type: "t3.small" },
      { instance_type: "t3a.small" },
    ]);
    expect(mixed_instances_policy.instances_distribution).toMatchObject({
      on_demand_allocation_strategy: "prioritized",
      on_demand_percentage_above_base_capacity: 100,
    });
  });

  it("are no mixture where there is only one", () => {
    const one = group({ instanceTypes: ["m7i.large"] });
    expect(one.mixed_instances_policy).toBeUndefined();
    expect(one.launch_template).toBeDefined();
  });

  it("are spot instances for a share above the least number of hosts", () => {
    const spot = group({ spotShare: 70, minHosts: 3 });
    expect(spot.mixed_instances_policy.instances_distribution).toEqual({
      on_demand_allocation_strategy: "prioritized",
      on_demand_base_capacity: 3,
      on_demand_percentage_above_base_capacity: 30,
      spot_allocation_strategy: "price-capacity-optimized",
    });
    expect(spot.capacity_rebalance).toBe(true);
    const allSpot = group({ spotShare: 100, onDemandBase: 0, instanceTypes: ["m7i.large"] });
    expect(allSpot.mixed_instances_policy.instances_distribution).toMatchObject({
      on_demand_base_capacity: 0,
      on_demand_percentage_above_base_capacity: 0,
    });
  });

  it("may be known only after deploy, like all numbers", () => {
    const stack = testStack();
    const number = (name: string) => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    const text = new TerraformVariable(stack, "type", { type: "string" }).stringValue;
    const hosts = new WebHosts(stack, "Hosts", {
      network: testNetwork(stack),
      instanceTypes: [text],
      spotShare: number("spot"),
      maxLifetime: number("days"),
      scaling: {
        cpuUtilization: number("cpu"),
        predictive: { targetValue: number("aim"), bufferTime: number("buffer") },
      },
      rollingReplacement: { instanceWarmup: number("warmup") },
      reverseProxy: { port: number("port"), maxBodySize: number("body") },
    });
    const json = synth(stack);
    expect(json.of(hosts.autoScalingGroup)).toMatchObject({
      max_instance_lifetime: "${(var.days * 86400)}",
      instance_refresh: { preferences: { instance_warmup: "${var.warmup}" } },
      mixed_instances_policy: {
        instances_distribution: { on_demand_percentage_above_base_capacity: "${(100 - var.spot)}" },
      },
    });
    expect(json.of(hosts.scaling!.policies.Predictive!).predictive_scaling_configuration).toMatchObject({
      scheduling_buffer_time: "${var.buffer}",
    });
  });
});
