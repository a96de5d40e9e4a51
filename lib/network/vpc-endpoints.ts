import { ITerraformDependable } from "cdktf";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { Firewall, Peer, Port } from "../firewall";
import { nameTag } from "../naming";
import { PropChecks, isKnown } from "../validation";
import { INetwork, NetworkEndpoints } from "./inetwork";

/**
 * What an interface endpoint is wanted for; some need several endpoints.
 *
 * - `ssm`: Session Manager (ssm, ssmmessages, ec2messages)
 * - `secretsmanager`: Secrets Manager
 * - `logs`: CloudWatch Logs
 * - `monitoring`: CloudWatch metrics
 * - `autoscaling`: Auto Scaling, which hosts of an active-passive pair talk to
 * - `ecr`: container images (ecr.api, ecr.dkr; the layers come through the S3 endpoint)
 * - `ec2`: EC2's API
 * - `kms`: keys of KMS, for applications that encrypt by themselves
 * - `sts`: roles that applications take on
 * - `incidents`: Incident Manager (ssm-incidents, ssm-contacts)
 *
 * Any other service is named in full, as in `com.amazonaws.eu-west-1.sqs`.
 */
export type InterfaceEndpointService =
  | "ssm"
  | "secretsmanager"
  | "logs"
  | "monitoring"
  | "autoscaling"
  | "ecr"
  | "ec2"
  | "kms"
  | "sts"
  | "incidents"
  | `${string}.${string}`;

const SERVICES: Readonly<Record<string, readonly string[]>> = {
  ssm: ["ssm", "ssmmessages", "ec2messages"],
  secretsmanager: ["secretsmanager"],
  logs: ["logs"],
  monitoring: ["monitoring"],
  autoscaling: ["autoscaling"],
  ecr: ["ecr.api", "ecr.dkr"],
  ec2: ["ec2"],
  kms: ["kms"],
  sts: ["sts"],
  incidents: ["ssm-incidents", "ssm-contacts"],
};

export interface VpcEndpointsProps {
  readonly network: INetwork;
  readonly routeTableIds: readonly string[];
  readonly interfaceServices: readonly InterfaceEndpointService[];
}

/** Ways to AWS services that do not leave the VPC. */
export class VpcEndpoints extends Construct implements NetworkEndpoints {
  /** Gateway endpoint of S3, free; Amazon Linux's package repositories are reached through it too. */
  public readonly s3: VpcEndpoint;
  /** Interface endpoints, keyed by the last part of the service's name: `ssm`, `ecr.api`. */
  public readonly interfaces: Readonly<Record<string, VpcEndpoint>>;
  /** Firewall of the interface endpoints, where there are any: HTTPS from the VPC. */
  public readonly firewall?: Firewall;

  public constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const names = serviceNames(props.interfaceServices, props.network.region);
    this.s3 = new VpcEndpoint(this, "S3", {
      vpcId: props.network.vpcId,
      serviceName: `com.amazonaws.${props.network.region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [...props.routeTableIds],
      tags: nameTag(this),
    });
    this.firewall = Object.keys(names).length > 0 ? this.createFirewall(props.network) : undefined;
    this.interfaces = Object.fromEntries(
      Object.entries(names).map(([key, name]) => [key, this.createInterface(key, name, props.network)]),
    );
  }

  /** Id of the prefix list with the addresses of S3 in the region. */
  public get s3PrefixListId(): string {
    return this.s3.prefixListId;
  }

  /** What the interface endpoints are for, by the last part of the service's name. */
  public get services(): readonly string[] {
    return Object.keys(this.interfaces);
  }

  public get dependables(): readonly ITerraformDependable[] {
    return [this.s3, ...Object.values(this.interfaces)];
  }

  private createFirewall(network: INetwork): Firewall {
    const firewall = new Firewall(this, "Firewall", {
      network,
      description: "Interface endpoints of AWS services",
    });
    firewall.connections.allowFrom(Peer.ipv4(network.cidrBlock, "vpc"), Port.HTTPS);
    return firewall;
  }

  private createInterface(key: string, serviceName: string, network: INetwork): VpcEndpoint {
    return new VpcEndpoint(this, key, {
      vpcId: network.vpcId,
      serviceName,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: network.applicationSubnets.map((subnet) => subnet.subnetId),
      securityGroupIds: this.firewall!.securityGroupIds,
      tags: { Name: `${nameTag(this).Name}/${key}` },
    });
  }
}

/** Each service is known, and named once. */
export function checkInterfaceServices(
  checks: PropChecks,
  services: readonly InterfaceEndpointService[],
): void {
  const remedy = "Use one of these words, or name the service in full: com.amazonaws.REGION.SERVICE.";
  checks.list("interfaceEndpoints", services, 'As in ["ssm", "logs"].');
  checks.require(services.every(isKnown), {
    prop: "interfaceEndpoints",
    value: services,
    allowed: "names that are known now, since they are part of Terraform addresses",
    remedy: "Write the services out.",
  });
  for (const service of services.filter((one) => !one.includes("."))) {
    checks.oneOf("interfaceEndpoints", service, Object.keys(SERVICES), remedy);
  }
  const keys = services.flatMap(endpointKeys);
  const repeated = keys.find((key, position) => keys.indexOf(key) !== position);
  checks.require(repeated === undefined, {
    prop: "interfaceEndpoints",
    value: services,
    allowed: "each service once, since its private name can belong to one endpoint only",
    remedy: `Remove the second ${repeated}.`,
  });
}

/** Which of some services can't be reached through endpoints; none where it is not known which there are. */
export function missingServices<S extends InterfaceEndpointService>(
  { services }: NetworkEndpoints,
  wanted: readonly S[],
): readonly S[] {
  if (services === undefined) return [];
  return wanted.filter((service) => !endpointKeys(service).every((key) => services.includes(key)));
}

/** Names of the endpoints a service needs: the last part of the full name. */
function endpointKeys(service: InterfaceEndpointService): readonly string[] {
  return SERVICES[service] ?? [service.replace(/^.*amazonaws\.[^.]+\./, "")];
}

function serviceNames(services: readonly InterfaceEndpointService[], region: string): Record<string, string> {
  return Object.fromEntries(
    services.flatMap((service) =>
      endpointKeys(service).map((key) => [
        key,
        service in SERVICES ? `com.amazonaws.${region}.${key}` : service,
      ]),
    ),
  );
}
