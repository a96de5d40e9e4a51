import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Lazy, TerraformStack, TerraformVariable } from "cdktf";
import { WebHosts, WebHostsProps } from "../../lib";
import { plan } from "../../lib/testing";
import { describeWhere, terraformProblem } from "../support/terraform";
import { existingNetwork, synth, testApp } from "../support/synth";

type DefaultTags = AwsProvider["defaultTags"];

function tagged(defaultTags: DefaultTags, tags?: WebHostsProps["tags"]) {
  const stack = new TerraformStack(testApp(), "shop");
  const provider = new AwsProvider(stack, "aws", { region: "eu-west-1", defaultTags });
  const made = new WebHosts(stack, "Hosts", { network: existingNetwork(stack), tags });
  return { stack, provider, made, tf: () => synth(stack) };
}

/** The tags that a host has: those of its template, which the group has too. */
function tagsOf({ made, tf }: Pick<ReturnType<typeof tagged>, "made" | "tf">) {
  const json = tf();
  const specifications: { resource_type: string; tags: object }[] = json.of(
    made.launchTemplate,
  ).tag_specifications;
  expect(specifications.map((one) => one.resource_type)).toEqual(["instance", "volume", "network-interface"]);
  expect(new Set(specifications.map((one) => JSON.stringify(one.tags))).size).toBe(1);
  const ofGroup: { key: string; value: string; propagate_at_launch: boolean }[] = json.of(
    made.autoScalingGroup,
  ).tag;
  expect(ofGroup.every((tag) => tag.propagate_at_launch)).toBe(true);
  expect(new Set(ofGroup.map((tag) => tag.key)).size).toBe(ofGroup.length);
  return {
    template: specifications[0]!.tags,
    group: Object.fromEntries(ofGroup.map(({ key, value }) => [key, value])),
  };
}

describe("the tags of hosts", () => {
  it("are their name where nothing else is said", () => {
    expect(tagsOf(tagged(undefined))).toEqual({
      template: { Name: "shop/Hosts" },
      group: { Name: "shop/Hosts" },
    });
  });

  it("are the provider's default tags too, which would not reach them", () => {
    const tags = { Team: "shop", Name: "everything", Name2: "x", Stage: "live" };
    const all = { ...tags, Name: "shop/Hosts" };
    expect(tagsOf(tagged([{ tags }]))).toEqual({ template: all, group: all });
  });

  it("are those that are given before all others", () => {
    const { template } = tagsOf(
      tagged([{ tags: { Team: "shop", Stage: "live" } }], { Team: "web", Name: "web" }),
    );
    expect(template).toEqual({ Team: "web", Stage: "live", Name: "web" });
  });

  it("are those that the provider has in the end", () => {
    const setup = tagged(undefined);
    setup.provider.defaultTags = [{ tags: { Team: "late" } }];
    expect(tagsOf(setup).template).toEqual({ Team: "late", Name: "shop/Hosts" });
  });

  it("are those of the provider that makes the hosts", () => {
    const setup = tagged([{ tags: { Team: "default" } }]);
    const other = new AwsProvider(setup.stack, "other", {
      region: "eu-west-1",
      alias: "other",
      defaultTags: [{ tags: { Team: "other" } }],
    });
    expect(tagsOf(setup).group.Team).toBe("default");
    setup.made.launchTemplate.provider = other;
    setup.made.autoScalingGroup.provider = other;
    const { template, group } = tagsOf(setup);
    expect([template, group]).toEqual([
      { Team: "other", Name: "shop/Hosts" },
      { Team: "other", Name: "shop/Hosts" },
    ]);
  });

  it("may be known only after deploy, values and keys", () => {
    const setup = tagged(undefined);
    const team = new TerraformVariable(setup.stack, "team", { type: "string" }).stringValue;
    setup.provider.defaultTags = Lazy.anyValue({ produce: () => [{ tags: { Team: `team-${team}` } }] });
    const { template, group } = tagsOf(setup);
    expect(template).toEqual({ Team: "team-${var.team}", Name: "shop/Hosts" });
    expect(group).toEqual(template);
  });

  it("are merged by Terraform where the provider's come as a whole", () => {
    const setup = tagged(undefined);
    const variable = new TerraformVariable(setup.stack, "tags", { type: "map(string)" });
    setup.provider.defaultTags = [{ tags: variable.value }];
    const { template, group } = tagsOf(setup);
    expect(template).toBe('${merge(var.tags, {"Name" = "shop/Hosts"})}');
    expect(group).toEqual({ Name: "shop/Hosts" });
  });

  it("are 50 at most, which is found when the provider is known", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Tag${index}`, "x"]));
    expect(() => tagged([{ tags }]).tf()).toThrow("Allowed: up to 50 tags");
    const { Tag0: _, ...fewer } = tags;
    expect(() => tagged([{ tags: fewer }]).tf()).not.toThrow();
  });
});

describeWhere(terraformProblem(), "the tags of hosts, planned,", () => {
  it("are merged where the provider's come as a whole", async () => {
    const setup = tagged(undefined, { stage: "live" });
    const variable = new TerraformVariable(setup.stack, "tags", {
      type: "map(string)",
      default: { team: "shop", stage: "test" },
    });
    setup.provider.defaultTags = [{ tags: variable.value }];
    const planned = await plan(setup.stack);
    const template = planned.resource(setup.made.launchTemplate);
    expect(template.after!.tag_specifications).toContainEqual({
      resource_type: "instance",
      tags: { team: "shop", stage: "live", Name: "shop/Hosts" },
    });
  });
});
