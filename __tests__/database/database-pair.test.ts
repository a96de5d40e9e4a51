import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  Aspects,
  DefaultTokenResolver,
  StringConcat,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Tokenization,
} from "cdktf";
import {
  DatabaseEngine,
  DatabasePair,
  DatabasePairProps,
  Peer,
  addReplica,
  failOver,
  initialRoles,
  rebuildReplica,
} from "../../lib";
import { ZONES, frankfurt, reference, synth, testNetwork, testStack } from "../support/synth";

function resolving(scope: TerraformStack) {
  return { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };
}

/** A reference as it stands in a longer expression. */
function bare(resource: TerraformResource, attribute: string): string {
  return reference(resource, attribute).slice(2, -1);
}

function pair(props: Partial<DatabasePairProps> = {}, stack: TerraformStack = testStack()) {
  const made = new DatabasePair(stack, "Database", {
    network: testNetwork(stack),
    engine: DatabaseEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  });
  return { stack, made, tf: () => synth(stack) };
}

describe("DatabasePair", () => {
  it("is a primary and a replica of it, named by slot and generation", () => {
    const { made, tf } = pair();
    const json = tf();
    expect(json.of(made.primary)).toMatchObject({
      identifier: "shop-database-a1",
      engine: "postgres",
      engine_version: "17",
      db_name: "shop",
      username: "tandem",
      port: 5432,
      skip_final_snapshot: false,
      // Ends as the subnet group does, which is named anew with each environment.
      final_snapshot_identifier: `shop-database-a1-final-\${trimprefix(${bare(made.subnetGroup, "name")}, "shop-database-")}`,
    });
    expect(json.of(made.replica!)).toMatchObject({
      identifier: "shop-database-b1",
      replicate_source_db: reference(made.primary, "identifier"),
      skip_final_snapshot: true,
    });
    expect([made.primary.node.id, made.replica!.node.id]).toEqual(["a1", "b1"]);
  });

  it("says nothing on the replica that RDS takes from its source", () => {
    const { made, tf } = pair({ kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" });
    const replica = tf().of(made.replica!);
    for (const name of [
      "username",
      "db_name",
      "password_wo",
      "engine",
      "db_subnet_group_name",
      "kms_key_id",
    ]) {
      expect(replica[name]).toBeUndefined();
    }
  });

  it.each(["primary", "replica"] as const)(
    "protects the %s: encrypted, backed up, watched, private",
    (role) => {
      const { made, tf } = pair();
      const json = tf();
      expect(json.of(made[role]!)).toMatchObject({
        storage_encrypted: true,
        multi_az: true,
        publicly_accessible: false,
        deletion_protection: true,
        backup_retention_period: 7,
        copy_tags_to_snapshot: true,
        auto_minor_version_upgrade: true,
        iam_database_authentication_enabled: true,
        performance_insights_enabled: true,
        monitoring_interval: 60,
        monitoring_role_arn: reference(made.monitoringRole!.role, "arn"),
        enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
        parameter_group_name: reference(made.parameterGroup, "name"),
        vpc_security_group_ids: [reference(made.firewall.securityGroup, "id")],
      });
    },
  );

  it("stands in the data subnets of two zones", () => {
    const { made, tf } = pair();
    expect(tf().of(made.subnetGroup).subnet_ids).toEqual(
      ZONES.map((zone) => expect.stringContaining(`Data_${zone}`)),
    );
  });

  it("keeps primary and replica in different zones where they have no standby", () => {
    const { made, tf } = pair({ multiAz: false });
    const json = tf();
    expect(json.of(made.primary)).toMatchObject({ multi_az: false, availability_zone: "eu-west-1a" });
    expect(json.of(made.replica!)).toMatchObject({ multi_az: false, availability_zone: "eu-west-1b" });
    expect(json.of(made.primary).lifecycle.ignore_changes).toContain("availability_zone");
    const standby = pair();
    expect(standby.tf().of(standby.made.primary).availability_zone).toBeUndefined();
  });

  it.each([
    [DatabaseEngine.postgres("17"), "postgres17", "rds.force_ssl", 5432],
    [DatabaseEngine.mysql("8.4.6"), "mysql8.4", "require_secure_transport", 3306],
    [DatabaseEngine.mariadb("11.4"), "mariadb11.4", "require_secure_transport", 3306],
    [
      DatabaseEngine.postgres("19", { parameterGroupFamily: "postgres19" }),
      "postgres19",
      "rds.force_ssl",
      5432,
    ],
  ])("forces TLS with the parameters of its engine (%#)", (engine, family, parameter, port) => {
    const { made, tf } = pair({ engine });
    const config = tf().of(made.parameterGroup);
    expect(config).toMatchObject({ family, lifecycle: { create_before_destroy: true } });
    expect(config.parameter).toContainEqual({ name: parameter, value: "1", apply_method: "pending-reboot" });
    expect(config.parameter.length).toBeGreaterThan(1);
    expect(made.connections.defaultPort!.from).toBe(port);
  });

  it("takes parameters of the user's own", () => {
    const { made, tf } = pair({ parameters: { work_mem: "65536", log_statement: "none" } });
    const parameters = tf().of(made.parameterGroup).parameter;
    expect(parameters).toContainEqual(expect.objectContaining({ name: "work_mem", value: "65536" }));
    expect(parameters.filter((one: { name: string }) => one.name === "log_statement")).toEqual([
      expect.objectContaining({ value: "none" }),
    ]);
  });

  it("keeps the engine's logs for a year, in groups that are there before RDS makes them", () => {
    const { made, tf } = pair();
    const json = tf();
    expect(Object.keys(made.logGroups)).toEqual([
      "a1-postgresql",
      "a1-upgrade",
      "b1-postgresql",
      "b1-upgrade",
    ]);
    expect(json.of(made.logGroups["b1-upgrade"]!)).toMatchObject({
      name: "/aws/rds/instance/shop-database-b1/upgrade",
      retention_in_days: 365,
    });
    expect(json.of(made.replica!).depends_on).toContainEqual(
      expect.stringMatching(/^aws_cloudwatch_log_group\.Database_Logs_b1-upgrade_/),
    );
  });

  it("has a name for the writer and one for the reader that stay when roles move", () => {
    const { made, tf } = pair();
    const json = tf();
    expect(json.of(made.endpoints.zone!)).toMatchObject({
      name: "shop-database.internal",
      vpc: [{ vpc_id: expect.stringMatching(/^\$\{aws_vpc/) }],
    });
    expect(json.of(made.endpoints.writerRecord)).toMatchObject({
      name: "writer.shop-database.internal",
      type: "CNAME",
      ttl: 5,
      records: [reference(made.primary, "address")],
    });
    expect(json.of(made.endpoints.readerRecords.b1!)).toMatchObject({
      name: "reader.shop-database.internal",
      records: [reference(made.replica!, "address")],
      weighted_routing_policy: { weight: 1 },
    });
    expect(made.reader.host).toBe("reader.shop-database.internal");
  });

  it("goes to another major version only when told to", () => {
    const versions = [pair(), pair({ allowMajorVersionUpgrade: true })].map(
      ({ made, tf }) => tf().of(made.primary).allow_major_version_upgrade,
    );
    expect(versions).toEqual([false, true]);
  });

  it("keeps the groups of its instances when it is renamed", () => {
    const prefixes = ["shop", "store"].map((identifier) => {
      const { made, tf } = pair({ identifier });
      const json = tf();
      return [made.subnetGroup, made.parameterGroup].map((group) => json.of(group).name_prefix);
    });
    expect(prefixes).toEqual([
      ["shop-database-", "shop-database-"],
      ["shop-database-", "shop-database-"],
    ]);
  });

  it("puts its names into a private zone that exists", () => {
    const { made, tf } = pair({ privateZone: { hostedZoneId: "Z1", name: "internal.example.com" } });
    const json = tf();
    expect(json.count("aws_route53_zone")).toBe(0);
    expect(json.of(made.endpoints.writerRecord)).toMatchObject({
      zone_id: "Z1",
      name: "shop-database-writer.internal.example.com",
    });
  });

  it("sizes storage so that it can grow", () => {
    const { made, tf } = pair();
    expect(tf().of(made.primary)).toMatchObject({
      allocated_storage: 20,
      max_allocated_storage: 100,
      storage_type: "gp3",
    });
    const fast = pair({ storageType: "io2", iops: 4000, allocatedStorage: 500, maxAllocatedStorage: 0 });
    const config = fast.tf().of(fast.made.primary);
    expect(config).toMatchObject({ storage_type: "io2", iops: 4000, allocated_storage: 500 });
    expect(config.max_allocated_storage).toBeUndefined();
  });

  it("leaves Performance Insights off where a class lacks it", () => {
    const { made, tf } = pair({ engine: DatabaseEngine.mysql("8.4"), instanceClass: "db.t4g.small" });
    expect(tf().of(made.primary)).toMatchObject({ performance_insights_enabled: false });
  });

  it("switches Enhanced Monitoring off, role and all", () => {
    const { made, tf } = pair({ monitoringInterval: 0 });
    expect(made.monitoringRole).toBeUndefined();
    expect(tf().of(made.primary)).toMatchObject({ monitoring_interval: 0 });
  });

  it("lets values through that are known only after deploy", () => {
    const stack = testStack();
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const number = (name: string) => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    const { made, tf } = pair(
      {
        databaseName: text("database"),
        identifier: text("identifier"),
        instanceClass: text("class"),
        allocatedStorage: number("storage"),
        backupRetention: number("retention"),
        port: number("port"),
        engine: DatabaseEngine.postgres(text("version"), { parameterGroupFamily: "postgres17" }),
        credentials: { username: text("username") },
      },
      stack,
    );
    const json = tf();
    expect(json.of(made.primary)).toMatchObject({
      db_name: "${var.database}",
      identifier: "${var.identifier}-a1",
      engine_version: "${var.version}",
      allocated_storage: "${var.storage}",
      port: "${var.port}",
      username: "${var.username}",
    });
    expect(json.of(made.credentials.secretVersion).secret_string_wo).toContain('"username" = var.username');
  });
});

describe("DatabasePair with other roles", () => {
  const failedOver = failOver(initialRoles());
  const rebuilt = rebuildReplica(failedOver);

  it("has the promoted replica as its primary, and keeps the old one until the rebuild", () => {
    const { stack, made, tf } = pair({ roles: failedOver });
    const json = tf();
    expect(made.primary.node.id).toBe("b1");
    expect(made.replica).toBeUndefined();
    expect(Object.keys(made.instances)).toEqual(["b1", "a1"]);
    const promoted = json.of(made.primary);
    expect(promoted.replicate_source_db).toBeUndefined();
    // What it has from its source is not said: the provider makes no instance without an engine.
    for (const name of ["engine", "username", "db_name", "password_wo"])
      expect(promoted[name]).toBeUndefined();
    expect(json.of(made.instances.a1!)).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: false,
    });
    const hosts = [made.writer.rdsHost, made.reader.rdsHost].map((host) =>
      Tokenization.resolve(host, resolving(stack)),
    );
    expect(hosts).toEqual([reference(made.primary, "address"), reference(made.primary, "address")]);
  });

  it("keeps the logs of an instance that is gone", () => {
    const { made } = pair({ roles: rebuilt });
    expect(Object.keys(made.logGroups)).toEqual(
      ["b1", "a2", "a1"].flatMap((node) => [`${node}-postgresql`, `${node}-upgrade`]),
    );
    expect(Object.keys(made.instances)).toEqual(["b1", "a2"]);
  });

  it("names a final snapshot of what replicated a lost primary, which RDS makes a database of its own", () => {
    const lost = failOver(initialRoles({ replicas: 2 }), { to: "c1", lost: true });
    const { made, tf } = pair({ roles: lost });
    expect(tf().of(made.instances.b1!)).toMatchObject({
      replicate_source_db: "shop-database-a1",
      skip_final_snapshot: false,
      final_snapshot_identifier: expect.stringContaining("shop-database-b1-final-"),
    });
  });

  it("names no final snapshot of such a replica in another region, which is a replica still", () => {
    const stack = testStack();
    const lost = failOver(initialRoles({ replicas: 2 }), { to: "b1", lost: true });
    const slots = { c: { region: frankfurt(stack) } };
    const { made, tf } = pair({ roles: lost, slots }, stack);
    expect(tf().of(made.instances.c1!)).toMatchObject({ skip_final_snapshot: true });
  });

  it("waits for large databases for as long as they take", () => {
    const { made, tf } = pair();
    expect(tf().of(made.replica!).timeouts).toEqual({ create: "24h", delete: "24h", update: "24h" });
  });

  it("gives hosts names that no step changes", () => {
    const [first, ...others] = [initialRoles(), failedOver, rebuilt].map((roles) => {
      const { made } = pair({ roles });
      return [made.endpoints.writerName, made.reader.host];
    });
    for (const names of others) expect(names).toEqual(first);
  });

  it("shares reads between healthy replicas by weight, and falls back to the primary", () => {
    const { made, tf } = pair({
      roles: initialRoles({ replicas: 3 }),
      slots: { c: { readerWeight: 3 }, d: { readerWeight: 0 } },
    });
    const json = tf();
    const records = Object.entries(made.endpoints.readerRecords).map(([node, record]) => {
      const { weighted_routing_policy: policy, health_check_id: health } = json.of(record);
      return [node, policy.weight, health === undefined ? "unchecked" : "checked"];
    });
    expect(records).toEqual([
      ["a1", 0, "unchecked"],
      ["b1", 1, "checked"],
      ["c1", 3, "checked"],
    ]);
    const health = made.replicaHealth.b1!;
    expect(json.of(health.healthCheck)).toMatchObject({ type: "CALCULATED", child_health_threshold: 2 });
    expect(json.of(health.lagAlarm)).toMatchObject({
      metric_name: "ReplicaLag",
      threshold: 600,
      treat_missing_data: "breaching",
      dimensions: { DBInstanceIdentifier: reference(made.instances.b1!, "identifier") },
    });
    expect(json.of(health.stoppedAlarm)).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 0,
    });
  });

  it("checks a single replica's health when asked to, and several replicas' not when not", () => {
    expect(Object.keys(pair({ readerHealth: { maxLag: 30 } }).made.replicaHealth)).toEqual(["b1"]);
    expect(pair().made.replicaHealth).toEqual({});
    const two = { roles: initialRoles({ replicas: 2 }), readerHealth: false };
    expect(pair(two).made.replicaHealth).toEqual({});
  });

  it("configures single slots otherwise", () => {
    const { made, tf } = pair({
      engine: DatabaseEngine.postgres("17.4"),
      slots: {
        b: {
          instanceClass: "db.r8g.large",
          engineVersion: "17.6",
          multiAz: false,
          availabilityZone: "eu-west-1a",
        },
      },
    });
    const json = tf();
    expect(json.of(made.replica!)).toMatchObject({
      instance_class: "db.r8g.large",
      engine_version: "17.6",
      multi_az: false,
      availability_zone: "eu-west-1a",
    });
    expect(json.of(made.replica!).lifecycle.ignore_changes).not.toContain("engine_version");
    expect(json.of(made.primary)).toMatchObject({ instance_class: "db.t4g.medium", engine_version: "17.4" });
  });

  it("makes its first primary of a snapshot, or of backups", () => {
    const made = pair({ roles: initialRoles({ restoredFrom: { snapshot: "shop-final" } }) });
    expect(made.tf().of(made.made.primary)).toMatchObject({ snapshot_identifier: "shop-final" });
    // The backup has its databases, and may not be encrypted.
    expect(made.tf().of(made.made.primary).db_name).toBeUndefined();
    expect(made.tf().of(made.made.primary).allocated_storage).toBeUndefined();
    for (const node of [made.made.primary, made.made.replica!]) {
      expect(made.tf().of(node).lifecycle.ignore_changes).toContain("storage_encrypted");
    }
    const late = pair({ roles: initialRoles({ restoredFrom: { resourceId: "db-ABC" } }) });
    expect(late.tf().of(late.made.primary).restore_to_point_in_time).toMatchObject({
      source_dbi_resource_id: "db-ABC",
      use_latest_restorable_time: true,
    });
  });

  it("lets clients in another region connect by the firewall of that region", () => {
    const stack = testStack();
    const region = frankfurt(stack);
    const roles = initialRoles({ replicas: 2 });
    const { made, tf } = pair({ roles, slots: { c: { region } } }, stack);
    made.regions.c!.firewall.connections.allowDefaultPortFrom(Peer.ipv4("10.1.0.0/16"));
    const json = tf();
    const abroad = Object.entries(json.byAddress).filter(([, config]) => config.provider === "aws.frankfurt");
    expect(abroad.map(([address]) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "aws_cloudwatch_log_group.Database_Logs_c1-postgresql",
      "aws_cloudwatch_log_group.Database_Logs_c1-upgrade",
      "aws_db_instance.Database_c1",
      "aws_db_parameter_group.Database_Region-c_ParameterGroup",
      "aws_db_subnet_group.Database_Region-c_SubnetGroup",
      "aws_security_group.Database_Region-c_Firewall_SecurityGroup",
      "aws_vpc_security_group_ingress_rule.Database_Region-c_Firewall_from-10-1-0-0-16-tcp-5432",
    ]);
    const zone = json.of(made.endpoints.zone!);
    expect(zone.vpc).toContainEqual({ vpc_id: "vpc-0f", vpc_region: "eu-central-1" });
    expect(json.of(made.credentials.secret).replica).toEqual([
      { region: "eu-central-1", kms_key_id: region.kmsKeyArn },
    ]);
    // It is there for the loss of a region, and takes no reads before.
    expect(Object.keys(made.endpoints.readerRecords)).toEqual(["a1", "b1"]);
    const alone = pair({
      roles: addReplica(initialRoles({ replicas: 0 }), { slot: "c" }),
      slots: { c: { readerWeight: 0 } },
    });
    const host = Tokenization.resolve(alone.made.reader.rdsHost, resolving(alone.stack));
    expect(host).toBe(reference(alone.made.primary, "address"));
  });
});

