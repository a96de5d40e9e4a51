import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { IConstruct } from "constructs";
import { Watchlist, logsIn } from "../../monitoring";
import { isKnown } from "../../validation";
import { MonitoringRole, monitoringLogs } from "../instance-monitoring";
import { maxConnections, memoryOfClass } from "../max-connections";
import { DatabaseRoles } from "../roles";
import { slotOf } from "../roles/node-name";
import {
  DATABASE_THRESHOLDS,
  DatabaseThresholds,
  allEvents,
  databaseEvents,
  watchInstance,
  watchReplica,
  watchTransactionIds,
} from "../watching";
import { DatabasePairProps } from "./database-pair-props";
import { instanceClassOf } from "./instance-config";
import { Placement } from "./placement";
import { Storage } from "./storage";

/**
 * Of allocatedStorage. RDS begins to enlarge storage at a tenth that is left: where it may, nobody is called before
 * that was not enough.
 */
const STORAGE_LEFT = { fixed: 0.1, growing: 0.05 };

export interface WatchedPair {
  readonly props: DatabasePairProps;
  readonly storage: Storage;
  readonly roles: DatabaseRoles;
  readonly instances: Readonly<Record<string, DbInstance>>;
  /** By instance and log, as in `a1-postgresql`. */
  readonly logGroups: Readonly<Record<string, CloudwatchLogGroup>>;
  readonly monitoringRole?: MonitoringRole;
  readonly placementOf: (node: string) => Placement;
}

/** What tells whether a pair is well: its primary and its replicas, not what is retired. */
export function watchPair(owner: IConstruct, pair: WatchedPair): Watchlist<DatabaseThresholds> {
  const { props, storage, placementOf } = pair;
  const watchlist = new Watchlist<DatabaseThresholds>(owner, {
    tier: "database",
    region: props.network.region,
    thresholds: DATABASE_THRESHOLDS,
  });
  const { primary, replicas } = pair.roles;
  for (const { node } of [primary, ...replicas]) {
    const { identifier } = pair.instances[node]!;
    const place = placeOf(placementOf(node));
    const memory = memoryOfClass(instanceClassOf(props, props.slots?.[slotOf(node)]));
    const { name } = props.engine;
    watchlist.add(
      ...watchInstance({
        key: node,
        identifier,
        memory,
        maxConnections: maxConnections(name, memory, props.parameters),
        storage: { metricName: "FreeStorageSpace", free: storageLeft(storage) },
        isWriter: node === primary.node,
        place,
      }),
      ...(node === primary.node ? [] : watchReplica(node, identifier, place)),
    );
  }
  if (props.engine.name === "postgres") {
    const { identifier } = pair.instances[primary.node]!;
    watchlist.add(
      watchTransactionIds({ DBInstanceIdentifier: identifier }, placeOf(placementOf(primary.node))),
    );
  }
  watchlist.add(...events(pair), ...logs(pair), ...monitoringLogs(pair.monitoringRole, props.network.region));
  return watchlist;
}

function events({ roles, instances, placementOf }: WatchedPair) {
  const placements = new Map<Placement, string[]>();
  for (const { node } of [roles.primary, ...roles.replicas]) {
    const placement = placementOf(node);
    placements.set(placement, [...(placements.get(placement) ?? []), node]);
  }
  return [...placements].flatMap(([placement, nodes]) => {
    const suffix = placement.provider ? `-${slotOf(nodes[0]!)}` : "";
    const identifiers = nodes.map((node) => instances[node]!.identifier);
    return [
      databaseEvents(`InstanceEvents${suffix}`, "db-instance", identifiers, placeOf(placement)),
      databaseEvents(
        `ParameterEvents${suffix}`,
        "db-parameter-group",
        [placement.parameterGroup.name],
        placeOf(placement),
      ),
      allEvents(`SecurityGroupEvents${suffix}`, "db-security-group", placeOf(placement)),
    ];
  });
}

function logs({ logGroups, placementOf }: WatchedPair) {
  return Object.entries(logGroups).map(([key, group]) => {
    const [node = ""] = key.split("-");
    return { logs: logsIn(group, `Database ${key}`, placementOf(node).network.region) };
  });
}

function placeOf({ provider, network }: Placement) {
  return provider && { provider, region: network.region };
}

function storageLeft({ allocatedStorage, maxAllocatedStorage }: Storage): number | undefined {
  if (!isKnown(allocatedStorage)) return undefined;
  return allocatedStorage * (maxAllocatedStorage === undefined ? STORAGE_LEFT.fixed : STORAGE_LEFT.growing);
}
