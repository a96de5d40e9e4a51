import { Lb } from "@cdktf/provider-aws/lib/lb";
import {
  AssertedResource,
  InfrastructureAssertionError,
  Match,
  ResourceAssertions,
  expectMatch,
} from "../../../lib/testing/assertions";
import { resource } from "./resources";

const RESOURCES: AssertedResource[] = [
  resource("aws_vpc.Net", { cidr_block: "10.0.0.0/16" }),
  resource("aws_lb.Web", { internal: false, name: "web", tags: { Name: "web", Team: "shop" } }),
  resource("aws_lb.Api", { internal: false, name: "api", tags: { Name: "api" } }),
  { ...resource("aws_subnet.One", { cidr_block: "10.0.1.0/24" }), constructPath: undefined },
];
const STACK = new ResourceAssertions("stack shop", RESOURCES);

describe("ResourceAssertions", () => {
  it("throws an error of its own", () => {
    expect(() => STACK.resourceCountIs("aws_lb", 1)).toThrow(InfrastructureAssertionError);
    expect(() => STACK.resourceCountIs("aws_lb", 1)).toThrow(
      expect.objectContaining({ name: "InfrastructureAssertionError" }),
    );
  });

  it("takes a class of the bindings for a type", () => {
    STACK.resourceCountIs(Lb, 2);
    expect(STACK.onlyResource(Lb, { name: "web" }).address).toBe("aws_lb.Web");
    expect(() => STACK.hasResource(Lb, { name: "shop" })).toThrow("stack shop has no aws_lb with");
  });

  it("says what a type is when given something else", () => {
    expect(() => STACK.resourceCountIs(undefined as unknown as string, 0)).toThrow(
      'A type of resource is text such as "aws_lb", or a class of the bindings such as Lb.',
    );
  });

  it("finds another spelling no attribute of Terraform, even where none is wanted", () => {
    const message =
      "stack shop can't have aws_vpc with cidrBlock, which isn't a name in Terraform: did you mean cidr_block?";
    expect(() => STACK.hasResource("aws_vpc", { cidrBlock: "10.0.0.0/16" })).toThrow(message);
    expect(() => STACK.hasNoResource("aws_vpc", { cidrBlock: "10.0.0.0/16" })).toThrow(message);
    expect(() => STACK.findResources("aws_vpc", Match.objectEquals({ cidrBlock: Match.absent() }))).toThrow(
      message,
    );
    STACK.hasResource("aws_lb", { tags: { Name: "web" } });
  });

  it("suggests the attribute that a misspelt one was meant to be", () => {
    expect(() => STACK.hasResource("aws_vpc", { cidr_blokc: "10.0.0.0/16" })).toThrow(
      'cidr_blokc: expected "10.0.0.0/16", found nothing (did you mean cidr_block?)',
    );
  });
});

describe("resourceCountIs", () => {
  it("holds for the number there is, none among them", () => {
    STACK.resourceCountIs("aws_lb", 2);
    STACK.resourceCountIs("aws_instance", 0);
  });

  it("lists what there is, by address", () => {
    expect(() => STACK.resourceCountIs("aws_lb", 3)).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 2 aws_lb, expected 3:
       aws_lb.Api (shop/Api)
       aws_lb.Web (shop/Web)"
    `);
    expect(() => STACK.resourceCountIs("aws_subnet", 0)).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 1 aws_subnet, expected none:
       aws_subnet.One"
    `);
  });

  it("lists the first twenty of very many", () => {
    const many = Array.from({ length: 23 }, (_, index) =>
      resource(`aws_lb.L${String(index).padStart(2, "0")}`),
    );
    const error = () => new ResourceAssertions("stack shop", many).resourceCountIs("aws_lb", 1);
    expect(error).toThrow("aws_lb.L19 (shop/L19)\n  … and 3 more");
  });

  it("suggests types with nearly that name, else says which there are", () => {
    expect(() => STACK.resourceCountIs("aws_vcp", 1)).toThrowErrorMatchingInlineSnapshot(
      `"stack shop has no aws_vcp, expected 1. Did you mean aws_vpc (there is 1)?"`,
    );
    expect(() => STACK.resourceCountIs("aws_lbb", 1)).toThrow("Did you mean aws_lb (there are 2)?");
    expect(() => STACK.resourceCountIs("aws_cloudfront_distribution", 1)).toThrowErrorMatchingInlineSnapshot(
      `"stack shop has no aws_cloudfront_distribution, expected 1. There are: aws_lb, aws_subnet, aws_vpc."`,
    );
    expect(() => new ResourceAssertions("plan of shop", []).resourceCountIs("aws_vpc", 1)).toThrow(
      "plan of shop has no aws_vpc, expected 1. There are no resources at all.",
    );
  });
});

