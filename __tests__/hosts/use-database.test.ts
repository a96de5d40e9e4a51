import {
  DatabaseEngine,
  DatabasePair,
  HostApplication,
  MachineImage,
  UseDatabaseOptions,
  WebHosts,
  WebHostsProps,
} from "../../lib";
import { reference, synth, testApp, testDatabase, testNetwork, testStack } from "../support/synth";
import { APPLICATION_UNIT, userData, webHosts } from "./hosts";

describe("WebHosts.useDatabase", () => {
  function withDatabase(options: UseDatabaseOptions = {}, props: Partial<WebHostsProps> = {}) {
    const setup = webHosts(props);
    const database = new DatabasePair(setup.stack, "Database", {
      network: setup.network,
      engine: DatabaseEngine.postgres("17"),
      databaseName: "shop",
    });
    setup.made.useDatabase(database, options);
    return { ...setup, database };
  }

  it("tells the application where the database is, by names that stay, and which secret opens it", () => {
    const { made } = withDatabase();
    const environment = Buffer.from(made.userData).toString();
    expect(environment).toContain("application.env");
    const application = HostApplication.container("ghcr.io/acme/shop:1.4", { port: 80 });
    const unit = userData(withDatabase({ fetchSecret: false }, { application }).made).files[APPLICATION_UNIT];
    const names = [...unit.content.matchAll(/--env (\w+)/g)].map((match) => match[1]).slice(3);
    expect(names).toEqual([
      "PORT",
      "DATABASE_ENGINE",
      "DATABASE_WRITER_HOST",
      "DATABASE_READER_HOST",
      "DATABASE_PORT",
      "DATABASE_NAME",
      "DATABASE_SECRET_ARN",
    ]);
  });

  it("gives RDS's own names only when asked, since they change with the roles", () => {
    const text = (options: object) => {
      const { made, tf } = withDatabase(options);
      return JSON.stringify(tf().of(made.launchTemplate).user_data);
    };
    expect(text({})).not.toMatch(/aws_db_instance/);
    expect(text({ rdsNames: true })).toMatch(/aws_db_instance\.Database_a1_\w+\.address/);
  });

  it("lets the hosts reach the database's port and read its secret, no other", () => {
    const { made, database, tf } = withDatabase();
    const json = tf();
    expect(json.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
      security_group_id: reference(database.firewall.securityGroup, "id"),
      referenced_security_group_id: reference(made.firewall.securityGroup, "id"),
      from_port: 5432,
    });
    const policies = Object.values(json.resources("aws_iam_role_policy")).filter(
      (policy) => policy.role === reference(made.role, "name"),
    );
    expect(policies.map((policy) => JSON.parse(policy.policy).Statement)).toEqual([
      [expect.objectContaining({ Resource: `${reference(made.logGroup!, "arn")}:*` })],
      [expect.objectContaining({ Action: "cloudwatch:PutMetricData" })],
      [
        {
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
          Resource: reference(database.credentials.secret, "arn"),
        },
      ],
    ]);
  });

  it("refuses a variable of its own that stands for something else already", () => {
    const { made, database } = withDatabase();
    made.addEnvironment({ DATABASE_READER_RDS_HOST: "elsewhere" });
    expect(() => made.useDatabase(database, { rdsNames: true })).toThrow(
      'one value; it is "elsewhere" already',
    );
  });

  it("is the same said twice", () => {
    const { made, database, tf } = withDatabase();
    made.useDatabase(database);
    expect(tf().count("aws_vpc_security_group_ingress_rule")).toBe(1);
  });

  it("connects stacks, the hosts' to the database's and not the other way round", () => {
    const app = testApp();
    const [data, front] = [testStack("data", app), testStack("front", app)];
    const network = testNetwork(data);
    const database = testDatabase(data, network);
    const hosts = new WebHosts(front, "Hosts", { network });
    hosts.useDatabase(database);
    app.synth();
    const needs = [data, front].map((stack) => stack.dependencies.map((one) => one.node.id));
    expect(needs).toEqual([[], ["data"]]);
    // Terraform takes only addresses of the same configuration there.
    expect(synth(front).of(hosts.autoScalingGroup).depends_on.join()).not.toMatch(/remote_state|Network/);
    expect(synth(front).count("aws_vpc_security_group_ingress_rule")).toBe(1);
  });

  it("puts no password into user data", () => {
    const { made, tf } = withDatabase();
    const template = JSON.stringify(tf().of(made.launchTemplate));
    expect(template).not.toMatch(/ephemeral|secret_string|password_wo|aws_secretsmanager_secret_version/i);
    expect(template).not.toMatch(/DATABASE_(USERNAME|PASSWORD)=/);
  });

  it("has the hosts fetch the secret before the application starts, and look for a new one", () => {
    const { made } = withDatabase();
    const { files, packages } = userData(made);
    expect(files["/usr/local/lib/tandem/database-secret"].content).toContain("get-secret-value");
    expect(files["/etc/systemd/system/database-secret.service"].content).toContain(
      "ExecStart=/usr/bin/python3 -I /usr/local/lib/tandem/database-secret application.service",
    );
    expect(files["/etc/systemd/system/database-secret.timer"].content).toContain("OnUnitInactiveSec=5min");
    expect(files[`${APPLICATION_UNIT}.d/database-secret.conf`].content).toBe(
      "[Unit]\nWants=database-secret.service\nAfter=database-secret.service\n\n" +
        "[Service]\nEnvironmentFile=-/run/tandem/database.env\n",
    );
    expect(files["/usr/local/lib/tandem/set-up"].content).toContain(
      "systemctl enable --now database-secret.timer",
    );
    expect(packages).not.toContain("awscli");
  });

  it.each([
    ["debian-12", MachineImage.debian12(), ["awscli"], undefined],
    ["ubuntu-24.04", MachineImage.ubuntu2404(), [], "snap install aws-cli --classic"],
  ])("installs AWS's command line on %s, which lacks it", (_, image, names, command) => {
    const { packages, files } = userData(withDatabase({}, { image }).made);
    expect(packages!.filter((name) => name === "awscli")).toEqual(names);
    const setUp = files["/usr/local/lib/tandem/set-up"].content;
    if (command) expect(setUp).toContain(command);
    else expect(setUp).not.toContain("snap");
  });

  it("passes what is in the secret to a container, by name only", () => {
    const application = HostApplication.container("ghcr.io/acme/shop:1.4", { port: 80 });
    const { made } = withDatabase({}, { application });
    expect(userData(made).files[APPLICATION_UNIT].content).toContain(
      "--env DATABASE_SECRET_ARN --env DATABASE_USERNAME --env DATABASE_PASSWORD ghcr.io",
    );
  });

  it("leaves the secret to an application that fetches it itself", () => {
    const { made, database } = withDatabase({ fetchSecret: false });
    const files = () => Object.keys(userData(made).files).join();
    expect(files()).not.toContain("database-secret");
    made.useDatabase(database);
    expect(files()).not.toContain("database-secret");
    made.useDatabase(database, { fetchSecret: true });
    expect(files()).toContain("database-secret");
  });

  it("gives the secret to the service of a baked image, and to none where no service is named", () => {
    const image = MachineImage.ami("ami-0123456789abcdef0");
    const named = HostApplication.bakedImage({ port: 9000, service: "shop.service" });
    const files = userData(withDatabase({}, { image, application: named }).made).files;
    expect(files["/etc/systemd/system/shop.service.d/database-secret.conf"].content).toContain(
      "database.env",
    );
    const unnamed = HostApplication.bakedImage({ port: 9000 });
    const without = userData(withDatabase({}, { image, application: unnamed }).made).files;
    expect(Object.keys(without).join()).not.toContain("database-secret");
    expect(() => withDatabase({ fetchSecret: true }, { image, application: unnamed })).toThrow(
      "fetchSecret is true. Allowed: false with an image whose service is not known",
    );
  });
});
