import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuroraEngine, DatabaseEngine, DistributedWeb, DistributedWebProps } from "../../lib";
import { ZONES, testStack } from "../support/synth";
import { Topology } from "./topology";

/** The stack of an example, run as a user would. */
function example(file: string): () => Topology {
  return () => {
    const outdir = mkdtempSync(join(tmpdir(), "tandem-checks-"));
    try {
      const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", join("examples", file)], {
        cwd: join(__dirname, "..", ".."),
        encoding: "utf8",
        env: { ...process.env, CDKTF_OUTDIR: outdir },
      });
      if (status !== 0) throw new Error(stderr);
      const [stack] = readdirSync(join(outdir, "stacks"));
      return new Topology(JSON.parse(readFileSync(join(outdir, "stacks", stack!, "cdk.tf.json"), "utf8")));
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  };
}

/** What differs from examples/twelve-lines.ts. */
function web(props: Partial<DistributedWebProps>): () => Topology {
  return () => {
    const stack = testStack();
    new DistributedWeb(stack, "Web", {
      availabilityZones: ZONES,
      domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
      database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
      monitoring: { notify: { emails: ["oncall@example.com"] } },
      ...props,
    });
    return Topology.of(stack);
  };
}

const MADE = {
  default: example("twelve-lines.ts"),
  aurora: web({ database: { engine: AuroraEngine.postgres("17"), databaseName: "shop" } }),
  "aurora-mysql": web({ database: { engine: AuroraEngine.mysql("8.0"), databaseName: "shop" } }),
  mysql: web({ database: { engine: DatabaseEngine.mysql("8.4"), databaseName: "shop" } }),
  mariadb: web({ database: { engine: DatabaseEngine.mariadb("11.4"), databaseName: "shop" } }),
  /** An internal site with a host that sleeps and a maintenance page, which is a Lambda function. */
  "active-passive": web({
    domain: undefined,
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
    hosts: { setup: "activePassive", instanceTypes: ["t3.medium"] },
    loadBalancer: { internal: true, maintenance: { active: true } },
  }),
  /** A public site with everything that can be had. */
  hardened: example("hardened.ts"),
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
