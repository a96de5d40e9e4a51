import { TerraformStack } from "cdktf";
import {
  DatabasePair,
  DatabasePairProps,
  DatabaseRoles,
  WebHosts,
  addReplica,
  failOver,
  initialRoles,
  nodeChanges,
  rebuildReplica,
  restoreFrom,
  retire,
  switchBack,
} from "../../lib";
import { Deployment, Plan, deploy } from "../../lib/testing";
import { existingNetwork, frankfurt, synth, testDatabase, testStack } from "../support/synth";
import { describeWhere, terraformProblem } from "../support/terraform";

// Every step of roles as a plan from the state before it: what happens to instances, to names, and to nothing else.

const NORMAL = initialRoles();
const FAILED_OVER = failOver(NORMAL);
const REBUILT = rebuildReplica(FAILED_OVER);
const SWITCHED_BACK = switchBack(REBUILT);
const REBUILT_AGAIN = rebuildReplica(SWITCHED_BACK);

type Props = Partial<DatabasePairProps>;

/** A pair, and hosts that use it. */
function shop(roles: DatabaseRoles, props: Props = {}): TerraformStack {
  const stack = testStack();
  const network = existingNetwork(stack);
  const database = testDatabase(stack, network, { roles, ...props });
  new WebHosts(stack, "Hosts", { network }).useDatabase(database);
  return stack;
}

/** Deploys some roles after others, and plans the last ones. */
async function step(...roles: readonly DatabaseRoles[]): Promise<Plan> {
  return stepWith({}, ...roles);
}

async function stepWith(props: Props, ...roles: readonly DatabaseRoles[]): Promise<Plan> {
  const [first, ...others] = roles.slice(0, -1);
  let deployed: Deployment = await deploy(shop(first!, props));
  for (const one of others) deployed = await deployed.deploy(shop(one, props));
  return deployed.plan(shop(roles.at(-1)!, props));
}

/** What a plan does to instances: `update b1`. */
function instanceActions(plan: Plan): string[] {
  return plan.changed
    .filter(({ type }) => type === "aws_db_instance")
    .map(({ action, address }) => `${action} ${/_([a-z]\d+)_/.exec(address)![1]}`)
    .sort();
}

/** What `tandem roles` says of a step. */
function promised(before: DatabaseRoles, after: DatabaseRoles): string[] {
  return nodeChanges(before, after)
    .map(({ action, node }) => `${action} ${node}`)
    .sort();
}

