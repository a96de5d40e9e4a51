import { DataAwsAvailabilityZones } from "@cdktf/provider-aws/lib/data-aws-availability-zones";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentConfig,
} from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc, type VpcConfig } from "@cdktf/provider-aws/lib/vpc";
import {
  App,
  DataResource,
  Fn,
  TerraformCount,
  TerraformHclModule,
  TerraformIterator,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { inspect } from "node:util";
import { type Plan, deploy, plan, planEach } from "../../lib/testing";
import { testApp, testStack } from "../support/synth";

jest.setTimeout(60_000);

/** A stack with what a function adds to it. */
function stackWith(add: (stack: TerraformStack) => void, app: App = testApp()): TerraformStack {
  const stack = testStack("shop", app);
  add(stack);
  return stack;
}

/** A stack whose providers are configured like this, each under its alias. */
function stackWithProviders(...configs: AwsProviderConfig[]): [TerraformStack, ...AwsProvider[]] {
  const stack = new TerraformStack(testApp(), "shop");
  return [stack, ...configs.map((config, index) => new AwsProvider(stack, `aws${index}`, config))];
}

function vpc(config: Partial<VpcConfig> = {}): TerraformStack {
  return stackWith((stack) => new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", ...config }));
}

/** What will be at an address. */
function after(planned: Plan, address: string): Record<string, any> {
  return planned.resource(address).after!;
}

/** Everything that could be read of a value, by whoever prints it. */
function everythingIn(value: unknown): string {
  return [String(value), inspect(value, { depth: null }), JSON.stringify(value)].join("\n");
}

describe("Tags", () => {
  it("of a resource are joined with the provider's default tags, and win", async () => {
    const [stack] = stackWithProviders({
      region: "eu-west-1",
      defaultTags: [{ tags: { Team: "shop", Stage: "test" } }],
    });
    new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Stage: "live", Name: "main" } });
    new SecurityGroup(stack, "Web", {});
    const planned = await plan(stack);
    expect(after(planned, "aws_vpc.Vpc")).toMatchObject({
      tags: { Stage: "live", Name: "main" },
      tags_all: { Team: "shop", Stage: "live", Name: "main" },
    });
    expect(after(planned, "aws_security_group.Web").tags_all).toEqual({ Team: "shop", Stage: "test" });
  });

  it("that the provider adds later update every resource in place", async () => {
    const tagged = (tags: Record<string, string>) => {
      const [stack] = stackWithProviders({ region: "eu-west-1", defaultTags: [{ tags }] });
      new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
      return stack;
    };
    expect(await plan(tagged({ Team: "shop" }), tagged({ Team: "shop", Stage: "test" })))
      .toMatchInlineSnapshot(`
     ~   aws_vpc.Vpc
           + tags_all.Stage = "test"

     Plan: 0 to add, 1 to change, 0 to destroy.
    `);
  });
});

describe("Providers", () => {
  it("of two aliases give their resources their own region and default tags", async () => {
    const [stack, , frankfurt] = stackWithProviders(
      { region: "eu-west-1", defaultTags: [{ tags: { From: "Ireland" } }] },
      { alias: "frankfurt", region: "eu-central-1", defaultTags: [{ tags: { From: "Frankfurt" } }] },
    );
    new Vpc(stack, "Here", { cidrBlock: "10.0.0.0/16" });
    new Vpc(stack, "There", { cidrBlock: "10.1.0.0/16", provider: frankfurt });
    new DataAwsRegion(stack, "Region", { provider: frankfurt });
    new TerraformOutput(stack, "region", { value: "${data.aws_region.Region.region}" });
    const planned = await plan(stack);
    expect(after(planned, "aws_vpc.Here")).toMatchObject({
      region: "eu-west-1",
      tags_all: { From: "Ireland" },
    });
    expect(after(planned, "aws_vpc.There")).toMatchObject({
      region: "eu-central-1",
      tags_all: { From: "Frankfurt" },
    });
    planned.hasOutput("region", "eu-central-1");
  });

  it("have a region of their own for resources that name another", async () => {
    const planned = await plan(vpc({ region: "eu-north-1" }));
    expect(after(planned, "aws_vpc.Vpc").region).toBe("eu-north-1");
  });

  it("replace a resource whose region changes", async () => {
    const moved = await plan(vpc(), vpc({ region: "eu-north-1" }));
    expect(moved.resource("aws_vpc.Vpc")).toMatchObject({ action: "replace", replacedBecause: ["region"] });
    expect(await plan(vpc(), vpc({ region: "eu-west-1" }))).toChangeNothing();
  });
});

