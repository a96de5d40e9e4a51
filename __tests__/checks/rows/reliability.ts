import { CheckRow } from "../check-row";
import { remove, set, unset } from "../mutations";
import { Resource, Topology, block, blocks, names } from "../topology";
import { zonesOf } from "../zones";

const GROUP = "aws_autoscaling_group";

function addresses(cidr: string): number {
  return 2 ** (32 - Number(cidr.split("/")[1]));
}

/** Zones of the subnets that a route is for. */
function zonesOfRoute(route: Resource, topology: Topology): string[] {
  const tables = topology.namedIn(route.config.route_table_id, "aws_route_table");
  const associations = tables.flatMap((table) => topology.naming(table, "aws_route_table_association"));
  return zonesOf(
    associations.map(({ config }) => config.subnet_id),
    topology,
  );
}

export const RELIABILITY: readonly CheckRow[] = [
  {
    ids: ["REL02-BP03"],
    demands: "half of a VPC's addresses or more are free for further zones and subnets",
    metBy: "network.cidrBlock and network.subnetCidrs",
    on: ["aws_vpc"],
    passes: (vpc, topology) => {
      const taken = topology
        .naming(vpc, "aws_subnet")
        .reduce((sum, { config }) => sum + addresses(config.cidr_block), 0);
      return taken <= addresses(vpc.config.cidr_block) / 2;
    },
    breaks: set("aws_vpc", "cidr_block", "10.0.0.0/19"),
  },
  {
    ids: ["REL10-BP01"],
    demands: "balancer, hosts and databases stand in two zones or more",
    metBy: "availabilityZones",
    on: ["aws_lb", GROUP, "aws_db_subnet_group"],
    passes: ({ config }, topology) =>
      zonesOf([config.subnets, config.vpc_zone_identifier, config.subnet_ids], topology).length >= 2,
    breaks: set("aws_subnet", "availability_zone", "eu-west-1a"),
  },
  {
    ids: ["REL07-BP01"],
    demands: "hosts come and go with the load",
    metBy: "hosts.scaling",
    on: [GROUP],
    passes: (group, topology) =>
      group.config.max_size > group.config.min_size &&
      topology
        .naming(group, "aws_autoscaling_policy")
        .some(({ config }) => config.policy_type === "TargetTrackingScaling"),
    breaks: [remove("aws_autoscaling_policy"), set(GROUP, "max_size", 2)],
  },
  {
    ids: ["REL08-BP04"],
    demands: "hosts are replaced, not changed",
    metBy: "hosts.rollingReplacement",
    on: [GROUP],
    passes: (group, topology) =>
      blocks(group.config.instance_refresh).length > 0 &&
      topology
        .namedIn(group.config, "aws_launch_template")
        .some(({ address }) => JSON.stringify(group.config).includes(`${address}.latest_version`)),
    breaks: [
      unset(GROUP, "instance_refresh"),
      set(GROUP, "mixed_instances_policy.launch_template.launch_template_specification.version", "$Latest"),
    ],
  },
  {
    ids: ["REL08-BP05"],
    demands: "a replacement that fails is taken back by itself",
    metBy: "hosts.image: MachineImage.ami, an image that is named by its id",
    on: [GROUP],
    passes: ({ config }) => block(block(config.instance_refresh).preferences).auto_rollback === true,
    mends: set(GROUP, "instance_refresh.preferences.auto_rollback", true),
    breaks: set(GROUP, "instance_refresh.preferences.auto_rollback", false),
  },
  {
    ids: ["REL11-BP04"],
    demands: "traffic leaves a zone that is ill without a change of configuration",
    metBy: "loadBalancer.zonalShift",
    on: ["aws_lb"],
    passes: ({ config }) => config.enable_zonal_shift === true,
    breaks: set("aws_lb", "enable_zonal_shift", false),
  },
  {
    ids: ["REL11-BP05"],
    demands: "no zone needs another one: each has its way out, and a host that works already",
    metBy: "network.nat and hosts.minHosts",
    on: [GROUP, "aws_nat_gateway"],
    passes: (part, topology) => {
      if (part.type === GROUP) {
        return part.config.min_size >= zonesOf(part.config.vpc_zone_identifier, topology).length;
      }
      const home = zonesOf(part.config.subnet_id, topology);
      const routes = topology.all("aws_route").filter(({ config }) => names(config, part));
      return routes.every((route) => zonesOfRoute(route, topology).every((zone) => home.includes(zone)));
    },
    breaks: [
      set(GROUP, "min_size", 1),
      // All NAT in one zone.
      (topology) => {
        const [first] = topology.all("aws_nat_gateway");
        set("aws_nat_gateway", "subnet_id", first?.config.subnet_id)(topology);
      },
    ],
  },
];