describeWhere(terraformProblem(), "roles", () => {
  jest.setTimeout(60_000);

  const circle = [NORMAL, FAILED_OVER, REBUILT, SWITCHED_BACK, REBUILT_AGAIN];
  it.each([
    ["failed over", 1, ["update a1", "update b1"]],
    ["rebuilt", 2, ["create a2", "delete a1"]],
    ["switched back", 3, ["update a2", "update b1"]],
    ["rebuilt again", 4, ["create b2", "delete b1"]],
  ] as const)("go full circle: %s", async (_, index, actions) => {
    const plan = await step(...circle.slice(0, index + 1));
    expect(instanceActions(plan)).toEqual(actions);
    expect(promised(circle[index - 1]!, circle[index]!)).toEqual(actions);
    expect(plan).toPassPlanGuard();
    expect(plan.guard().findings).toEqual([]);
    // With names and logs, and nothing of the hosts.
    expect(plan).toMatchSnapshot();
  });

  it.each(circle.map((roles, index) => [index, roles] as const))(
    "change nothing when they stay as they are (%#)",
    async (index) => {
      const reached = circle.slice(0, index + 1);
      expect(await step(...reached, reached.at(-1)!)).toChangeNothing();
    },
  );

  it("move the writer's name after the promotion, in the same apply", async () => {
    const plan = await step(NORMAL, FAILED_OVER);
    const writer = plan.changed.find(({ address }) => address.includes("_writer_"))!;
    const b1 = plan.changed.find(
      ({ address }) => /_b1_/.test(address) && address.startsWith("aws_db_instance"),
    )!;
    expect(writer.after!.records).toEqual([b1.before!.address]);
    // What the record refers to, it waits for.
    const records = Object.entries(synth(shop(FAILED_OVER)).resources("aws_route53_record"));
    expect(records.find(([name]) => name.includes("_writer_"))![1].records).toEqual([
      expect.stringMatching(/^\$\{aws_db_instance\.Database_b1_\w+\.address\}$/),
    ]);
  });

  it("do nothing but promote the replica in the apply that promotes it, whatever else was changed", async () => {
    const deployed = await deploy(shop(NORMAL));
    const changed = { multiAz: false, backupRetention: 30, allocatedStorage: 50, performanceInsights: false };
    const plan = await deployed.plan(shop(FAILED_OVER, changed));
    const promoted = plan.changed.find(({ address }) => address.startsWith("aws_db_instance.Database_b1"))!;
    expect(promoted.changes.map(({ path }) => path)).toEqual([
      "final_snapshot_identifier",
      "replicate_source_db",
      "skip_final_snapshot",
    ]);
  });

  it("retire other replicas of the old primary, and build them anew", async () => {
    const two = initialRoles({ replicas: 2 });
    const failed = failOver(two, { to: "c1" });
    const plan = await step(two, failed);
    expect(instanceActions(plan)).toEqual(["update a1", "update b1", "update c1"]);
    expect(plan).toPassPlanGuard();
    expect(plan.resource("aws_route53_record.Database_Endpoints_reader-b1_BFD4E287").action).toBe("delete");
    const rebuilt = await step(two, failed, rebuildReplica(failed));
    expect(instanceActions(rebuilt)).toEqual(["create a2", "create b2", "delete a1", "delete b1"]);
    expect(rebuilt).toPassPlanGuard();
  });

  it("let go of a primary that is gone, without an empty one in its place", async () => {
    const lost = failOver(NORMAL, { lost: true });
    // As Terraform finds it after a refresh: without a1.
    const stack = shop(NORMAL);
    const database = stack.node.findChild("Database") as DatabasePair;
    database.node.tryRemoveChild("a1");
    database.replica!.addOverride("replicate_source_db", "shop-database-a1");
    for (const record of [database.endpoints.writerRecord, database.endpoints.readerRecords.a1!]) {
      record.records = ["shop-database-a1.example.com"];
    }
    const found = await deploy(stack);
    const plan = await found.plan(shop(lost));
    expect(instanceActions(plan)).toEqual(["update b1"]);
    expect(plan).toPassPlanGuard();

    const kept = await found.plan(shop(FAILED_OVER));
    expect(instanceActions(kept)).toEqual(["create a1", "update b1"]);
    expect(kept.guard().findings.map(({ rule }) => rule)).toEqual(["vanished-database"]);
  });

  it("let go of an old primary, which stays", async () => {
    const stack = shop(REBUILT);
    const from = "aws_db_instance.Database_a1_925C9A86";
    stack.addOverride("removed", [{ from, lifecycle: { destroy: false } }]);
    const plan = await (await (await deploy(shop(NORMAL))).deploy(shop(FAILED_OVER))).plan(stack);
    expect(instanceActions(plan)).toEqual(["create a2", "forget a1"]);
    expect(plan.guard()).toMatchObject({ isRefused: false, findings: [{ rule: "forgotten-database" }] });
  });

  it("add a replica, and take one out of service and away", async () => {
    const two = addReplica(NORMAL);
    const added = await step(NORMAL, two);
    expect(instanceActions(added)).toEqual(["create c1"]);
    expect(added.created.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["aws_cloudwatch_metric_alarm", "aws_route53_health_check"]),
    );
    const retired = retire(two, "b1", { forGood: true });
    const leaving = await step(two, retired);
    expect(instanceActions(leaving)).toEqual(["update b1"]);
    expect(leaving).toPassPlanGuard();
    const gone = await step(two, retired, rebuildReplica(retired));
    expect(instanceActions(gone)).toEqual(["delete b1"]);
    expect(gone).toPassPlanGuard();
  });

  it("restore a backup beside the pair, and move to it", async () => {
    const source = { instance: "shop-database-a1", time: "2026-11-24T03:07:00Z" };
    const restored = restoreFrom(NORMAL, source);
    const made = await step(NORMAL, restored);
    expect(instanceActions(made)).toEqual(["create c1"]);
    made.hasResource("aws_db_instance", {
      identifier: "shop-database-c1",
      restore_to_point_in_time: [
        expect.objectContaining({
          source_db_instance_identifier: "shop-database-a1",
          restore_time: "2026-11-24T03:07:00Z",
        }),
      ],
      password_wo_version: 1,
    });
    const moved = failOver(restored, { to: "c1" });
    const move = await step(NORMAL, restored, moved);
    expect(instanceActions(move)).toEqual(["update a1", "update b1"]);
    expect(move).toPassPlanGuard();
    const settled = rebuildReplica(moved);
    const settle = await step(NORMAL, restored, moved, settled);
    expect(instanceActions(settle)).toEqual(["create b2", "delete a1", "delete b1"]);
    expect(settle).toPassPlanGuard();
  });

  it("make the first primary of a snapshot, and leave one that is there alone", async () => {
    const fromSnapshot = initialRoles({ restoredFrom: { snapshot: "shop-final" } });
    const plan = await (await deploy(shop(fromSnapshot))).plan(shop(fromSnapshot));
    expect(plan).toChangeNothing();
    expect(await step(NORMAL, fromSnapshot)).toReplaceNothing();
    // Taken out again, the name of the database counts once more.
    const without = await step(fromSnapshot, NORMAL);
    expect(without.guard().findings.map(({ rule }) => rule)).toContain("replaced-database");
  });

  it("do not rotate the password in the plan that promotes", async () => {
    const rotating = shop(FAILED_OVER, { credentials: { passwordVersion: 2 } });
    const plan = await (await deploy(shop(NORMAL))).plan(rotating);
    expect(plan.guard().findings.map(({ rule }) => rule)).toEqual(["crowded-promotion"]);
    // What was rotated before is set with the promotion.
    const rotated = { credentials: { passwordVersion: 2 } };
    expect(await stepWith(rotated, NORMAL, FAILED_OVER)).toPassPlanGuard();
  });

  it("set a rotated password on a promoted primary too", async () => {
    const before = await (await deploy(shop(NORMAL))).deploy(shop(FAILED_OVER));
    const rotated = await before.plan(shop(FAILED_OVER, { credentials: { passwordVersion: 2 } }));
    expect(instanceActions(rotated)).toEqual(["update b1"]);
  });

  describe("after a promotion outside Terraform", () => {
    /** The pair as Terraform finds it: b1 has no source any more. */
    function promotedOutside(): TerraformStack {
      const stack = testStack();
      const database = testDatabase(stack, existingNetwork(stack));
      database.replica!.addOverride("replicate_source_db", undefined);
      return stack;
    }
    const planned = async (roles: DatabaseRoles) => {
      const stack = testStack();
      testDatabase(stack, existingNetwork(stack), { roles });
      return (await deploy(promotedOutside())).plan(stack);
    };

    it("are refused where they are as before", async () => {
      const plan = await planned(NORMAL);
      expect(plan.guard().findings.map(({ rule, address }) => `${rule} ${address}`)).toEqual([
        "reattached-replica aws_db_instance.Database_b1_65E02AB6",
      ]);
      expect(plan).not.toPassPlanGuard();
    });

    it("are brought in line by a failover, which promotes nothing twice", async () => {
      const plan = await planned(FAILED_OVER);
      expect(instanceActions(plan)).toEqual(["update a1", "update b1"]);
      const b1 = plan.changed.find(({ address }) => address.startsWith("aws_db_instance.Database_b1"))!;
      expect(b1.changes.map(({ path }) => path)).not.toContain("replicate_source_db");
      expect(plan).toPassPlanGuard();
    });
  });

  // Steps that were left out, or taken back: legal roles each, in an order that is not.
  it.each([
    ["a rebuild without its failover", [NORMAL], REBUILT, ["deletion-with-promotion", "protected-deletion"]],
    ["back to normal after a failover", [NORMAL, FAILED_OVER], NORMAL, ["reattached-replica"]],
    [
      "back to normal after a rebuild",
      [NORMAL, FAILED_OVER, REBUILT],
      NORMAL,
      ["protected-deletion", "reattached-replica"],
    ],
    [
      "switched back without a rebuild",
      [NORMAL, FAILED_OVER],
      SWITCHED_BACK,
      ["no-engine", "replaced-database"],
    ],
    [
      "the whole circle at once",
      [NORMAL],
      REBUILT_AGAIN,
      ["no-engine", "protected-deletion", "replaced-database"],
    ],
    [
      "a second rebuild without its switch",
      [NORMAL, FAILED_OVER, REBUILT],
      REBUILT_AGAIN,
      ["deletion-with-promotion", "protected-deletion"],
    ],
  ])("are refused by the plan guard in a wrong order: %s", async (_, before, after, rules) => {
    const plan = await step(...before, after);
    const found = [...new Set(plan.guard().findings.map(({ rule }) => rule))].sort();
    expect(found).toEqual(rules);
  });

  it("are refused by the plan guard where the file was lost, protection or not", async () => {
    const unprotected = { deletionProtection: false };
    const plan = await stepWith(
      unprotected,
      NORMAL,
      FAILED_OVER,
      REBUILT,
      SWITCHED_BACK,
      REBUILT_AGAIN,
      NORMAL,
    );
    expect(instanceActions(plan)).toEqual(["create a1", "create b1", "delete a2", "delete b2"]);
    expect(plan.guard().findings.map(({ rule }) => rule)).toEqual(["replaced-database"]);
  });

  it("are built anew after the loss of a primary that had several replicas", async () => {
    const lost = failOver(initialRoles({ replicas: 2 }), { to: "c1", lost: true });
    const stack = (roles: DatabaseRoles, released = false) => {
      const made = testStack();
      const database = testDatabase(made, existingNetwork(made), { roles });
      // RDS has made what replicated a1 a database of its own.
      if (released) database.instances.b1!.addOverride("replicate_source_db", undefined);
      return made;
    };
    const plan = await (await deploy(stack(lost, true))).plan(stack(rebuildReplica(lost)));
    expect(instanceActions(plan)).toEqual(["create a2", "create b2", "delete b1"]);
    expect(plan).toPassPlanGuard();
  });

  it("stand in another region, with groups, key and firewall of their own there", async () => {
    const stack = (roles: DatabaseRoles) => {
      const made = testStack();
      testDatabase(made, existingNetwork(made), {
        roles,
        kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
        slots: { c: { region: frankfurt(made) } },
      });
      return made;
    };
    const two = addReplica(NORMAL, { slot: "c" });
    const deployed = await deploy(stack(NORMAL));
    const plan = await deployed.plan(stack(two));
    expect(plan).toMatchSnapshot();
    plan.hasResource("aws_db_instance", {
      identifier: "shop-database-c1",
      kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
      replicate_source_db: expect.stringMatching(/^arn:/),
    });
    const failed = failOver(two, { to: "c1" });
    const abroad = await (await deployed.deploy(stack(two))).deploy(stack(failed));
    const rebuilt = await abroad.plan(stack(rebuildReplica(failed)));
    expect(instanceActions(rebuilt)).toEqual(["create a2", "create b2", "delete a1", "delete b1"]);
    expect(rebuilt).toPassPlanGuard();
    rebuilt.hasResource("aws_db_instance", {
      identifier: "shop-database-a2",
      kms_key_id: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
      replicate_source_db: expect.stringMatching(/^arn:/),
    });
  });
});