describe("hasResource", () => {
  it("holds if one resource has the properties, or is of the type", () => {
    STACK.hasResource("aws_lb", { internal: false, tags: { Team: Match.anyValue() } });
    STACK.hasResource("aws_vpc");
    STACK.hasResource("aws_lb", expect.objectContaining({ name: "api" }));
  });

  it("shows the nearest resource and every place where it differs", () => {
    expect(() =>
      STACK.hasResource("aws_lb", {
        internal: true,
        tags: { Name: Match.stringLikeRegexp(/^shop/), Team: "shop" },
        subnets: ["subnet-1"],
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has no aws_lb with the properties wanted. Nearest of 2: aws_lb.Web (shop/Web)
       internal: expected true, found false
       tags.Name: expected text like /^shop/, found "web"
       subnets: expected ["subnet-1"], found nothing"
    `);
  });

  it("takes the first address of those that are as near, in whatever order they came", () => {
    const reversed = new ResourceAssertions("stack shop", [...RESOURCES].reverse());
    for (const assertions of [STACK, reversed]) {
      expect(() => assertions.hasResource("aws_lb", { internal: true })).toThrow("Nearest of 2: aws_lb.Api");
    }
  });

  it("takes more that is found for nearer, however many differences are in the rest", () => {
    const assertions = new ResourceAssertions("stack shop", [
      resource("aws_lb.A", { name: "a" }),
      resource("aws_lb.B", { name: "a", internal: true, tags: { Name: "x", Team: "y", Cost: "z" } }),
    ]);
    const tags = { Name: "a", Team: "b", Cost: "c" };
    expect(() => assertions.hasResource("aws_lb", { name: "a", internal: true, tags })).toThrow(
      "Nearest of 2: aws_lb.B",
    );
  });

  it("takes fewer differences for nearer where as much is found", () => {
    const assertions = new ResourceAssertions("stack shop", [
      resource("aws_lb.A", { internal: true, tags: { Name: "x", Team: "y" } }),
      resource("aws_lb.B", { internal: true }),
    ]);
    expect(() =>
      assertions.hasResource("aws_lb", { internal: true, tags: { Name: "a", Team: "b" } }),
    ).toThrow("Nearest of 2: aws_lb.B");
  });

  it("names the only one there is, without a path if none is known", () => {
    expect(() => STACK.hasResource("aws_subnet", { cidr_block: "x" })).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has no aws_subnet with the properties wanted. The only one: aws_subnet.One
       cidr_block: expected "x", found "10.0.1.0/24""
    `);
  });

  it("says that there is none of the type", () => {
    expect(() => STACK.hasResource("aws_subnets", { cidr_block: "x" })).toThrowErrorMatchingInlineSnapshot(
      `"stack shop has no aws_subnets. Did you mean aws_subnet (there is 1)?"`,
    );
  });
});

describe("hasNoResource", () => {
  it("holds if none has the properties, or none is of the type", () => {
    STACK.hasNoResource("aws_lb", { internal: true });
    STACK.hasNoResource("aws_instance");
  });

  it("lists those that have them, and what they should not have", () => {
    expect(() =>
      STACK.hasNoResource("aws_lb", { internal: false, tags: { Name: Match.stringLikeRegexp("^w") } }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 1 aws_lb with { internal: false, tags: { Name: text like /^w/ } }, expected none:
       aws_lb.Web (shop/Web)"
    `);
    expect(() => STACK.hasNoResource("aws_vpc")).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 1 aws_vpc, expected none:
       aws_vpc.Net (shop/Net)"
    `);
  });
});

describe("resourcePropertiesCountIs", () => {
  it("holds for the number that have the properties", () => {
    STACK.resourcePropertiesCountIs("aws_lb", { internal: false }, 2);
    STACK.resourcePropertiesCountIs("aws_lb", { name: "web" }, 1);
    STACK.resourcePropertiesCountIs("aws_lb", { internal: true }, 0);
    STACK.resourcePropertiesCountIs("aws_instance", { ami: "x" }, 0);
  });

  it("lists those that have them, and the nearest other if there are too few", () => {
    expect(() => STACK.resourcePropertiesCountIs("aws_lb", { internal: false, name: "web" }, 2))
      .toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 1 aws_lb with { internal: false, name: "web" }, expected 2:
       aws_lb.Web (shop/Web)
       The only other: aws_lb.Api (shop/Api)
         name: expected "web", found "api""
    `);
    expect(() => STACK.resourcePropertiesCountIs("aws_lb", { internal: true, name: "web" }, 1))
      .toThrowErrorMatchingInlineSnapshot(`
     "stack shop has no aws_lb with { internal: true, name: "web" }, expected 1.
       Nearest of 2: aws_lb.Web (shop/Web)
         internal: expected true, found false"
    `);
    expect(() => STACK.resourcePropertiesCountIs("aws_lb", { internal: false }, 3)).toThrow(
      "stack shop has 2 aws_lb with { internal: false }, expected 3:\n  aws_lb.Api (shop/Api)\n  aws_lb.Web (shop/Web)",
    );
  });

  it("lists all that have them if there are too many", () => {
    expect(() => STACK.resourcePropertiesCountIs("aws_lb", { internal: false }, 1)).toThrow(
      "stack shop has 2 aws_lb with { internal: false }, expected 1:\n  aws_lb.Api (shop/Api)\n  aws_lb.Web (shop/Web)",
    );
    expect(() => STACK.resourcePropertiesCountIs("aws_lbb", { internal: false }, 1)).toThrow(
      "stack shop has no aws_lbb, expected 1. Did you mean aws_lb (there are 2)?",
    );
  });
});

describe("allResources", () => {
  it("holds if every one has the properties", () => {
    STACK.allResources("aws_lb", { internal: false });
  });

  it("doesn't hold for none at all", () => {
    expect(() => STACK.allResources("aws_lbb", {})).toThrow(
      "stack shop has no aws_lbb. Did you mean aws_lb (there are 2)?",
    );
  });

  it("shows where each differs that doesn't have them", () => {
    expect(() => STACK.allResources("aws_lb", { internal: true, tags: { Team: "shop" } }))
      .toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 2 aws_lb, 2 of them without the properties wanted:
       aws_lb.Api (shop/Api)
         internal: expected true, found false
         tags.Team: expected "shop", found nothing
       aws_lb.Web (shop/Web)
         internal: expected true, found false"
    `);
  });
});

describe("findResources and onlyResource", () => {
  it("find all that match, in order of address", () => {
    const addresses = (found: AssertedResource[]) => found.map(({ address }) => address);
    expect(addresses(STACK.findResources("aws_lb"))).toEqual(["aws_lb.Api", "aws_lb.Web"]);
    expect(addresses(STACK.findResources("aws_lb", { name: "web" }))).toEqual(["aws_lb.Web"]);
    expect(STACK.findResources("aws_instance")).toEqual([]);
  });

  it("give the resource itself, with all of its properties", () => {
    expect(STACK.onlyResource("aws_vpc")).toBe(RESOURCES[0]);
  });

  it("say which there are if there are several, and the nearest if there is none", () => {
    expect(() => STACK.onlyResource("aws_lb")).toThrowErrorMatchingInlineSnapshot(`
     "stack shop has 2 aws_lb, expected 1:
       aws_lb.Api (shop/Api)
       aws_lb.Web (shop/Web)"
    `);
    expect(() => STACK.onlyResource("aws_lb", { name: "shop" })).toThrow("Nearest of 2: aws_lb.Api");
    expect(() => STACK.onlyResource("aws_instanse")).toThrow(
      "stack shop has no aws_instanse. There are: aws_lb,",
    );
  });
});

describe("expectMatch", () => {
  it("asserts on any value, with objects in part", () => {
    expectMatch("output url", "https://a", Match.stringLikeRegexp("^https:"));
    expectMatch("provider aws", { region: "eu-west-1", profile: "x" }, { region: "eu-west-1" });
  });

  it("shows every place that differs, with a path if it is inside", () => {
    expect(() => expectMatch("output url of stack shop", undefined, "https://a"))
      .toThrowErrorMatchingInlineSnapshot(`
     "output url of stack shop isn't as wanted:
       expected "https://a", found nothing"
    `);
    expect(() =>
      expectMatch(
        "output hosts of stack shop",
        [{ id: "i-1" }, { id: "i-2" }],
        [{ id: "i-1" }, { id: "i-3" }],
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "output hosts of stack shop isn't as wanted:
       [1].id: expected "i-3", found "i-2""
    `);
  });
});
