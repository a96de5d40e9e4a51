import { HostApplication, LoadBalancer, MachineImage, TargetGroup, WebHostsProps } from "../../lib";
import { reference, synth, testDatabase } from "../support/synth";
import { userData, webHosts } from "./hosts";

function activePassive(props: Partial<WebHostsProps> = {}) {
  const setup = webHosts({ setup: "activePassive", ...props });
  const balancer = new LoadBalancer(setup.stack, "LoadBalancer", {
    network: setup.network,
    plainHttp: true,
  });
  balancer.forwardTo(setup.made);
  return { ...setup, balancer };
}

describe("active-passive", () => {
  it("has one host in service, and one stopped in a warm pool", () => {
    const { made, tf } = activePassive();
    expect(tf().of(made.autoScalingGroup)).toMatchObject({
      min_size: 1,
      max_size: 2,
      warm_pool: {
        pool_state: "Stopped",
        // With a least size of its own AWS would start a third host in a failover.
        min_size: 0,
        max_group_prepared_capacity: 2,
        instance_reuse_policy: { reuse_on_scale_in: true },
      },
      launch_template: { version: reference(made.launchTemplate, "latest_version") },
      health_check_type: "ELB",
    });
    expect(tf().of(made.autoScalingGroup).mixed_instances_policy).toBeUndefined();
    expect(tf().of(made.launchTemplate).instance_type).toBe("t3.small");
    expect(made.scaling).toBeUndefined();
  });

  it("raises the group to two when no host is healthy, so that it draws on its pool", () => {
    const { made, balancer, tf } = activePassive();
    const json = tf();
    const policies = json.resources("aws_autoscaling_policy");
    const alarm = json.of(made.failover!.activeHostLost);
    expect(alarm).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      evaluation_periods: 1,
      treat_missing_data: "breaching",
      metric_query: [
        {
          id: "healthy",
          metric: {
            namespace: "AWS/ApplicationELB",
            metric_name: "HealthyHostCount",
            stat: "Maximum",
            period: 60,
            dimensions: {
              LoadBalancer: reference(balancer.loadBalancer, "arn_suffix"),
              TargetGroup: reference(balancer.targetGroup!.targetGroup, "arn_suffix"),
            },
          },
        },
        // A step needs a number, also when no host is left that could be counted.
        { id: "filled", expression: "FILL(healthy, 0)", return_data: true },
      ],
    });
    expect(alarm.alarm_actions).toHaveLength(1);
    const name = /aws_autoscaling_policy\.(\w+)\.arn/.exec(alarm.alarm_actions[0])![1]!;
    expect(policies[name]).toMatchObject({
      policy_type: "StepScaling",
      adjustment_type: "ExactCapacity",
      step_adjustment: [{ scaling_adjustment: 2, metric_interval_upper_bound: "0" }],
    });
  });

  it("puts a host back to sleep once two have been healthy for a while", () => {
    const { made, tf } = activePassive({ passiveHost: { sleepAfter: 30 } });
    const json = tf();
    const alarm = json.of(made.failover!.twoHostsHealthy);
    expect(alarm).toMatchObject({
      metric_query: [{ id: "healthy", return_data: true, metric: { stat: "Minimum" } }],
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 2,
      evaluation_periods: 30,
      treat_missing_data: "notBreaching",
    });
    const name = /aws_autoscaling_policy\.(\w+)\.arn/.exec(alarm.alarm_actions[0])![1]!;
    expect(json.resources("aws_autoscaling_policy")[name]).toMatchObject({
      step_adjustment: [{ scaling_adjustment: 1, metric_interval_lower_bound: "0" }],
    });
  });

  it("holds a host back until its application is healthy, and goes on without its word in the end", () => {
    const { made, tf } = activePassive();
    const json = tf();
    const hook = json.of(made.readyHook!);
    expect(hook).toMatchObject({
      name: "ready",
      lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      heartbeat_timeout: 300,
      default_result: "CONTINUE",
    });
    const group = json.of(made.autoScalingGroup);
    expect(group.wait_for_capacity_timeout).toBe("15m");
    expect(hook).toMatchObject(group.initial_lifecycle_hook[0]);
    // A change of the first hook would replace the group.
    expect(group.lifecycle.ignore_changes).toEqual(["initial_lifecycle_hook"]);
    const { files } = userData(made);
    expect(files["/usr/local/lib/tandem/tell-ready"].content).toMatch(
      /until curl .* "\$1".*complete-lifecycle-action.*--lifecycle-hook-name ready/s,
    );
    const unit = files["/etc/systemd/system/tell-ready.service"].content;
    expect(unit).toContain("ExecStart=/usr/local/lib/tandem/tell-ready http://127.0.0.1:9080/health\n");
    expect(unit).toContain("WantedBy=multi-user.target\nWantedBy=hibernate.target");
  });

  it("looks for a new secret before the host says that it is ready, as one may have been rotated meanwhile", () => {
    const { stack, network, made } = activePassive();
    made.useDatabase(testDatabase(stack, network));
    expect(userData(made).files["/etc/systemd/system/tell-ready.service"].content).toContain(
      "ExecStartPre=-/usr/bin/systemctl start database-secret.service\n",
    );
  });

  it("asks for the application's own page where there is no nginx, whatever is in its path", () => {
    const application = HostApplication.bakedImage({ port: 80, healthCheckPath: "/up?a=1&b=$(x)%20" });
    const image = MachineImage.ami("ami-0123456789abcdef0");
    const { made } = activePassive({ image, application });
    expect(userData(made).files["/etc/systemd/system/tell-ready.service"].content).toContain(
      'tell-ready "http://127.0.0.1:80/up?a=1&b=$$(x)%%20"\n',
    );
  });

  it("lets hosts answer the hooks of their own groups only", () => {
    const { tf } = activePassive();
    const policies = Object.values(tf().resources("aws_iam_role_policy")).map((one) =>
      JSON.parse(one.policy),
    );
    expect(policies.flatMap((policy) => policy.Statement)).toContainEqual({
      Effect: "Allow",
      Action: "autoscaling:CompleteLifecycleAction",
      Resource: expect.stringMatching(/:autoScalingGroup:\*:autoScalingGroupName\/shop-Hosts-\*$/),
    });
  });

  it("hibernates on request", () => {
    const { made, tf } = activePassive({ passiveHost: { hibernate: true } });
    expect(tf().of(made.autoScalingGroup).warm_pool.pool_state).toBe("Hibernated");
    expect(tf().of(made.launchTemplate).hibernation_options).toEqual({ configured: true });
    const own = MachineImage.ami("ami-0123456789abcdef0", { distribution: "ubuntu-24.04" });
    const application = HostApplication.bakedImage({ port: 80, service: "shop.service" });
    expect(() => activePassive({ image: own, application, passiveHost: { hibernate: true } })).not.toThrow();
  });

  it("watches the first of several target groups", () => {
    const { made, stack } = activePassive();
    const second = new TargetGroup(stack, "Second", { network: { vpcId: "vpc-0123" }, port: made.port });
    made.attachToTargetGroup(second.targetGroup, { loadBalancerArnSuffix: "app/web/1" });
    expect(synth(stack).count("aws_cloudwatch_metric_alarm")).toBe(2);
  });

  it("can't do without a balancer, which knows whether the active host is healthy", () => {
    const { stack, made } = webHosts({ setup: "activePassive" });
    expect(made.node.validate()).toEqual([
      expect.stringContaining('setup: "activePassive" needs a balancer before the hosts'),
    ]);
    const group = new TargetGroup(stack, "Group", { network: { vpcId: "vpc-0123" }, port: made.port });
    made.attachToTargetGroup(group.targetGroup);
    expect(made.node.validate()).toHaveLength(1);
    made.attachToTargetGroup(group.targetGroup, { loadBalancerArnSuffix: "app/web/1" });
    expect(made.node.validate()).toEqual([]);
  });
});
