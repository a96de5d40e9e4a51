import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc, type VpcConfig } from "@cdktf/provider-aws/lib/vpc";
import {
  Annotations,
  DataTerraformRemoteStateS3,
  Fn,
  TerraformCount,
  TerraformHclModule,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { type Plannable, TerraformError, deploy, plan } from "../../lib/testing";
import { testApp, testStack } from "../support/synth";

// Each message says which construct, which argument, and what Terraform has against it, in Terraform's own words.
// They are held by a snapshot, to be read as a user would read them.

jest.setTimeout(60_000);

/** A construct of a user's own, so that paths have more than one step. */
class Network extends Construct {
  public readonly vpc: Vpc;

  public constructor(scope: Construct, config: Partial<VpcConfig> = {}) {
    super(scope, "Network");
    this.vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16", ...config });
  }

  public subnet(props: object = {}): Subnet {
    return new Subnet(this, "Subnet", { vpcId: this.vpc.id, cidrBlock: "10.0.0.0/24", ...props });
  }
}

/** A stack with a network in which something is wrong. */
const network = (change: (network: Network, stack: TerraformStack) => void) => () => {
  const stack = testStack();
  change(new Network(stack), stack);
  return stack;
};
/** The same with a VPC that is configured wrongly. */
const vpc = (config: object) => () => {
  const stack = testStack();
  new Network(stack, config);
  return stack;
};
const overridden = (path: string, value: unknown) => network((one) => one.vpc.addOverride(path, value));
const subnet = (props: object) => network((one) => one.subnet(props));
const inStack = (path: string, value: unknown) => network((_, stack) => stack.addOverride(path, value));
const balancer = (path: string, value: unknown) =>
  network((one) => {
    new Lb(one, "LoadBalancer", { accessLogs: { bucket: "logs" } }).addOverride(path, value);
  });
const targets = (healthCheck: object) =>
  network((one) => {
    new LbTargetGroup(one, "Targets", { port: 80, protocol: "HTTP", vpcId: one.vpc.id, healthCheck });
  });
const database = (props: object) => (one: Network) =>
  new DbInstance(one, "Database", { instanceClass: "db.t4g.micro", username: "tandem", ...props });

/** Its address, to be written into expressions. */
const address = (element: TerraformResource) =>
  `${element.terraformResourceType}.${element.friendlyUniqueId}`;

/** Ephemeral blocks have no class in CDKTF. */
const PASSWORD = "${ephemeral.aws_secretsmanager_secret_version.Password.secret_string}";
const withPassword = (use: (network: Network, stack: TerraformStack) => void) =>
  network((one, stack) => {
    stack.addOverride("ephemeral.aws_secretsmanager_secret_version.Password", { secret_id: "shop" });
    use(one, stack);
  });

/** A resource type that no bindings have. */
class Vpcs extends TerraformResource {
  public constructor(scope: Construct) {
    super(scope, "Vpcs", { terraformResourceType: "aws_vpcs", terraformGeneratorMetadata: AWS });
  }
  protected override synthesizeAttributes() {
    return { cidr_block: "10.0.0.0/16" };
  }
}
const AWS = { providerName: "aws" };

class RandomProvider extends TerraformProvider {
  public constructor(scope: Construct) {
    super(scope, "Random", {
      terraformResourceType: "random",
      terraformGeneratorMetadata: { providerName: "random", providerVersion: "3.7.2" },
      terraformProviderSource: "hashicorp/random",
    });
  }
}

const zones = (validation: object, value: unknown) =>
  network((_, stack) => {
    new TerraformVariable(stack, "zones", {
      type: "number",
      default: value,
      validation: [{ condition: "${var.zones > 1}", errorMessage: "One zone is none.", ...validation }],
    });
  });

const WRONG: Record<string, () => Plannable | [before: Plannable, after: Plannable]> = {
  "a list for a text": overridden("cidr_block", ["10.0.0.0/16"]),
  "a word for a yes or no": overridden("enable_dns_support", "maybe"),
  "a text for a map": overridden("tags", "shop"),
  "a required argument that is missing": subnet({ vpcId: undefined }),
  "an argument that is not there": overridden("cidr", "10.0.0.0/16"),
  "a block that is not there": overridden("timeout", { create: "5m" }),
  "an argument in a block that is not there": balancer("access_logs.folder", "lb"),
  "a value for what only AWS chooses": overridden("arn", "arn:aws:ec2:eu-west-1:1:vpc/vpc-0a"),
  "a word for a number in a block": targets({ interval: "often" }),
  "a block with its required argument missing": balancer("access_logs", [{ enabled: true }]),
  "two blocks where one is allowed": balancer("access_logs", [{ bucket: "one" }, { bucket: "two" }]),
  "no block where one is needed": network((one) => {
    new LbListener(one, "Listener", { loadBalancerArn: "arn", port: 80, defaultAction: [] });
  }),

  "a resource that is not declared": subnet({ vpcId: "${aws_vpc.Other.id}" }),
  "a data source that is not declared": subnet({ vpcId: "${data.aws_vpc.Other.id}" }),
  "an attribute that is not there": network((one) => {
    one.subnet({ vpcId: `\${${address(one.vpc)}.identifier}` });
  }),
  "an instance of what has none": network((one) => {
    one.subnet({ vpcId: `\${${address(one.vpc)}[0].id}` });
  }),
  "all of what has instances as if it were one": network((one) => {
    const subnets = one.subnet({ count: 2 });
    new TerraformOutput(one, "id", { value: `\${${address(subnets)}.id}` });
  }),
  "a resource that refers to itself": network((one) => {
    one.vpc.addOverride("tags", { Arn: one.vpc.arn });
  }),
  "a dependency on what is not there": overridden("depends_on", ["aws_subnet.Other"]),
  "a variable that is not declared": vpc({ cidrBlock: "${var.cidr_block}" }),

  "a function that refuses its arguments": subnet({ cidrBlock: Fn.cidrsubnet("10.0.0.0/16", 20, 1) }),
  "a function that is not there": subnet({ cidrBlock: '${block_of("10.0.0.0/16", 8, 1)}' }),
  "an expression without its end": vpc({ cidrBlock: "${var.cidr" }),
  "an element beyond a list's end": subnet({ cidrBlock: '${["10.0.0.0/24"][1]}' }),

  "a resource type that is not there": network((one) => {
    new Vpcs(one);
  }),
  "a data source's type that is not there": inStack("data.aws_vpcx.Main", { id: "vpc-0a" }),
  "an alias of a provider that is not there": overridden("provider", "aws.frankfurt"),
  "an argument of a provider that is not there": () => {
    const stack = new TerraformStack(testApp(), "shop");
    new AwsProvider(stack, "aws", { region: "eu-west-1" }).addOverride("zone", "eu-west-1a");
    new Network(stack);
    return stack;
  },
  "two providers without an alias": network((_, stack) => {
    new AwsProvider(stack, "frankfurt", { region: "eu-central-1" });
  }),
  "a provider without bindings": network((_, stack) => {
    new RandomProvider(stack);
  }),

  "a count that is known only after apply": network((one) => {
    one.subnet({ count: TerraformCount.of(Token.asNumber(Fn.lengthOf(one.vpc.id))) });
  }),
  "keys that are known only after apply": network((one) => {
    one.subnet().addOverride("for_each", `\${toset([${address(one.vpc)}.id])}`);
  }),
  "keys in a list": network((one) => {
    one.subnet().addOverride("for_each", ["eu-west-1a"]);
  }),
  "a negative count": overridden("count", -1),

  "a precondition that doesn't hold": vpc({
    lifecycle: {
      precondition: [{ condition: "${terraform.workspace == null}", errorMessage: "Needs a shop." }],
    },
  }),
  "a precondition that looks at nothing": vpc({
    lifecycle: { precondition: [{ condition: "${1 > 2}", errorMessage: "Needs two zones." }] },
  }),
  "a postcondition that doesn't hold": vpc({
    lifecycle: {
      postcondition: [{ condition: '${self.cidr_block == "10.1.0.0/16"}', errorMessage: "Wrong network." }],
    },
  }),
  "a data source's postcondition that doesn't hold": network((one) => {
    new DataAwsVpc(one, "Peer", {
      id: "vpc-0a",
      lifecycle: { postcondition: [{ condition: '${self.id == "vpc-0b"}', errorMessage: "Wrong peer." }] },
    });
  }),
  "an output's precondition that doesn't hold": network((one, stack) => {
    new TerraformOutput(stack, "vpc_id", { value: one.vpc.id }).addOverride("precondition", [
      { condition: `\${${address(one.vpc)}.cidr_block == "10.1.0.0/16"}`, error_message: "Not to be shown." },
    ]);
  }),
  "changes ignored of an argument that is not there": vpc({ lifecycle: { ignoreChanges: ["cidr"] } }),
  "replacement triggered by what is not there": vpc({
    lifecycle: { replaceTriggeredBy: ["aws_subnet.Other"] },
  }),
  "a change that needs to destroy what must not be": () => {
    const kept = (cidrBlock: string) => vpc({ cidrBlock, lifecycle: { preventDestroy: true } })();
    return [kept("10.0.0.0/16"), kept("10.1.0.0/16")];
  },

  "a variable that its validation refuses": zones({}, 1),
  "a variable of another type than its default's": zones({}, "two"),
  "a variable without a value": network((_, stack) => {
    new TerraformVariable(stack, "domain", { type: "string" });
  }),
  "an output of what is not there": network((one) => {
    new TerraformOutput(one, "subnet_id", { value: "${aws_subnet.Other.id}" });
  }),
  "a secret in an output that doesn't say so": network((one, stack) => {
    const { password } = database({ password: "hunter2-hunter2" })(one);
    new TerraformOutput(stack, "password", { value: password });
  }),
  "a secret for keys": network((one, stack) => {
    const token = new TerraformVariable(stack, "token", { default: "hunter2", sensitive: true });
    one.subnet().addOverride("for_each", Fn.toset([token.stringValue]));
  }),
  "an ephemeral value where it would stay": withPassword((one) => {
    database({ password: PASSWORD })(one);
  }),
  "an ephemeral value in an output": withPassword((_, stack) => {
    new TerraformOutput(stack, "password", { value: PASSWORD });
  }),
  "an ephemeral resource's type that is not there": inStack("ephemeral.aws_passwords.Main", { length: 16 }),

  "one thing moved to two places": network((one, stack) => {
    const other = new Vpc(one, "Other", { cidrBlock: "10.1.0.0/16" });
    stack.addOverride("moved", [
      { from: "aws_vpc.Old", to: address(one.vpc) },
      { from: "aws_vpc.Old", to: address(other) },
    ]);
  }),
  "two things moved to one place": network((one, stack) => {
    stack.addOverride("moved", [
      { from: "aws_vpc.Old", to: address(one.vpc) },
      { from: "aws_vpc.Older", to: address(one.vpc) },
    ]);
  }),
  "something moved that is still there": network((one, stack) => {
    stack.addOverride("moved", [{ from: address(one.vpc), to: "aws_vpc.New" }]);
  }),
  "something removed that is still there": network((one, stack) => {
    stack.addOverride("removed", [{ from: address(one.vpc), lifecycle: { destroy: false } }]);
  }),
  "an import to what is not there": inStack("import", [{ to: "aws_vpc.Existing", id: "vpc-0a" }]),

  "a Terraform that nobody has yet": inStack("terraform.required_version", ">= 99.0.0"),
  "a module from a registry": network((one) => {
    new TerraformHclModule(one, "Module", { source: "terraform-aws-modules/vpc/aws", version: "5.0.0" });
  }),
  "a state of somebody else": network((one) => {
    new DataTerraformRemoteStateS3(one, "Platform", {
      bucket: "states",
      key: "platform",
      region: "eu-west-1",
    });
  }),
  "an error that a construct was annotated with": network((one) => {
    Annotations.of(one).addError("Needs two zones.");
  }),
  "an app with two stacks": () => {
    const app = testApp();
    testStack("shop", app);
    testStack("office", app);
    return app;
  },
};

/** What is thrown, the same with every Terraform. */
async function messageOf(make: () => Plannable | [Plannable, Plannable]): Promise<string> {
  const made = make();
  const planned = Array.isArray(made) ? plan(...made) : plan(made);
  const error = await planned.then(
    (result) => new Error(`nothing is thrown, but planned:\n${String(result)}`),
    (reason: Error) => reason,
  );
  return error.message.replace(/(Terraform version )[\d.]+\d/g, "$1(this one)");
}

/** What Terraform refuses a stack with. */
async function refusal(stack: Plannable): Promise<TerraformError> {
  const error: unknown = await plan(stack).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TerraformError);
  return error as TerraformError;
}

