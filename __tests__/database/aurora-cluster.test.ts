import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { AuroraCluster, AuroraClusterProps, AuroraEngine, Network, WebHosts } from "../../lib";
import { ZONES, existingNetwork, reference, synth, testNetwork, testStack } from "../support/synth";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const MYSQL = AuroraEngine.mysql("8.0.mysql_aurora.3.08.2");

function cluster(props: Partial<AuroraClusterProps> = {}, stack: TerraformStack = testStack()) {
  const made = new AuroraCluster(stack, "Database", {
    network: props.network ?? testNetwork(stack),
    engine: AuroraEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  });
  const tf = () => synth(stack);
  return {
    stack,
    made,
    tf,
    cluster: () => tf().of(made.cluster),
    instance: (slot: string) => tf().of(made.instances[slot]!),
  };
}

describe("AuroraCluster", () => {
  it("is a writer and a reader, named by slot", () => {
    const { made, cluster: config, instance } = cluster();
    expect(config()).toMatchObject({
      cluster_identifier: "shop-database",
      engine: "aurora-postgresql",
      engine_version: "17",
      database_name: "shop",
      master_username: "tandem",
      port: 5432,
    });
    expect(Object.keys(made.instances)).toEqual(["a", "b"]);
    expect(made.instances.b!.node.id).toBe("b");
    expect(instance("b")).toMatchObject({
      identifier: "shop-database-b",
      cluster_identifier: reference(made.cluster, "id"),
      engine: "aurora-postgresql",
      instance_class: "db.t4g.medium",
    });
  });

  it("protects the data: encrypted, backed up, not to be deleted", () => {
    const { cluster: config } = cluster();
    expect(config()).toMatchObject({
      storage_encrypted: true,
      iam_database_authentication_enabled: true,
      deletion_protection: true,
      backup_retention_period: 7,
      copy_tags_to_snapshot: true,
      delete_automated_backups: false,
      skip_final_snapshot: false,
    });
  });

  it.each(["a", "b"])("keeps the instance in slot %s private, upgraded and watched", (slot) => {
    const { made, instance } = cluster({ kmsKeyArn: KEY });
    expect(instance(slot)).toMatchObject({
      publicly_accessible: false,
      auto_minor_version_upgrade: true,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      performance_insights_kms_key_id: KEY,
      monitoring_interval: 60,
      monitoring_role_arn: reference(made.monitoringRole!.role, "arn"),
    });
    expect(instance(slot).engine_version).toBeUndefined();
  });

  it("never meets the final snapshot of a cluster that was there before", () => {
    const { made, tf } = cluster();
    const json = tf();
    const { name_prefix: prefix } = json.of(made.subnetGroup);
    const name = reference(made.subnetGroup, "name").slice(2, -1);
    expect(json.of(made.cluster).final_snapshot_identifier).toBe(
      `shop-database-final-\${trimprefix(${name}, "${prefix}")}`,
    );
    expect(prefix).toBe("shop-database-");
  });

  it("stands behind its own firewall, in the data subnets", () => {
    const { made, tf } = cluster();
    const json = tf();
    expect(json.of(made.subnetGroup).subnet_ids).toEqual(
      ZONES.map((zone) => expect.stringContaining(`Data_${zone}`)),
    );
    expect(json.of(made.cluster)).toMatchObject({
      vpc_security_group_ids: [reference(made.firewall.securityGroup, "id")],
      db_subnet_group_name: reference(made.subnetGroup, "name"),
    });
    expect(made.connections.defaultPort!.from).toBe(5432);
  });

  it("puts its instances into the zones in turn, and leaves them there", () => {
    const { cluster: config, instance } = cluster({ instances: 3 });
    expect(["a", "b", "c"].map((slot) => instance(slot).availability_zone)).toEqual([
      "eu-west-1a",
      "eu-west-1b",
      "eu-west-1a",
    ]);
    expect(instance("a").lifecycle.ignore_changes).toContain("availability_zone");
    expect(config().availability_zones).toEqual(ZONES);
  });

  it("stays in the three zones that Aurora keeps its data in", () => {
    const stack = testStack();
    const zones = ["a", "b", "c", "d"].map((letter) => `eu-west-1${letter}`);
    const { cluster: config, instance } = cluster(
      { instances: 4, network: existingNetwork(stack, zones) },
      stack,
    );
    expect(config().availability_zones).toEqual(zones.slice(0, 3));
    expect(instance("d").availability_zone).toBe("eu-west-1a");
  });

  it("leaves zones to Aurora that the network knows by keys only", () => {
    const stack = testStack();
    const network = Network.fromAttributes(stack, "Network", {
      vpcId: "vpc-0a",
      cidrBlock: "10.0.0.0/16",
      region: "eu-west-1",
      dataSubnetIds: { one: "subnet-1", two: "subnet-2" },
    });
    const { cluster: config, instance } = cluster({ network }, stack);
    expect(config().availability_zones).toBeUndefined();
    expect(instance("a").availability_zone).toBeUndefined();
  });

  it("lets a reader take over in the order of the slots, b being as ready as the writer", () => {
    const { instance } = cluster({ instances: 4 });
    expect(["a", "b", "c", "d"].map((slot) => instance(slot).promotion_tier)).toEqual([0, 1, 2, 3]);
  });

  it("is reached by Aurora's names, which follow the roles and are on the certificate", () => {
    const { stack, made, tf } = cluster();
    new TerraformOutput(stack, "names", {
      value: [made.writer.host, made.writer.rdsHost, made.reader.host, made.reader.rdsHost],
    });
    const writer = reference(made.cluster, "endpoint");
    const reader = reference(made.cluster, "reader_endpoint");
    expect(tf().json.output.names.value).toEqual([writer, writer, reader, reader]);
    expect([made.writer.port, made.reader.port]).toEqual([5432, 5432]);
  });

  it.each([
    [AuroraEngine.postgres("17"), "postgres", "aurora-postgresql"],
    [AuroraEngine.mysql("8.0"), "mysql", "aurora-mysql"],
  ])("tells applications what to speak, and RDS what to run (%#)", (engine, spoken, run) => {
    const { made, cluster: config } = cluster({ engine });
    expect(made.engineName).toBe(spoken);
    expect(config().engine).toBe(run);
  });

  it("is a database to hosts as a pair is", () => {
    const stack = testStack();
    const network = testNetwork(stack);
    const { made } = cluster({ network, engine: MYSQL }, stack);
    new WebHosts(stack, "Hosts", { network }).useDatabase(made, { rdsNames: true });
    const json = synth(stack);
    expect(json.count("aws_vpc_security_group_ingress_rule")).toBeGreaterThan(0);
    const policies = Object.values(json.resources("aws_iam_role_policy")).map((one) => one.policy);
    expect(policies.join()).toContain(reference(made.credentials.secret, "arn"));
  });

  it.each([
    [AuroraEngine.postgres("17.4"), "aurora-postgresql17", "rds.force_ssl", "1", 5432],
    [MYSQL, "aurora-mysql8.0", "require_secure_transport", "ON", 3306],
    [AuroraEngine.mysql("8.4"), "aurora-mysql8.4", "require_secure_transport", "ON", 3306],
    [
      AuroraEngine.postgres("19", { parameterGroupFamily: "aurora-postgresql19" }),
      "aurora-postgresql19",
      "rds.force_ssl",
      "1",
      5432,
    ],
  ])("forces TLS with the parameters of its engine (%#)", (engine, family, name, value, port) => {
    const { made, tf } = cluster({ engine });
    const json = tf();
    const group = json.of(made.parameterGroup);
    expect(group).toMatchObject({ family, lifecycle: { create_before_destroy: true } });
    expect(group.parameter).toContainEqual({ name, value, apply_method: "pending-reboot" });
    expect(group.parameter.length).toBeGreaterThan(1);
    expect(json.of(made.cluster).db_cluster_parameter_group_name).toBe(
      reference(made.parameterGroup, "name"),
    );
    expect(made.connections.defaultPort!.from).toBe(port);
  });

  it("logs slow queries, and what MySQL audits", () => {
    const parameters = ([AuroraEngine.postgres("17"), MYSQL] as const).map((engine) => {
      const { made, tf } = cluster({ engine, parameters: { max_connections: "200" } });
      const list: { name: string; value: string }[] = tf().of(made.parameterGroup).parameter;
      return Object.fromEntries(list.map(({ name, value }) => [name, value]));
    });
    expect(parameters).toMatchObject([
      { log_min_duration_statement: "1000", log_statement: "ddl", max_connections: "200" },
      {
        slow_query_log: "1",
        long_query_time: "1",
        server_audit_logging: "1",
        server_audit_events: "CONNECT,QUERY_DCL,QUERY_DDL",
        max_connections: "200",
      },
    ]);
  });

  it("keeps the engine's logs for a year, in groups that are there before RDS makes them", () => {
    const { made, tf } = cluster({ engine: MYSQL });
    const json = tf();
    expect(Object.keys(made.logGroups)).toEqual(["audit", "error", "general", "slowquery"]);
    expect(json.of(made.logGroups.slowquery!)).toMatchObject({
      name: "/aws/rds/cluster/shop-database/slowquery",
      retention_in_days: 365,
    });
    expect(json.of(made.cluster)).toMatchObject({
      enabled_cloudwatch_logs_exports: ["audit", "error", "general", "slowquery"],
      depends_on: expect.arrayContaining([expect.stringContaining("Database_Logs_slowquery_")]),
    });
  });

  it("makes the password in the deploy and hands it over write-only", () => {
    const { made, cluster: config } = cluster({
      credentials: { username: "shop_owner", passwordVersion: 3 },
    });
    const name = made.credentials.secretVersion.friendlyUniqueId;
    expect(config()).toMatchObject({
      master_username: "shop_owner",
      master_password_wo: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${name}.secret_string).password}`,
      master_password_wo_version: 3,
    });
    expect(config().master_password).toBeUndefined();
    expect(config().manage_master_user_password).toBeUndefined();
  });

  it("resizes one instance at a time", () => {
    const { instance } = cluster({
      instanceClass: "db.r8g.large",
      slots: { b: { instanceClass: "db.r8g.xlarge" } },
    });
    expect(["a", "b"].map((slot) => instance(slot).instance_class)).toEqual([
      "db.r8g.large",
      "db.r8g.xlarge",
    ]);
  });

  it("scales serverless instances between two capacities", () => {
    const { cluster: config, instance } = cluster({
      instanceClass: "db.serverless",
      serverlessCapacity: { min: 0, max: 8.5 },
    });
    expect(config().serverlessv2_scaling_configuration).toEqual({ min_capacity: 0, max_capacity: 8.5 });
    expect(instance("a").instance_class).toBe("db.serverless");
  });

  it("says nothing of storage that is not asked for: Aurora's default has no name of its own", () => {
    expect(cluster().cluster().storage_type).toBeUndefined();
    expect(cluster({ storageType: "aurora-iopt1" }).cluster().storage_type).toBe("aurora-iopt1");
  });

  it("can be wound back if it runs MySQL", () => {
    const { cluster: config } = cluster({ engine: MYSQL, backtrackWindow: 86_400 });
    expect(config().backtrack_window).toBe(86_400);
  });

  it("leaves Performance Insights off where a class lacks it", () => {
    const { instance } = cluster({
      engine: MYSQL,
      instanceClass: "db.t3.medium",
      slots: { b: { instanceClass: "db.r8g.large" } },
    });
    expect(["a", "b"].map((slot) => instance(slot).performance_insights_enabled)).toEqual([false, true]);
  });

  it("switches Enhanced Monitoring off, role and all", () => {
    const { made, instance } = cluster({ monitoringInterval: 0 });
    expect(made.monitoringRole).toBeUndefined();
    expect(instance("a")).toMatchObject({ monitoring_interval: 0 });
  });

  it("is backed up and maintained when it is told to", () => {
    const { cluster: config, instance } = cluster({
      backupRetention: 30,
      backupWindow: "03:00-04:00",
      maintenanceWindow: "sun:05:00-sun:06:00",
    });
    expect(config()).toMatchObject({
      backup_retention_period: 30,
      preferred_backup_window: "03:00-04:00",
      preferred_maintenance_window: "sun:05:00-sun:06:00",
    });
    expect(instance("a").preferred_maintenance_window).toBe("sun:05:00-sun:06:00");
    expect(instance("a").preferred_backup_window).toBeUndefined();
  });

  it("lets values through that are known only after deploy", () => {
    const stack = testStack();
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const number = (name: string) => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    const { cluster: config, instance } = cluster(
      {
        databaseName: text("database"),
        identifier: text("identifier"),
        instanceClass: text("class"),
        backupRetention: number("retention"),
        port: number("port"),
        engine: AuroraEngine.mysql(text("version"), { parameterGroupFamily: "aurora-mysql8.0" }),
        credentials: { username: text("username") },
        serverlessCapacity: { min: number("min"), max: number("max") },
        backtrackWindow: number("backtrack"),
        monitoringInterval: number("interval"),
        restoreFrom: { cluster: text("source"), time: text("time") },
      },
      stack,
    );
    expect(config()).toMatchObject({
      cluster_identifier: "${var.identifier}",
      database_name: "${var.database}",
      engine_version: "${var.version}",
      port: "${var.port}",
      master_username: "${var.username}",
      backtrack_window: "${var.backtrack}",
      serverlessv2_scaling_configuration: { min_capacity: "${var.min}", max_capacity: "${var.max}" },
      restore_to_point_in_time: {
        source_cluster_identifier: "${var.source}",
        restore_to_time: "${var.time}",
      },
    });
    expect(config().final_snapshot_identifier).toMatch(/^\$\{var\.identifier\}-final-\$\{trimprefix\(/);
    expect(instance("a")).toMatchObject({
      identifier: "${var.identifier}-a",
      instance_class: "${var.class}",
      monitoring_interval: "${var.interval}",
    });
  });
});

describe("AuroraCluster with restoreFrom", () => {
  it("starts with the data of a snapshot", () => {
    const { cluster: config } = cluster({ restoreFrom: { snapshot: "shop-before-sale" } });
    expect(config().snapshot_identifier).toBe("shop-before-sale");
    expect(config().restore_to_point_in_time).toBeUndefined();
  });

  it("starts with what a cluster held at a time", () => {
    const { cluster: config } = cluster({ restoreFrom: { cluster: "shop", time: "2026-01-31T18:00:00Z" } });
    expect(config().restore_to_point_in_time).toEqual({
      source_cluster_identifier: "shop",
      restore_to_time: "2026-01-31T18:00:00Z",
      restore_type: "full-copy",
    });
  });

  it("starts with the latest that a cluster held which is gone", () => {
    const { cluster: config } = cluster({ restoreFrom: { clusterResourceId: "cluster-ABC123" } });
    expect(config().restore_to_point_in_time).toEqual({
      source_cluster_resource_id: "cluster-ABC123",
      use_latest_restorable_time: true,
      restore_type: "full-copy",
    });
  });

  it("shares storage with a cluster", () => {
    const { cluster: config } = cluster({ restoreFrom: { cluster: "shop", copyOnWrite: true } });
    expect(config().restore_to_point_in_time).toMatchObject({
      use_latest_restorable_time: true,
      restore_type: "copy-on-write",
    });
  });

  it("leaves alone what a restored cluster has from its source, and an existing one as it is", () => {
    const always = ["availability_zones", "kms_key_id", "snapshot_identifier", "restore_to_point_in_time"];
    expect(cluster().cluster().lifecycle.ignore_changes).toEqual(always);
    expect(cluster({ restoreFrom: { snapshot: "one" } }).cluster().lifecycle.ignore_changes).toEqual([
      ...always,
      "master_username",
      "database_name",
      "storage_encrypted",
    ]);
  });
});
