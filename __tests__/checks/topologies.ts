import {
  AuroraEngine,
  DatabaseEngine,
  DistributedWeb,
  DistributedWebProps,
  HostApplication,
  MachineImage,
} from "../../lib";
import { ZONES, testStack } from "../support/synth";
import { Topology } from "./topology";

const IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4";

/** As in examples/twelve-lines.ts, but for what differs. */
function web(props: Partial<DistributedWebProps>): () => Topology {
  return () => {
    const stack = testStack();
    new DistributedWeb(stack, "Web", {
      availabilityZones: ZONES,
      domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
      application: HostApplication.container(IMAGE, { port: 8080 }),
      database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
      ...props,
    });
    return Topology.of(stack);
  };
}

const INTERNAL = {
  domain: undefined,
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
};

const MADE = {
  /** Nothing but what has no default. */
  default: web({}),
  aurora: web({ database: { engine: AuroraEngine.postgres("17"), databaseName: "shop" } }),
  "aurora-mysql": web({ database: { engine: AuroraEngine.mysql("8.0"), databaseName: "shop" } }),
  mysql: web({ database: { engine: DatabaseEngine.mysql("8.4"), databaseName: "shop" } }),
  mariadb: web({ database: { engine: DatabaseEngine.mariadb("11.4"), databaseName: "shop" } }),
  /** An internal site with a host that sleeps and a maintenance page, which is a Lambda function. */
  "active-passive": web({
    ...INTERNAL,
    hosts: { setup: "activePassive", instanceTypes: ["t3.medium"] },
    loadBalancer: { internal: true, maintenance: { active: true } },
  }),
  /** A public site with everything that can be had. */
  hardened: web({
    network: {
      nat: "none",
      interfaceEndpoints: [
        "ssm",
        "secretsmanager",
        "logs",
        "monitoring",
        "autoscaling",
        "ecr",
        "com.amazonaws.eu-west-1.ec2",
        "com.amazonaws.eu-west-1.ssm-contacts",
        "com.amazonaws.eu-west-1.ssm-incidents",
      ],
    },
    loadBalancer: { accessLogs: { bucketName: "central-logs" } },
    hosts: {
      minHosts: 4,
      reverseProxy: { protocol: "HTTPS" },
      image: MachineImage.ami("ami-0123456789abcdef0"),
    },
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop", port: 6432 },
  }),
};

export type TopologyName = keyof typeof MADE;

export const TOPOLOGIES = Object.keys(MADE) as TopologyName[];

const topologies = new Map<TopologyName, Topology>();

/** A stack as it is synthesized, made once; copy it before changing it. */
export function topology(name: TopologyName): Topology {
  const made = topologies.get(name) ?? MADE[name]();
  topologies.set(name, made);
  return made;
}
