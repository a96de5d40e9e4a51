import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { plan } from "../../lib/testing";
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
