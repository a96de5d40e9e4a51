import { Construct } from "constructs";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { type Plan, plan } from "../../lib/testing";
import { testStack } from "../support/synth";

jest.setTimeout(60_000);

interface Shop {
  readonly cidrBlock?: string;
  readonly name?: string;
  readonly without?: "group";
  readonly output?: string;
  readonly zones?: string[];
}

function shop({
  cidrBlock = "10.0.0.0/16",
  name,
  without,
  output,
  zones = ["a"],
}: Shop = {}): TerraformStack {
  const stack = testStack();
  new Vpc(stack, "Vpc", { cidrBlock, tags: name === undefined ? undefined : { Name: name } });
  new Subnet(stack, "Subnet", { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24" }).addOverride(
    "for_each",
    `\${toset(${JSON.stringify(zones)})}`,
  );
  if (without !== "group") new SecurityGroup(stack, "Group", { name: "web" });
  if (output !== undefined) new TerraformOutput(stack, "name", { value: output });
  return stack;
}

/** What a change of the shop is planned as. */
const changed = (after: Shop, before: Shop = {}) => plan(shop(before), shop(after));

let same: Plan;
let created: Plan;
let updated: Plan;
let replaced: Plan;
let deleted: Plan;
let forgotten: Plan;
let moved: Plan;
let shown: Plan;
let grown: Plan;

beforeAll(async () => {
  const removed = (block: object) => {
    const stack = shop({ without: "group" });
    stack.addOverride("removed", [{ from: "aws_security_group.Group", ...block }]);
    return stack;
  };
  const renamed = shop({ without: "group" });
  new SecurityGroup(renamed, "Renamed", { name: "web" }).moveFromId("aws_security_group.Group");
  same = await changed({});
  created = await plan(shop());
  updated = await changed({ name: "shop" });
  replaced = await changed({ cidrBlock: "10.1.0.0/16" });
  deleted = await changed({ without: "group" });
  forgotten = await plan(shop(), removed({ lifecycle: { destroy: false } }));
  moved = await plan(shop(), renamed);
  shown = await changed({ output: "shop" });
  grown = await changed({ zones: ["a", "b", "c"] });
});

/** What is said when an expectation doesn't hold. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing";
}

describe("toChangeNothing", () => {
  it("holds for a plan without changes", () => {
    expect(same).toChangeNothing();
    expect(failure(() => expect(same).not.toChangeNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop not to change nothing

     No changes."
    `);
  });

  it("shows the plan that changes something", () => {
    expect(failure(() => expect(updated).toChangeNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop to change nothing

     ~   aws_vpc.Vpc
           + tags.Name = "shop"
           + tags_all.Name = "shop"

     Plan: 0 to add, 1 to change, 0 to destroy."
    `);
  });

  it.each([
    ["creates", () => created],
    ["updates", () => updated],
    ["replaces", () => replaced],
    ["deletes", () => deleted],
    ["forgets", () => forgotten],
    ["moves", () => moved],
    ["shows", () => shown],
  ])("doesn't hold for a plan that %s something", (_, planned) => {
    expect(planned()).not.toChangeNothing();
  });
});

describe("toReplaceNothing", () => {
  it.each([
    ["creates", () => created],
    ["updates", () => updated],
    ["deletes", () => deleted],
    ["moves", () => moved],
  ])("holds for a plan that %s something", (_, planned) => {
    expect(planned()).toReplaceNothing();
  });

  it("says what is replaced, and because of which argument", () => {
    expect(replaced).not.toReplaceNothing();
    expect(failure(() => expect(replaced).toReplaceNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop to replace nothing
       aws_vpc.Vpc, because of cidr_block

     -/+ aws_vpc.Vpc
           ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"  # forces replacement

     Plan: 1 to add, 0 to change, 1 to destroy."
    `);
  });

  it("says that something should have been replaced", () => {
    expect(failure(() => expect(updated).not.toReplaceNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop not to replace nothing

     ~   aws_vpc.Vpc
           + tags.Name = "shop"
           + tags_all.Name = "shop"

     Plan: 0 to add, 1 to change, 0 to destroy."
    `);
  });
});

describe("toDestroyNothing", () => {
  it.each([
    ["creates", () => created],
    ["updates", () => updated],
    ["moves", () => moved],
    ["shows", () => shown],
  ])("holds for a plan that %s something", (_, planned) => {
    expect(planned()).toDestroyNothing();
  });

  it("says what is deleted", () => {
    expect(failure(() => expect(deleted).toDestroyNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop to destroy nothing
       delete aws_security_group.Group

     -   aws_security_group.Group

     Plan: 0 to add, 0 to change, 1 to destroy."
    `);
  });

  it("says what is replaced or forgotten, as that is lost too", () => {
    expect(failure(() => expect(replaced).toDestroyNothing())).toContain("\n  replace aws_vpc.Vpc\n");
    expect(failure(() => expect(forgotten).toDestroyNothing())).toContain(
      "\n  forget aws_security_group.Group\n",
    );
  });

  it("says that something should have been destroyed", () => {
    expect(failure(() => expect(same).not.toDestroyNothing())).toMatchInlineSnapshot(`
     "expected the plan of shop not to destroy nothing

     No changes."
    `);
  });
});

describe("toPlanOnly", () => {
  it("holds if all that happens is named, and happens as it is named", () => {
    expect(same).toPlanOnly({});
    expect(updated).toPlanOnly({ update: ["aws_vpc.Vpc"] });
    expect(replaced).toPlanOnly({ replace: ["aws_vpc.Vpc"] });
    expect(deleted).toPlanOnly({ delete: ["aws_security_group.Group"] });
  });

  it("takes a resource for all of its instances", () => {
    expect(grown).toPlanOnly({ create: ["aws_subnet.Subnet"] });
    expect(grown).not.toPlanOnly({ create: ['aws_subnet.Subnet["b"]'] });
    expect(grown).toPlanOnly({ create: ['aws_subnet.Subnet["b"]', 'aws_subnet.Subnet["c"]'] });
  });

  it("takes a pattern for all resources whose address it is found in", () => {
    expect(created).toPlanOnly({ create: [/^aws_/] });
    expect(created).not.toPlanOnly({ create: [/^aws_vpc/] });
  });

  it("takes a construct for the resource that it makes", async () => {
    const stack = testStack();
    const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
    expect(await plan(stack)).toPlanOnly({ create: [vpc] });
  });

  it("takes the path of a construct for all resources below it", async () => {
    const stack = testStack();
    for (const id of ["A", "B"])
      new Vpc(new Construct(stack, `Net${id}`), "Vpc", { cidrBlock: "10.0.0.0/16" });
    const planned = await plan(stack);
    expect(planned).toPlanOnly({ create: ["shop/NetA/Vpc", "shop/NetB"] });
    expect(planned).toPlanOnly({ create: ["shop"] });
    expect(planned).not.toPlanOnly({ create: ["shop/Net"] });
  });

  it("lists what doesn't happen, and what wasn't expected", () => {
    expect(failure(() => expect(replaced).toPlanOnly({ update: ["aws_vpc.Vpc"], create: [/queue/] })))
      .toMatchInlineSnapshot(`
     "expected the plan of shop to do only what is named
       does not create /queue/
       does not update aws_vpc.Vpc
       replace aws_vpc.Vpc was not expected

     -/+ aws_vpc.Vpc
           ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"  # forces replacement

     Plan: 1 to add, 0 to change, 1 to destroy."
    `);
  });

  it("says that something else was expected to happen", () => {
    expect(failure(() => expect(updated).not.toPlanOnly({ update: ["aws_vpc.Vpc"] }))).toMatchInlineSnapshot(`
     "expected the plan of shop not to do only what is named

     ~   aws_vpc.Vpc
           + tags.Name = "shop"
           + tags_all.Name = "shop"

     Plan: 0 to add, 1 to change, 0 to destroy."
    `);
  });

  it("doesn't know what is forgotten, which is never expected", () => {
    expect(failure(() => expect(forgotten).toPlanOnly({}))).toContain(
      "forget aws_security_group.Group was not expected",
    );
  });
});

describe("Every matcher", () => {
  const MATCHERS = ["toChangeNothing", "toReplaceNothing", "toDestroyNothing", "toPlanOnly"] as const;

  it.each(MATCHERS)("asks for an await that is missing: %s", (matcher) => {
    const planned = Promise.resolve(same);
    for (const expectation of [expect(planned), expect(planned).not]) {
      const message = failure(() => expectation[matcher]({}));
      expect(message).toContain(`${matcher} needs a plan, as plan(stack) returns`);
      expect(message).toContain("Is an await missing?");
    }
  });

  it("asks for a missing await in one line", () => {
    const message = failure(() => expect(Promise.resolve(same)).toChangeNothing());
    expect(message.split("\n")).toHaveLength(1);
  });

  it.each(MATCHERS)("refuses what is no plan: %s", (matcher) => {
    expect(() => expect({ resources: [] })[matcher]({})).toThrow(
      `${matcher} needs a plan, as plan(stack) returns, but got { resources: [] }.`,
    );
    expect(() => expect(undefined)[matcher]({})).toThrow("but got undefined.");
  });

  it("can wait for the plan itself", async () => {
    await expect(changed({})).resolves.toChangeNothing();
  });
});
