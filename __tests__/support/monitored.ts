import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformStack } from "cdktf";
import {
  DatabasePairProps,
  IWatchable,
  LoadBalancerProps,
  Monitoring,
  MonitoringOptions,
  WebHosts,
} from "../../lib";
import { testBalancer } from "./balancer";
import { Config, Synthesized, synth, testDatabase, testNetwork, testStack } from "./synth";

export const NOTIFY = { emails: ["oncall@example.com"] };

/** A site of single components that nobody watches yet. */
export function testSite(
  props: { balancer?: Partial<LoadBalancerProps>; database?: Partial<DatabasePairProps> } = {},
  stack = testStack(),
) {
  const network = testNetwork(stack);
  const { balancer } = testBalancer({ network, ...props.balancer }, stack);
  const hosts = new WebHosts(stack, "Hosts", { network });
  balancer.forwardTo(hosts);
  const database = testDatabase(stack, network, props.database);
  return { stack, network, balancer, hosts, database };
}

/** Monitoring that somebody hears of. */
export function testMonitoring(stack: TerraformStack, options: MonitoringOptions = {}): Monitoring {
  return new Monitoring(stack, "Monitoring", { notify: NOTIFY, ...options });
}

/** What a component's alarms are, by kind and key. */
export function alarmsOf(
  json: Synthesized,
  alarms: Readonly<Record<string, CloudwatchMetricAlarm>>,
): Record<string, Config> {
  return Object.fromEntries(Object.entries(alarms).map(([id, alarm]) => [id, json.of(alarm)]));
}

/** Monitoring of one component. */
export function watching<T extends object>(component: IWatchable<T>, stack: TerraformStack, thresholds?: T) {
  const monitoring = testMonitoring(stack);
  const { alarms } = monitoring.watch(component, thresholds);
  return { monitoring, alarms: () => alarmsOf(synth(stack), alarms) };
}