describe("Data sources", () => {
  let planned: Plan;
  beforeAll(async () => {
    planned = await plan(
      stackWith((stack) => {
        const show = (id: string, value: any) => new TerraformOutput(stack, id, { value });
        const identity = new DataAwsCallerIdentity(stack, "Identity");
        show("account", identity.accountId);
        show("caller", identity.arn);
        show("region", new DataAwsRegion(stack, "Region").region);
        show("other_region", new DataAwsRegion(stack, "OtherRegion", { region: "us-east-1" }).region);
        const partition = new DataAwsPartition(stack, "Partition");
        show("partition", [partition.partition, partition.dnsSuffix, partition.reverseDnsPrefix]);
        show("zones", new DataAwsAvailabilityZones(stack, "Zones").names);
        const some = new DataAwsAvailabilityZones(stack, "SomeZones", { excludeNames: ["eu-west-1b"] });
        show("some_zones", some.names);
        const parameter = new DataAwsSsmParameter(stack, "Image", { name: "/aws/service/image" });
        show("parameter", parameter.insecureValue);
        show("parameter_arn", parameter.arn);
        const peer = new DataAwsVpc(stack, "Peer", { id: "vpc-0a" });
        show("peer", [peer.id, peer.cidrBlock, peer.arn]);
      }),
    );
  });
  const output = (name: string) => planned.outputs[name]!.after;

  it("say who calls, in an account of AWS's documentation", () => {
    expect(output("account")).toBe("123456789012");
    expect(output("caller")).toBe("arn:aws:iam::123456789012:user/offline");
  });

  it("know the provider's region, and one that they are asked for", () => {
    expect([output("region"), output("other_region")]).toEqual(["eu-west-1", "us-east-1"]);
  });

  it("know the partition", () => {
    expect(output("partition")).toEqual(["aws", "amazonaws.com", "com.amazonaws"]);
  });

  it("have three availability zones of the region, without those that are excluded", () => {
    expect(output("zones")).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(output("some_zones")).toEqual(["eu-west-1a", "eu-west-1c"]);
  });

  it("have a value for every parameter", () => {
    expect(output("parameter")).toBe("offline-parameter");
    expect(output("parameter_arn")).toBe("arn:aws:ssm:eu-west-1:123456789012:parameter/aws/service/image");
  });

  it("that nobody knows answers of keep their arguments and get made-up values", () => {
    const [id, cidrBlock, arn] = output("peer") as string[];
    expect(id).toBe("vpc-0a");
    expect(cidrBlock).toEqual(expect.any(String));
    expect(arn).toMatch(/^arn:aws:offline:eu-west-1:123456789012:vpc\/[0-9a-f]{17}$/);
  });

  it("have blocks of addresses that functions take", () => {
    expect((output("peer") as string[])[1]).toMatch(/^[\d.]+\/\d+$/);
  });
});