describe("Credentials", () => {
  it("makes the password in the deploy and hands it over write-only", () => {
    const { made, tf } = pair();
    const json = tf();
    const name = made.credentials.secretVersion.friendlyUniqueId;
    const version = json.of(made.credentials.secretVersion);
    expect(version.secret_string_wo).toMatch(
      /^\$\{jsonencode\(\{"username" = "tandem", "password" = replace\(uuid\(\), "-", ""\), /,
    );
    expect(version.secret_string_wo_version).toBe(1);
    // From the version, not from the secret: only so does Terraform wait until there is one.
    expect(json.json.ephemeral).toEqual({
      aws_secretsmanager_secret_version: {
        [name]: { secret_id: reference(made.credentials.secretVersion, "secret_id") },
      },
    });
    expect(json.of(made.primary)).toMatchObject({
      password_wo: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${name}.secret_string).password}`,
      password_wo_version: 1,
    });
  });

  it("has no password anywhere else", () => {
    const { made, tf } = pair();
    const json = tf();
    expect(json.of(made.primary).password).toBeUndefined();
    expect(json.of(made.primary).manage_master_user_password).toBeUndefined();
    expect(json.of(made.credentials.secretVersion).secret_string).toBeUndefined();
    expect(json.json.output).toBeUndefined();
  });

  it("asks for a Terraform that knows ephemeral blocks, unless the stack asks for one itself", () => {
    expect(pair().tf().json.terraform.required_version).toBe(">= 1.11.0");
    const stack = testStack();
    stack.addOverride("terraform.required_version", "~> 1.12");
    expect(pair({}, stack).tf().json.terraform.required_version).toBe("~> 1.12");
  });

  it("makes a new password, for secret and database at once, when the version is raised", () => {
    const { made, tf } = pair({ credentials: { passwordVersion: 2 } });
    const json = tf();
    expect(json.of(made.credentials.secretVersion).secret_string_wo_version).toBe(2);
    expect(json.of(made.primary).password_wo_version).toBe(2);
  });

  it("opens the secret with the provider that an aspect gives its resources", () => {
    const { stack, made, tf } = pair();
    const frankfurt = new AwsProvider(stack, "frankfurt", { region: "eu-central-1", alias: "frankfurt" });
    Aspects.of(made).add({
      visit: (node) => {
        if (TerraformResource.isTerraformResource(node)) node.provider = frankfurt;
      },
    });
    const [block] = Object.values<{ provider: string }>(
      tf().json.ephemeral.aws_secretsmanager_secret_version,
    );
    expect(block!.provider).toBe("aws.frankfurt");
  });

  it("gives two databases in one stack a secret each", () => {
    const stack = testStack();
    const network = testNetwork(stack);
    for (const id of ["Orders", "Users"]) {
      new DatabasePair(stack, id, { network, engine: DatabaseEngine.postgres("17"), databaseName: "shop" });
    }
    expect(Object.keys(synth(stack).json.ephemeral.aws_secretsmanager_secret_version)).toHaveLength(2);
  });
});