/** Security groups that wait for each other, in a ring. */
const ring = (count: number) =>
  network((one) => {
    const ids = Array.from({ length: count }, (_, index) => `Group${index}`);
    const groups = ids.map((id) => new SecurityGroup(one, id, {}));
    groups.forEach((group, index) => (group.description = groups[(index + 1) % count]!.id));
  });

/** Subnets that are wrong, each for itself. */
const wrongSubnets = network((one) => {
  for (const id of ["A", "B", "C", "D", "E", "F"]) {
    new Subnet(one, id, { vpcId: one.vpc.id, cidrBlock: Fn.cidrsubnet("10.0.0.0/16", 20, 1) });
  }
});

async function inManyRuns(make: () => Plannable): Promise<string[]> {
  const messages = await Promise.all([1, 2, 3, 4].map(() => messageOf(make)));
  return [...new Set(messages)];
}

describe("A wrong configuration", () => {
  it.each(Object.entries(WRONG))("%s", async (_, make) => {
    expect(await messageOf(make)).toMatchSnapshot();
  });

  it("in which resources wait for each other names each of them", async () => {
    const { problems } = await refusal(ring(2)());
    expect(problems).toHaveLength(1);
    expect(problems[0]!.summary).toMatch(/^Cycle: /);
    expect(problems[0]!.places.map(({ constructPath }) => constructPath)).toEqual([
      "shop/Network/Group0",
      "shop/Network/Group1",
    ]);
  });

  it("with several problems is told all of them, each once", async () => {
    const { problems } = await refusal(wrongSubnets());
    const paths = problems.map(({ places }) => places[0]!.constructPath);
    expect(paths.sort()).toEqual(["A", "B", "C", "D", "E", "F"].map((id) => `shop/Network/${id}`));
  });

  it("is told in fields too", async () => {
    const error = await refusal(targets({ interval: "often" })());
    expect(error).toMatchObject({ name: "TerraformError", stackPath: "shop" });
    expect(error.problems).toEqual([
      {
        summary: "Incorrect attribute value type",
        detail: 'Inappropriate value for attribute "interval": a number is required.',
        places: [
          {
            address: expect.stringMatching(/^aws_lb_target_group\.Network_Targets_\w+$/),
            constructPath: "shop/Network/Targets",
          },
        ],
        argument: "health_check.interval",
      },
    ]);
  });

  it("that shows only when it is deployed is told in the same way", async () => {
    const late = network((one) => {
      one.subnet({ cidrBlock: `\${cidrsubnet(${address(one.vpc)}.arn, 8, 1)}` });
    });
    await expect(deploy(late())).rejects.toThrow(/^ {2}Error in function call\.$/m);
    await expect(deploy(late())).rejects.toThrow(
      /^shop\/Network\/Subnet \(aws_subnet\.\w+\) in cidr_block$/m,
    );
  });

  it("has no secret in its message", async () => {
    const secret = database({ password: "hunter2-hunter2", allocatedStorage: "hunter3" });
    const { message } = await refusal(network((one) => secret(one))());
    expect(message).toContain("in allocated_storage");
    expect(message).not.toContain("hunter");
  });

  it("with a cycle reads the same in every run", async () => {
    expect(await inManyRuns(ring(6))).toHaveLength(1);
  });

  it("with several problems reads the same in every run", async () => {
    expect(await inManyRuns(wrongSubnets)).toHaveLength(1);
  });

  it("in an output or a variable has the path of its construct", async () => {
    const output = network((one) => {
      new TerraformOutput(one, "Id", { value: "${aws_subnet.Other.id}" });
    });
    const messages = [await messageOf(output), await messageOf(zones({}, "two"))].join("\n");
    expect(messages).toContain("shop/Network/Id (output.");
    expect(messages).toContain("shop/zones (variable.zones)");
  });

  it.each([
    "a variable that its validation refuses",
    "a variable without a value",
    "a secret in an output that doesn't say so",
    "an argument of a provider that is not there",
    "two providers without an alias",
    "a data source's type that is not there",
    "an ephemeral resource's type that is not there",
  ])("names the place of %s", async (name) => {
    expect(await messageOf(WRONG[name]!)).toMatch(/\n\n\S.*\n {2}\S/);
  });

  it.each([
    "a variable that its validation refuses",
    "two providers without an alias",
    "two things moved to one place",
    "something moved that is still there",
  ])("names no line of a file that nobody sees: %s", async (name) => {
    expect(await messageOf(WRONG[name]!)).not.toContain("main.tf.json");
  });

  it("in a module's source has a message without colors", async () => {
    const nowhere = () => {
      const stack = new TerraformStack(testApp(), "shop");
      const source = "./modules/none";
      new TerraformHclModule(stack, "Module", { source, skipAssetCreationFromLocalModules: true });
      return stack;
    };
    expect(await messageOf(nowhere)).not.toContain("\u001b");
  });
});
