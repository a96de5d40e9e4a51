import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { inspect } from "node:util";
import { Configuration, deploy, plan } from "../../lib/testing";
import { testStack } from "../support/synth";

function network(cidrBlock = "10.0.0.0/16", tags?: Record<string, string>): TerraformStack {
  const stack = testStack("network");
  const vpc = new Vpc(stack, "Vpc", { cidrBlock, tags });
  new Subnet(stack, "Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  new TerraformOutput(stack, "vpc_id", { value: vpc.id });
  return stack;
}

describe("plan", () => {
  it("of what is not there yet creates everything", async () => {
    expect(await plan(network())).toMatchInlineSnapshot(`
     +   aws_subnet.Subnet
     +   aws_vpc.Vpc

     Changes to Outputs:
     +   vpc_id = (known after apply)

     Plan: 2 to add, 0 to change, 0 to destroy.
    `);
  });
  it("of what changed tells how", async () => {
    expect(await plan(network(), network("10.0.0.0/16", { Name: "shop" }))).toMatchInlineSnapshot(`
     ~   aws_vpc.Vpc
           + tags.Name = "shop"
           + tags_all.Name = "shop"

     Plan: 0 to add, 1 to change, 0 to destroy.
    `);
    expect(await plan(network(), network("10.1.0.0/16"))).toMatchInlineSnapshot(`
     -/+ aws_subnet.Subnet
           ~ vpc_id = (known after apply)  # forces replacement
     -/+ aws_vpc.Vpc
           ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"  # forces replacement

     Changes to Outputs:
     ~   vpc_id = (known after apply)

     Plan: 2 to add, 0 to change, 2 to destroy.
    `);
  });
});

describe("what is no stack", () => {
  it.each([
    ["nothing", undefined],
    ["a promise of one", Promise.resolve(network())],
    ["a function that makes one", () => network()],
    ["misspelled options", { variable: {} }],
  ])("is refused as the second one: %s", async (_, second) => {
    await expect(plan(network(), second as never)).rejects.toThrow(/^plan's second argument is /);
  });

  it("is refused as the only one", async () => {
    await expect(plan(Promise.resolve(network()) as never)).rejects.toThrow("Is an await missing?");
  });
});

describe("a secret that is written out", () => {
  const database = () => {
    const stack = testStack("secret");
    const made = new DbInstance(stack, "Database", { instanceClass: "db.t4g.micro", password: "hunter2" });
    new TerraformOutput(stack, "password", { value: made.password, sensitive: true });
    return stack;
  };

  it("is not in a deployment that is printed, nor in its outputs", async () => {
    const deployment = await deploy(database());
    expect(deployment.outputs).toEqual({ password: "(sensitive value)" });
    expect(inspect(deployment, { depth: 9 }) + JSON.stringify(deployment)).not.toContain("hunter2");
  });

  it("is not in the message of an assertion", () => {
    const configuration = Configuration.of(database());
    expect(() => configuration.hasResource(DbInstance, { password: "hunter2" })).not.toThrow();
    expect(() => configuration.hasResource(DbInstance, { password: "hunter3" })).toThrow(
      "password: another (sensitive value)",
    );
  });

  it("is not in the snapshot of a configuration, provider and variables among it", () => {
    const stack = database();
    stack.addOverride("variable.token", { default: "hunter2", sensitive: true });
    stack.addOverride("provider.aws", [{ region: "eu-west-1", secret_key: "hunter2" }]);
    expect(String(Configuration.of(stack))).not.toContain("hunter2");
  });
});