describe("Policy documents", () => {
  const DOCUMENTS: Record<string, DataAwsIamPolicyDocumentConfig> = {
    single: {
      statement: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
    },
    several: {
      policyId: "shop",
      statement: [
        {
          sid: "Read",
          effect: "Deny",
          notActions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          notResources: ["arn:aws:s3:::a", "arn:aws:s3:::b/&{aws:username}"],
        },
      ],
    },
    principals: {
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [
            { type: "Service", identifiers: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
            { type: "AWS", identifiers: ["123456789012"] },
          ],
        },
        { actions: ["s3:ListBucket"], principals: [{ type: "*", identifiers: ["*"] }] },
        { actions: ["s3:ListBucket"], notPrincipals: [{ type: "AWS", identifiers: ["*"] }] },
      ],
    },
    conditions: {
      statement: [
        {
          actions: ["s3:*"],
          condition: [
            { test: "StringLike", variable: "s3:prefix", values: ["home/", "home/&{aws:username}/"] },
            { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
          ],
        },
      ],
    },
  };
  const condition = (test: string, variable: string, value = "a") => ({ test, variable, values: [value] });
  const SORTED: Record<string, DataAwsIamPolicyDocumentConfig> = {
    sorted: {
      statement: [
        {
          principals: ["Service", "Federated", "CanonicalUser", "AWS"].map((type, index) => ({
            type,
            identifiers: [String(index)],
          })),
          condition: [
            condition("StringLike", "s3:prefix"),
            condition("StringLike", "s3:prefix", "b"),
            condition("StringEquals", "aws:SourceVpce", "1"),
            condition("StringEquals", "aws:SourceAccount", "2"),
            condition("StringEquals", "aws:SourceVpc", "3"),
            condition("Bool", "aws:SecureTransport"),
            condition("ArnLike", "aws:SourceArn"),
          ],
        },
      ],
    },
  };
  const json = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const MERGED: Record<string, DataAwsIamPolicyDocumentConfig> = {
    merged: {
      sourcePolicyDocuments: [json({ Sid: "First", Effect: "Allow", Action: "s3:*", Resource: "*" })],
      statement: [{ sid: "Second", actions: ["ec2:*"], resources: ["*"] }],
      overridePolicyDocuments: [json({ Effect: "Deny", Action: "iam:*", Resource: "*" })],
    },
    overridden: {
      statement: [
        { sid: "First", actions: ["s3:*"], resources: ["*"] },
        { sid: "Second", actions: ["ec2:*"], resources: ["*"] },
      ],
      overridePolicyDocuments: [json({ Sid: "First", Effect: "Deny", Action: "s3:*", Resource: "*" })],
    },
    overriding: {
      sourcePolicyDocuments: [json({ Sid: "First", Effect: "Allow", Action: "s3:*", Resource: "*" })],
      statement: [{ sid: "First", actions: ["ec2:*"], resources: ["*"] }],
    },
  };
  let planned: Plan;
  beforeAll(async () => {
    planned = await plan(
      stackWith((stack) => {
        for (const [id, config] of Object.entries({ ...DOCUMENTS, ...SORTED, ...MERGED })) {
          new TerraformOutput(stack, id, {
            value: new DataAwsIamPolicyDocument(stack, `Doc-${id}`, config).json,
          });
        }
        const { minifiedJson } = new DataAwsIamPolicyDocument(stack, "Minified", DOCUMENTS.single);
        new TerraformOutput(stack, "minified", { value: minifiedJson });
      }),
    );
  });
  const document = (name: string) => planned.outputs[name]!.after as string;
  const statements = (name: string) => JSON.parse(document(name)).Statement;

  it("allow, have the newest version and write one action as a text", () => {
    expect(document("single")).toMatchInlineSnapshot(`
     "{
       "Version": "2012-10-17",
       "Statement": [
         {
           "Effect": "Allow",
           "Action": "s3:GetObject",
           "Resource": "arn:aws:s3:::shop/*"
         }
       ]
     }"
    `);
  });

  it("are there without white space too", () => {
    expect(document("minified")).toBe(JSON.stringify(JSON.parse(document("single"))));
  });

  it("write several actions in reverse order, and policy variables as AWS does", () => {
    expect(document("several")).toMatchInlineSnapshot(`
     "{
       "Version": "2012-10-17",
       "Id": "shop",
       "Statement": [
         {
           "Sid": "Read",
           "Effect": "Deny",
           "NotAction": [
             "s3:PutObject",
             "s3:GetObject",
             "s3:DeleteObject"
           ],
           "NotResource": [
             "arn:aws:s3:::b/\${aws:username}",
             "arn:aws:s3:::a"
           ]
         }
       ]
     }"
    `);
  });

  it("write principals by their type, and everybody as a star", () => {
    expect(statements("principals")).toEqual([
      expect.objectContaining({
        Principal: { AWS: "123456789012", Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
      }),
      expect.objectContaining({ Principal: "*" }),
      expect.objectContaining({ NotPrincipal: { AWS: "*" } }),
    ]);
  });

  it("write conditions by test and variable, with their values in the order given", () => {
    expect(statements("conditions")[0].Condition).toEqual({
      Bool: { "aws:SecureTransport": "true" },
      StringLike: { "s3:prefix": ["home/", "home/${aws:username}/"] },
    });
  });

  it("sort types of principals, and tests and variables of conditions", () => {
    const [{ Principal: principals, Condition: conditions }] = statements("sorted");
    expect(Object.keys(principals)).toEqual(["AWS", "CanonicalUser", "Federated", "Service"]);
    expect(Object.keys(conditions)).toEqual(["ArnLike", "Bool", "StringEquals", "StringLike"]);
    expect(Object.keys(conditions.StringEquals)).toEqual([
      "aws:SourceAccount",
      "aws:SourceVpc",
      "aws:SourceVpce",
    ]);
  });

  it("join the values of one condition that is given twice", () => {
    const { StringLike } = statements("sorted")[0].Condition;
    expect(StringLike).toEqual({ "s3:prefix": expect.arrayContaining(["a", "b"]) });
  });

  it("begin with the statements of their sources, and end with those that override", () => {
    expect(statements("merged").map((one: any) => one.Action)).toEqual(["s3:*", "ec2:*", "iam:*"]);
  });

  it("replace a statement by one that overrides it, in its place", () => {
    expect(statements("overridden")).toEqual([
      { Sid: "First", Effect: "Deny", Action: "s3:*", Resource: "*" },
      { Sid: "Second", Effect: "Allow", Action: "ec2:*", Resource: "*" },
    ]);
  });

  it("replace a source's statement by their own of the same Sid", () => {
    expect(statements("overriding")).toEqual([
      { Sid: "First", Effect: "Allow", Action: "ec2:*", Resource: "*" },
    ]);
  });
});

describe("Secrets", () => {
  const SECRET = "hunter2-correct-horse";
  const EPHEMERAL = "ephemeral.aws_secretsmanager_secret_version.Password";

  /** A database whose password a secret hands on, both write-only. */
  function handedOn(condition = `\${can(jsondecode(${EPHEMERAL}.secret_string).password)}`): TerraformStack {
    return stackWith((stack) => {
      const secret = new SecretsmanagerSecret(stack, "Secret", { namePrefix: "shop-" });
      const version = new SecretsmanagerSecretVersion(stack, "Version", {
        secretId: secret.id,
        secretStringWo: Fn.jsonencode({ password: SECRET }),
        secretStringWoVersion: 1,
      });
      stack.addOverride(EPHEMERAL, { secret_id: version.secretId });
      const database = new DbInstance(stack, "Database", {
        instanceClass: "db.t4g.micro",
        passwordWo: `\${jsondecode(${EPHEMERAL}.secret_string).password}`,
        passwordWoVersion: 1,
        lifecycle: { precondition: [{ condition, errorMessage: "Another password." }] },
      });
      new TerraformOutput(stack, "endpoint", { value: database.endpoint });
      new TerraformOutput(stack, "secret", { value: secret.arn });
    });
  }

  it("are read back by an ephemeral resource as they were written", async () => {
    const reads = (password: string) =>
      handedOn(`\${jsondecode(${EPHEMERAL}.secret_string).password == "${password}"}`);
    await expect(deploy(reads(SECRET))).resolves.toBeDefined();
    await expect(deploy(reads("hunter3"))).rejects.toThrow("Another password.");
  });

  it("that are handed on are read again, and change nothing", async () => {
    expect(await plan(handedOn(), handedOn())).toChangeNothing();
  });

  it("that are write-only are nowhere in a plan or a deployment", async () => {
    const deployed = await deploy(handedOn());
    const [first, second] = [await plan(handedOn()), await deployed.plan(handedOn())];
    for (const shown of [deployed, first, second]) expect(everythingIn(shown)).not.toContain(SECRET);
    expect(after(first, "aws_db_instance.Database").password_wo ?? null).toBeNull();
  });

  const database = (password: string, authToken = "token-token-token") =>
    stackWith((stack) => {
      new DbInstance(stack, "Database", { instanceClass: "db.t4g.micro", password });
      new ElasticacheReplicationGroup(stack, "Cache", {
        description: "c",
        replicationGroupId: "c",
        authToken,
      });
    });

  it("are masked in what will be, in what is, and in a printed plan", async () => {
    const changed = await plan(database("hunter2-old"), database("hunter2-new"));
    expect(changed.resource("aws_db_instance.Database")).toMatchObject({
      action: "update",
      before: { password: "(sensitive value)" },
      after: { password: "(sensitive value)" },
    });
    expect(everythingIn(changed)).not.toMatch(/hunter2/);
  });

  it("that change are listed as changes", async () => {
    const changed = await plan(database("hunter2-old"), database("hunter2-new"));
    expect(changed.resource("aws_db_instance.Database").changes.map(({ path }) => path)).toEqual([
      "password",
    ]);
  });

  it("of a type that was not measured are known by their names", async () => {
    expect(after(await plan(database("hunter2")), "aws_elasticache_replication_group.Cache").auth_token).toBe(
      "(sensitive value)",
    );
  });

  it("in the form of a variable are masked where they are used", async () => {
    const stack = stackWith((one) => {
      const name = new TerraformVariable(one, "name", { type: "string", sensitive: true });
      new SecurityGroup(one, "Web", { description: name.stringValue });
    });
    const planned = await plan(stack, { variables: { name: SECRET } });
    expect(after(planned, "aws_security_group.Web").description).toBe("(sensitive value)");
    expect(everythingIn(planned)).not.toContain(SECRET);
  });
});

describe("Made-up values", () => {
  const twins = (...ids: string[]) =>
    stackWith((stack) => {
      for (const id of ids) {
        const group = new SecurityGroup(stack, id, { namePrefix: "web-" });
        new TerraformOutput(stack, `${id}_id`, { value: group.id });
        new TerraformOutput(stack, `${id}_name`, { value: group.name });
      }
    });

  it("tell resources with the same configuration apart", async () => {
    const { outputs } = await deploy(twins("a", "b"));
    expect(outputs.a_id).not.toBe(outputs.b_id);
  });

  it("tell a resource from one with the same configuration that was there before", async () => {
    const { outputs } = await (await deploy(twins("a"))).deploy(twins("a", "b"));
    expect(outputs.a_id).not.toBe(outputs.b_id);
  });

  it("of twins are the same in another run", async () => {
    const zones = ["a", "b", "c", "d", "e", "f"];
    const runs: object[] = [];
    for (let run = 0; run < 3; run += 1) {
      await jest.isolateModulesAsync(async () => {
        const another = jest.requireActual<{ deploy: typeof deploy }>("../../lib/testing");
        runs.push((await another.deploy(twins(...zones))).outputs);
      });
    }
    expect(runs.slice(1)).toEqual([runs[0], runs[0]]);
  });

  it("look like AWS's own", async () => {
    const { outputs } = await deploy(twins("a"));
    expect(outputs.a_id).toMatch(/^sg-[0-9a-f]{17}$/);
  });

  it("begin with the prefix that a name was given", async () => {
    const { outputs } = await deploy(twins("a"));
    expect(outputs.a_name).toMatch(/^web-[0-9a-f]{17}$/);
  });

  it("are the same in another run", async () => {
    const { outputs } = await deploy(twins("a"));
    await jest.isolateModulesAsync(async () => {
      const another = jest.requireActual<{ deploy: typeof deploy }>("../../lib/testing");
      expect(another.deploy).not.toBe(deploy);
      expect((await another.deploy(twins("a"))).outputs).toEqual(outputs);
    });
  });
});

describe("Addresses", () => {
  it("are found by the construct that makes a resource", async () => {
    const stack = testStack();
    const main = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
    expect((await plan(stack)).resource(main).address).toBe("aws_vpc.Vpc");
  });

  const counted = (count: number) =>
    stackWith((stack) => {
      new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16", count: TerraformCount.of(count) });
      new Subnet(stack, "Subnet", {
        forEach: TerraformIterator.fromList(["b", "a"]),
        vpcId: "vpc-0a",
        cidrBlock: "10.0.0.0/24",
      });
    });

  it("of resources with a count or with keys name each instance", async () => {
    const deployed = await deploy(counted(2));
    expect(deployed.addresses).toEqual([
      'aws_subnet.Subnet["a"]',
      'aws_subnet.Subnet["b"]',
      "aws_vpc.Vpc[0]",
      "aws_vpc.Vpc[1]",
    ]);
    const fewer = await deployed.plan(counted(1));
    expect(fewer.deleted.map(({ address }) => address)).toEqual(["aws_vpc.Vpc[1]"]);
  });

  it("of instances are listed for whoever asks for all of them", async () => {
    const planned = await plan(counted(2));
    expect(() => planned.resource("aws_vpc.Vpc")).toThrow(
      "plan of shop has no aws_vpc.Vpc. Name one of its instances: aws_vpc.Vpc[0], aws_vpc.Vpc[1].",
    );
  });

  it("that change move the resource, and replace nothing", async () => {
    const renamed = stackWith((stack) => {
      new Vpc(stack, "Main", { cidrBlock: "10.0.0.0/16" }).moveFromId("aws_vpc.Vpc");
    });
    const planned = await plan(vpc(), renamed);
    expect(planned).toMatchInlineSnapshot(`
     =   aws_vpc.Main  # moved from aws_vpc.Vpc

     Plan: 0 to add, 0 to change, 0 to destroy.
    `);
    expect(planned).toReplaceNothing();
    expect(planned.isEmpty).toBe(false);
  });

  it("that change are printed in line with all others", async () => {
    const renamed = stackWith((stack) => {
      new Vpc(stack, "Main", { cidrBlock: "10.0.0.0/16" }).moveFromId("aws_vpc.Vpc");
    });
    expect(String(await plan(vpc(), renamed))).toMatch(/^= {3}aws_vpc.Main/);
  });

  it("that are removed from the configuration can leave the resource where it is", async () => {
    const removed = stackWith((stack) => {
      stack.addOverride("removed", [{ from: "aws_vpc.Vpc", lifecycle: { destroy: false } }]);
    });
    const planned = await plan(vpc(), removed);
    expect(planned).toMatchInlineSnapshot(`
     .   aws_vpc.Vpc

     Plan: 0 to add, 0 to change, 0 to destroy, 1 to forget.
    `);
    expect(planned).not.toDestroyNothing();
  });

  it("can be given to what exists by an import", async () => {
    const imported = stackWith((stack) => {
      new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" }).importFrom("vpc-0a");
    });
    const planned = await plan(imported);
    expect(planned.resource("aws_vpc.Vpc").importedId).toBe("vpc-0a");
    expect(String(planned)).toContain('aws_vpc.Vpc  # imported from "vpc-0a"');
    expect(String(planned)).toContain("Plan: 1 to import");
  });

  it("can be given by an import without a replacement", async () => {
    const imported = stackWith((stack) => {
      new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" }).importFrom("vpc-0a");
    });
    expect(await plan(imported)).toReplaceNothing();
  });
});

describe("A plan", () => {
  it("has Terraform's own resource", async () => {
    const data = (input: string) =>
      stackWith((stack) => new DataResource(stack, "Data", { input: { version: input } as never }));
    expect(await plan(data("1"), data("2"))).toMatchInlineSnapshot(`
     ~   terraform_data.Data
           ~ input.version = "1" -> "2"
           ~ output = (known after apply)

     Plan: 0 to add, 1 to change, 0 to destroy.
    `);
  });

  it("never runs provisioners", async () => {
    const folder = mkdtempSync(join(tmpdir(), "provisioner-test-"));
    const trace = join(folder, "trace");
    try {
      await deploy(vpc({ provisioners: [{ type: "local-exec", command: `touch ${trace}` }] }));
      expect(existsSync(trace)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("takes values of variables, of any type", async () => {
    const stack = () =>
      stackWith((one) => {
        const zones = new TerraformVariable(one, "zones", { type: "list(string)", default: ["a"] });
        const cidr = new TerraformVariable(one, "cidr", { type: "string" });
        new Vpc(one, "Vpc", { cidrBlock: cidr.stringValue, tags: { Zones: Fn.join(",", zones.listValue) } });
      });
    const variables = { cidr: "10.1.0.0/16", zones: ["b", "c"] };
    const planned = await plan(stack(), { variables });
    expect(after(planned, "aws_vpc.Vpc")).toMatchObject({
      cidr_block: "10.1.0.0/16",
      tags: { Zones: "b,c" },
    });
    expect(await plan(stack(), stack(), { variables })).toChangeNothing();
  });

  it("refuses a value of a variable that the stack doesn't have", async () => {
    await expect(plan(vpc(), { variables: { cdir: "10.1.0.0/16" } })).rejects.toThrow("cdir");
  });

  it("tells what Terraform warns of", async () => {
    const stack = vpc();
    const condition = '${aws_vpc.Vpc.cidr_block == "10.1.0.0/16"}';
    stack.addOverride("check.network", { assert: [{ condition, error_message: "Another network." }] });
    expect((await plan(stack)).warnings).toEqual([
      {
        summary: "Check block assertion failed",
        detail: "Another network.",
        places: [{ address: "check.network", constructPath: undefined }],
        argument: "assert[0].condition",
      },
    ]);
  });

  it("leaves nothing behind in the project's folder", async () => {
    await plan(vpc());
    expect(existsSync(".terraform")).toBe(false);
    expect(existsSync("terraform.tfstate")).toBe(false);
  });

  it("of a stack that reads another's outputs deploys that one first", async () => {
    const app = testApp();
    const network = testStack("network", app);
    const { id } = new Vpc(network, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const shop = testStack("shop", app);
    new Subnet(shop, "Subnet", { vpcId: id, cidrBlock: "10.0.0.0/24" });
    const planned = await plan(shop);
    expect(after(planned, "aws_subnet.Subnet").vpc_id).toMatch(/^vpc-[0-9a-f]{17}$/);
    const plans = await planEach(app);
    expect(Object.keys(plans)).toEqual(["network", "shop"]);
    expect(String(plans.shop)).toBe(String(planned));
    expect(plans.network!.created.map(({ address }) => address)).toEqual(["aws_vpc.Vpc"]);
  });

  it("has the resources of a local module", async () => {
    const folder = mkdtempSync(join(tmpdir(), "module-test-"));
    const source = relative(process.cwd(), folder);
    const main = [
      'variable "cidr" {}',
      'resource "aws_vpc" "main" { cidr_block = var.cidr }',
      'output "id" { value = aws_vpc.main.id }',
    ];
    try {
      writeFileSync(join(folder, "main.tf"), main.join("\n"));
      const stack = stackWith(
        (one) => {
          const variables = { cidr: "10.0.0.0/16" };
          const module = new TerraformHclModule(one, "Network", { source, variables });
          new Subnet(one, "Subnet", { vpcId: module.getString("id"), cidrBlock: "10.0.0.0/24" });
        },
        testApp({ cdktfRelativeModules: [source] }),
      );
      expect((await deploy(stack)).addresses).toEqual(["aws_subnet.Subnet", "module.Network.aws_vpc.main"]);
      expect(await plan(stack, stack)).toChangeNothing();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("makes unknown what AWS counts up when a launch template changes", async () => {
    const template = (imageId: string) =>
      stackWith((stack) => {
        const { latestVersion } = new LaunchTemplate(stack, "Template", { imageId });
        new TerraformOutput(stack, "version", { value: latestVersion });
      });
    expect(await plan(template("ami-0a"), template("ami-0b"))).toMatchInlineSnapshot(`
     ~   aws_launch_template.Template
           ~ image_id = "ami-0a" -> "ami-0b"
           ~ latest_version = (known after apply)

     Changes to Outputs:
     ~   version = (known after apply)

     Plan: 0 to add, 1 to change, 0 to destroy.
    `);
  });
});
