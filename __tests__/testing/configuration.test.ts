import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import {
  Annotations,
  App,
  Aspects,
  Fn,
  LocalBackend,
  S3Backend,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { Configuration, Match } from "../../lib/testing";
import { testApp, testStack } from "../support/synth";

/** A stack with what a function adds to it. */
function configurationWith(add: (stack: TerraformStack) => void): Configuration {
  const stack = testStack();
  add(stack);
  return Configuration.of(stack);
}

const shop = () =>
  configurationWith((stack) => {
    const peer = new DataAwsVpc(stack, "Peer", { id: "vpc-0a" });
    const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: "shop" } });
    new Subnet(stack, "Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    new TerraformOutput(stack, "vpc_id", { value: vpc.id, description: "The network" });
    new TerraformOutput(stack, "peer_id", { value: peer.id, sensitive: true });
    new TerraformVariable(stack, "domain", { type: "string", default: "shop.example.com" });
  });

describe("A configuration", () => {
  it("asserts on resources in Terraform's own words", () => {
    const configuration = shop();
    configuration.resourceCountIs("aws_vpc", 1);
    configuration.hasResource(Vpc, { cidr_block: "10.0.0.0/16", tags: { Name: "shop" } });
    configuration.hasResource("aws_subnet", { vpc_id: "${aws_vpc.Vpc.id}" });
    configuration.hasNoResource("aws_nat_gateway");
    expect(() => configuration.hasResource(Vpc, { cidr_block: "10.1.0.0/16" })).toThrow(
      new Error(
        "stack shop has no aws_vpc with the properties wanted. The only one: aws_vpc.Vpc (shop/Vpc)\n" +
          '  cidr_block: expected "10.1.0.0/16", found "10.0.0.0/16"',
      ),
    );
  });

  it("asserts on data sources apart from resources", () => {
    const configuration = shop();
    configuration.dataSources.hasResource("aws_vpc", { id: "vpc-0a" });
    expect(configuration.dataSources.onlyResource(Vpc)).toMatchObject({
      address: "data.aws_vpc.Peer",
      constructPath: "shop/Peer",
    });
    expect(() => configuration.dataSources.hasResource("aws_subnet")).toThrow("stack shop has no aws_subnet");
  });

  it("asserts on outputs", () => {
    const configuration = shop();
    configuration.hasOutput("vpc_id");
    configuration.hasOutput("vpc_id", { value: "${aws_vpc.Vpc.id}", sensitive: Match.absent() });
    expect(() => configuration.hasOutput("peer_id", { sensitive: false })).toThrow(
      new Error("output peer_id of stack shop isn't as wanted:\n  sensitive: expected false, found true"),
    );
    expect(() => configuration.hasOutput("vpc")).toThrow(
      new Error("stack shop has no output vpc. It has: peer_id, vpc_id."),
    );
  });

  it("asserts on variables", () => {
    const configuration = shop();
    configuration.hasVariable("domain", { type: "string", default: Match.stringLikeRegexp("^shop") });
    expect(() => configuration.hasVariable("domain", { type: "number" })).toThrow(
      "variable domain of stack shop",
    );
    expect(() => configuration.hasVariable("zone")).toThrow(
      new Error("stack shop has no variable zone. It has: domain."),
    );
  });

  it("asserts on providers, of which one has to match", () => {
    const configuration = configurationWith((stack) => {
      new AwsProvider(stack, "frankfurt", { alias: "frankfurt", region: "eu-central-1" });
    });
    configuration.hasProvider("aws");
    configuration.hasProvider("aws", { region: "eu-west-1", alias: Match.absent() });
    configuration.hasProvider("aws", { region: "eu-central-1", alias: "frankfurt" });
    expect(() => configuration.hasProvider("aws", { region: "us-east-1" })).toThrow(
      "provider aws of stack shop",
    );
    expect(() => configuration.hasProvider("random")).toThrow(
      new Error("stack shop has no provider random. It has: aws."),
    );
  });

  it("has nothing to say of what isn't there", () => {
    const stack = new TerraformStack(testApp(), "empty");
    expect(() => Configuration.of(stack).hasOutput("id")).toThrow(
      "stack empty has no output id. It has: none.",
    );
    Configuration.of(stack).resourceCountIs("aws_vpc", 0);
  });

  it("is of an app with one stack, and of no other", () => {
    const app = testApp();
    const stack = testStack("shop", app);
    expect(String(Configuration.of(app))).toBe(String(Configuration.of(stack)));
    testStack("office", app);
    expect(() => Configuration.of(app)).toThrow("The app has 2 stacks (shop, office).");
  });

  it("has what its stack's neighbours read", () => {
    const app = testApp();
    const network = testStack("network", app);
    const { id } = new Vpc(network, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const office = testStack("office", app);
    new Subnet(office, "Subnet", { vpcId: id, cidrBlock: "10.0.0.0/24" });
    Configuration.of(network).hasOutput("cross-stack-output-aws_vpcVpcid", { value: "${aws_vpc.Vpc.id}" });
    Configuration.of(office).dataSources.resourceCountIs("terraform_remote_state", 1);
  });
});

describe("Its synthesis", () => {
  it("runs aspects", () => {
    const configuration = configurationWith((stack) => {
      new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
      Aspects.of(stack).add({
        visit: (node) => {
          if (node instanceof Vpc) node.tags = { Team: "shop" };
        },
      });
    });
    configuration.hasResource(Vpc, { tags: { Team: "shop" } });
  });

  it("runs validations, and throws what they say", () => {
    expect(() =>
      configurationWith((stack) => {
        const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
        vpc.node.addValidation({ validate: () => ["needs two zones"] });
      }),
    ).toThrow(/\[shop\/Vpc\] needs two zones/);
  });

  it("throws errors that constructs are annotated with, but no warnings", () => {
    const annotated = (annotate: (annotations: Annotations) => void) => () =>
      configurationWith((stack) =>
        annotate(Annotations.of(new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" }))),
      );
    expect(annotated((one) => one.addError("needs two zones"))).toThrow(/\[shop\/Vpc\] needs two zones/);
    expect(annotated((one) => one.addWarning("has one zone"))).not.toThrow();
  });

  it("can be repeated, and sees what was added since", () => {
    const stack = testStack();
    Configuration.of(stack).resourceCountIs(Vpc, 0);
    new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
    Configuration.of(stack).resourceCountIs(Vpc, 1);
  });

  it("leaves no files behind", () => {
    const folder = mkdtempSync(join(tmpdir(), "configuration-test-"));
    const { TMPDIR } = process.env;
    process.env.TMPDIR = folder;
    try {
      const stack = testStack("shop", new App({ outdir: join(folder, "out") }));
      const before = readdirSync(folder, { recursive: true });
      Configuration.of(stack);
      expect(readdirSync(folder, { recursive: true })).toEqual(before);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(folder, { recursive: true });
    }
  });
});

describe("Its text, for snapshots,", () => {
  it("has everything in the order of names, without CDKTF's notes", () => {
    expect(shop()).toMatchInlineSnapshot(`
     {
       "data": {
         "aws_vpc": {
           "Peer": {
             "id": "vpc-0a"
           }
         }
       },
       "output": {
         "peer_id": {
           "sensitive": true,
           "value": "\${data.aws_vpc.Peer.id}"
         },
         "vpc_id": {
           "description": "The network",
           "value": "\${aws_vpc.Vpc.id}"
         }
       },
       "provider": {
         "aws": [
           {
             "region": "eu-west-1"
           }
         ]
       },
       "resource": {
         "aws_subnet": {
           "Subnet": {
             "cidr_block": "10.0.0.0/24",
             "vpc_id": "\${aws_vpc.Vpc.id}"
           }
         },
         "aws_vpc": {
           "Vpc": {
             "cidr_block": "10.0.0.0/16",
             "tags": {
               "Name": "shop"
             }
           }
         }
       },
       "terraform": {
         "required_providers": {
           "aws": {
             "source": "aws"
           }
         }
       },
       "variable": {
         "domain": {
           "default": "shop.example.com",
           "type": "string"
         }
       }
     }
    `);
  });

  it("is what inspect shows", () => {
    expect(inspect(shop())).toBe(String(shop()));
  });

  it("doesn't depend on the order in which constructs are made", () => {
    const vpcs = (...ids: string[]) =>
      configurationWith((stack) => {
        for (const id of ids) new Vpc(stack, id, { cidrBlock: "10.0.0.0/16" });
      });
    expect(String(vpcs("A", "B"))).toBe(String(vpcs("B", "A")));
  });

  it("has no local state, no versions and no absolute paths", () => {
    const text = String(
      configurationWith((stack) => {
        new LocalBackend(stack, { path: join(process.cwd(), "terraform.tfstate") });
        stack.addOverride("terraform.required_version", ">= 1.11.0");
        new TerraformOutput(stack, "script", { value: Fn.file(join(process.cwd(), "install.sh")) });
      }),
    );
    expect(text).toContain("./install.sh");
    for (const absent of [process.cwd(), "tfstate", "required_version", '"version"', "1.11"]) {
      expect(text).not.toContain(absent);
    }
  });

  it("names a backend that is somewhere else", () => {
    const configuration = configurationWith((stack) => {
      new S3Backend(stack, { bucket: "states", key: "shop" });
    });
    expect(JSON.parse(String(configuration)).terraform.backend).toEqual({
      s3: { bucket: "states", key: "shop" },
    });
  });

  const database = (password: string) =>
    JSON.parse(
      String(
        configurationWith((stack) => {
          new TerraformVariable(stack, "password", { type: "string", sensitive: true });
          new DbInstance(stack, "Database", {
            instanceClass: "db.t4g.micro",
            password,
            passwordWo: password,
          });
          new ElasticacheReplicationGroup(stack, "Cache", {
            description: "sessions",
            replicationGroupId: "sessions",
            authToken: password,
          });
        }),
      ),
    ).resource;

  it.each([
    ["a literal", "hunter2"],
    ["part of an expression", '${join("", ["hunter", var.password])}'],
    ["beside a reference", "hunter2-${var.password}"],
  ])("masks a secret that is %s", (_, password) => {
    expect(database(password)).toMatchObject({
      aws_db_instance: { Database: { password: "(sensitive value)", password_wo: "(sensitive value)" } },
      aws_elasticache_replication_group: {
        Cache: { auth_token: "(sensitive value)", description: "sessions" },
      },
    });
  });

  it("shows where a secret comes from", () => {
    expect(database("${var.password}").aws_db_instance.Database).toMatchObject({
      password: "${var.password}",
      password_wo: "${var.password}",
    });
  });

  it("masks nothing in the JSON that assertions are made on", () => {
    const configuration = configurationWith((stack) => {
      new DbInstance(stack, "Database", { instanceClass: "db.t4g.micro", password: "hunter2" });
    });
    configuration.hasResource(DbInstance, { password: "hunter2" });
  });
});
