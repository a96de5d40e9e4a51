import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import { Connections, Peer, Port } from "../firewall";
import { INetwork } from "../network";
import { ofSameStack } from "../network/inetwork";
import { missingServices } from "../network/vpc-endpoints";
import { PropChecks, isKnown } from "../validation";
import { registryRegion } from "./applications/container";
import { ReadProps } from "./read-props";
import { HostEgress, WebHostsProps } from "./web-hosts-props";

/** What hosts need of AWS, in the words of `interfaceEndpoints`. */
type Service = "ssm" | "logs" | "monitoring" | "ecr" | "autoscaling" | "secretsmanager";

/** Where nothing is said, hosts reach what the network does; of one whose endpoints are not known, everything. */
export function egressOf({ egress, network }: WebHostsProps): HostEgress {
  if (egress !== undefined) return egress;
  const { reachesInternet, endpoints, ipv6 } = network;
  if (reachesInternet !== false || endpoints === undefined) return "internet";
  return ipv6 && endpoints.firewall === undefined ? "internet" : "endpoints";
}

export function checkEgress(checks: PropChecks, props: WebHostsProps, read: ReadProps): void {
  const words = ["internet", "endpoints"];
  checks.oneOf("egress", props.egress, words, "Leave it out for what the network has a way to.");
  const { network } = props;
  const isEndpoints = egressOf(props) === "endpoints";
  checks.require(!read.image.facts?.usesApt || (network.reachesInternet !== false && !isEndpoints), {
    prop: "image",
    value: read.image.distribution,
    allowed: "amazon-linux-2023 for hosts without a way out, whose packages come through the S3 endpoint",
    remedy: `Use MachineImage.amazonLinux2023(), or give the network NAT${props.egress === "endpoints" ? " and leave egress out" : ""}.`,
  });
  if (!isEndpoints) return;
  checkEndpoints(checks, props, read);
  const { containerImage } = read.application;
  const region = isKnown(containerImage) ? registryRegion(containerImage) : undefined;
  const isHere = region !== undefined && (!isKnown(network.region) || region === network.region);
  checks.require(!isKnown(containerImage) || isHere, {
    prop: "application.image",
    value: containerImage,
    allowed: `an image from ECR in ${isKnown(network.region) ? network.region : "the same region"}, as hosts reach no other registry`,
    remedy:
      'Copy the image there; where the network has NAT or another way out, egress: "internet" does without.',
  });
}

function checkEndpoints(checks: PropChecks, props: WebHostsProps, read: ReadProps): void {
  const { endpoints } = props.network;
  const missing = missingServices(endpoints ?? {}, neededServices(props, read, false));
  checks.require(missing.length === 0, {
    prop: "network.interfaceEndpoints",
    value: endpoints?.services,
    allowed: `endpoints for all that hosts talk to, also for ${missing.join(", ")}`,
    remedy: remedyFor(missing),
  });
  checks.require(endpoints?.firewall !== undefined && endpoints.s3PrefixListId !== undefined, {
    prop: "egress",
    value: props.egress,
    allowed: "endpoints only in a network whose endpoints are known",
    remedy:
      "Name those of a network that exists: Network.fromAttributes(…, { endpointSecurityGroupIds, s3PrefixListId }).",
  });
}

/** What is wrong when all is said: hosts that can't reach a service would wait for it in silence. */
export function missingEndpoints(props: WebHostsProps, read: ReadProps, usesDatabase: boolean): string[] {
  if (egressOf(props) !== "endpoints") return [];
  const missing = missingServices(props.network.endpoints ?? {}, neededServices(props, read, usesDatabase));
  if (missing.length === 0) return [];
  return [`The hosts reach no endpoint of ${missing.join(", ")}, and nothing else. ${remedyFor(missing)}`];
}

function remedyFor(missing: readonly Service[]): string {
  const words = missing.map((word) => `"${word}"`).join(", ");
  return (
    `Add them to the network, interfaceEndpoints: [${words}]; where it has NAT or another way out, ` +
    'egress: "internet" does without.'
  );
}

function neededServices(
  { logs, metrics, setup }: WebHostsProps,
  { application }: ReadProps,
  usesDatabase: boolean,
): readonly Service[] {
  const needed: readonly (Service | false)[] = [
    "ssm",
    logs !== false && "logs",
    metrics !== false && "monitoring",
    application.pullsFromEcr && "ecr",
    setup === "activePassive" && "autoscaling",
    usesDatabase && "secretsmanager",
  ];
  return needed.filter((service) => service !== false);
}

/** Lets hosts out: to AWS's services, and to registries and package repositories where they reach them. */
export function letOut(connections: Connections, props: WebHostsProps, read: ReadProps): void {
  const { network } = props;
  if (needsRulesForEndpoints(props)) {
    const { firewall, s3PrefixListId } = network.endpoints ?? {};
    if (firewall !== undefined) connections.allowTo(firewall, Port.HTTPS);
    if (s3PrefixListId !== undefined) connections.allowTo(Peer.prefixList(s3PrefixListId, "s3"), Port.HTTPS);
  }
  if (egressOf(props) === "endpoints") return;
  const everyone = isIpv6Only(network) ? Peer.ANY_IPV6 : Peer.anywhere(network);
  connections.allowTo(everyone, Port.HTTPS);
  // Debian's and Ubuntu's archives are signed, and served over HTTP.
  if (read.image.facts.usesApt) connections.allowTo(everyone, Port.HTTP);
}

/** Endpoints that hosts can't do without, for `dependsOn`. */
export function endpointsBefore(scope: IConstruct, props: WebHostsProps): ITerraformDependable[] {
  if (!needsRulesForEndpoints(props)) return [];
  return ofSameStack(scope, props.network.endpoints?.dependables ?? []);
}

/** Whether no rule for all of IPv4 covers them. */
function needsRulesForEndpoints(props: WebHostsProps): boolean {
  return egressOf(props) === "endpoints" || isIpv6Only(props.network);
}

function isIpv6Only({ reachesInternet, ipv6, endpoints }: INetwork): boolean {
  return reachesInternet === false && ipv6 && endpoints !== undefined;
}
