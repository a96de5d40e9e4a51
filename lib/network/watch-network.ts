import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { IConstruct } from "constructs";
import { Metric, ThresholdRanges, WatchedItems, Watchlist, logsIn } from "../monitoring";
import { FlowLogs } from "./flow-logs";

/** When a network's way to the internet counts as unwell. */
export interface NetworkThresholds {
  /**
   * How often a minute a NAT gateway may have no port left for a connection. It has about 55,000 for each address and
   * port at the other end.
   *
   * @default 0
   */
  readonly natPortErrors?: number | false;

  /**
   * How many packets a minute a NAT gateway may drop.
   *
   * @default 100, for ten minutes
   */
  readonly natDroppedPackets?: number | false;
}

const A_MINUTE = { min: 0, max: 1_000_000_000, unit: "a minute" };

const NETWORK_THRESHOLDS: ThresholdRanges<NetworkThresholds> = {
  natPortErrors: A_MINUTE,
  natDroppedPackets: A_MINUTE,
};

export interface WatchedNetwork {
  readonly region: string;
  /** By the zone that each stands in. */
  readonly natGateways: Readonly<Record<string, NatGateway>>;
  readonly flowLogs?: FlowLogs;
}

/** What tells whether hosts reach the internet. */
export function watchNetwork(owner: IConstruct, network: WatchedNetwork): Watchlist<NetworkThresholds> {
  const { region, natGateways, flowLogs } = network;
  const watchlist = new Watchlist<NetworkThresholds>(owner, {
    tier: "network",
    region,
    thresholds: NETWORK_THRESHOLDS,
  });
  for (const [zone, gateway] of Object.entries(natGateways)) watchlist.add(...watchNat(zone, gateway.id));
  if (flowLogs) watchlist.add({ logs: logsIn(flowLogs.logGroup, "Flow logs of the VPC", region) });
  return watchlist;
}

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html */
function watchNat(zone: string, NatGatewayId: string): WatchedItems<NetworkThresholds>[] {
  const nat = (metricName: string): Metric => ({
    namespace: "AWS/NATGateway",
    metricName,
    statistic: "Sum",
    dimensions: { NatGatewayId },
  });
  return [
    {
      alarm: {
        kind: "nat-ports-exhausted",
        key: zone,
        meaning: "A NAT gateway has no port left for further connections: hosts do not reach the internet.",
        severity: "critical",
        metric: nat("ErrorPortAllocation"),
        alarmWhen: "above",
        threshold: { name: "natPortErrors", default: 0 },
        periods: 1,
        missingData: "good",
      },
      chart: {
        title: `${zone}: NAT gateway`,
        unit: "bytes a minute",
        lines: [
          { label: "out", metric: nat("BytesOutToDestination") },
          { label: "back in", metric: nat("BytesInFromDestination") },
          { label: "without a port", metric: nat("ErrorPortAllocation"), right: true },
          { label: "dropped packets", metric: nat("PacketsDropCount"), right: true },
        ],
      },
    },
    {
      alarm: {
        kind: "nat-drops-packets",
        key: zone,
        meaning: "A NAT gateway drops packets: connections of hosts to the internet are slow, or fail.",
        severity: "warning",
        metric: nat("PacketsDropCount"),
        alarmWhen: "above",
        threshold: { name: "natDroppedPackets", default: 100 },
        periods: 10,
        missingData: "good",
      },
    },
  ];
}
