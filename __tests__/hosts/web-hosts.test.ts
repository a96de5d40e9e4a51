import { Token, TerraformVariable } from "cdktf";
import { load } from "js-yaml";
import {
  DatabaseEngine,
  DatabasePair,
  HostApplication,
  MachineImage,
  WebHosts,
  WebHostsProps,
} from "../../lib";
import { reference, synth, testApp, testDatabase, testNetwork, testStack } from "../support/synth";

function webHosts(props: Partial<WebHostsProps> = {}, stack = testStack()) {
  const network = testNetwork(stack);
  const made = new WebHosts(stack, "Hosts", { network, ...props });
  return { stack, network, made, tf: () => synth(stack) };
}

/** User data as cloud-init reads it. */
function userData(hosts: WebHosts): { packages?: string[]; runcmd: string[]; files: Record<string, any> } {
  expect(hosts.userData.split("\n")[0]).toBe("#cloud-config");
  const { write_files, ...rest } = load(hosts.userData) as any;
  return {
    ...rest,
    files: Object.fromEntries(write_files.map((file: { path: string }) => [file.path, file])),
  };
}

const UNIT = "/etc/systemd/system/application.service";

describe("WebHosts", () => {
  it("is a group of two hosts over the application subnets of two zones", () => {
    const { made, network, tf } = webHosts();
    const group = tf().of(made.autoScalingGroup);
    expect(group).toMatchObject({
      min_size: 2,
      max_size: 4,
      vpc_zone_identifier: network.applicationSubnets.map((subnet) => expect.stringContaining(subnet.zone)),
      health_check_type: "EC2",
    });
    expect(group.desired_capacity).toBeUndefined();
  });

  it("replaces hosts when their template changes, each successor before its predecessor goes", () => {
    const { made, tf } = webHosts();
    expect(tf().of(made.autoScalingGroup)).toMatchObject({
      launch_template: { version: reference(made.launchTemplate, "latest_version") },
      instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
      instance_refresh: {
        strategy: "Rolling",
        preferences: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
      },
    });
  });

  it("starts hosts that are closed: encrypted, without public address, without SSH, metadata version 2", () => {
    const { made, tf } = webHosts();
    const template = tf().of(made.launchTemplate);
    expect(template).toMatchObject({
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3", volume_size: 20 } },
      ],
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      network_interfaces: [
        {
          associate_public_ip_address: "false",
          security_groups: [reference(made.firewall.securityGroup, "id")],
        },
      ],
      instance_type: "t3.small",
    });
    expect(template.key_name).toBeUndefined();
    expect(tf().count("aws_vpc_security_group_ingress_rule")).toBe(0);
  });

  it("lets people in through Session Manager", () => {
    const { made, tf } = webHosts();
    const json = tf();
    expect(json.only("aws_iam_role_policy_attachment")).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      role: reference(made.role, "name"),
    });
    expect(json.of(made.launchTemplate).iam_instance_profile.arn).toBe(
      reference(made.instanceProfile, "arn"),
    );
  });

  it("boots hosts only when their permissions and their way out are there", () => {
    const { made, tf } = webHosts();
    made.addPolicy("Queue", { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:1:queue"] });
    const waits = tf().of(made.autoScalingGroup).depends_on;
    expect(waits).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_iam_role_policy_attachment\.Hosts_AmazonSSMManagedInstanceCore_/),
        expect.stringMatching(/^aws_iam_role_policy\.Hosts_Policy-Queue_/),
        expect.stringMatching(/^aws_route\.Network_Application_eu-west-1a_NatRoute_/),
        expect.stringMatching(/^aws_route\.Network_Application_eu-west-1b_NatRoute_/),
      ]),
    );
  });

  it.each([
    ["amazon-linux-2023", MachineImage.amazonLinux2023(), "al2023-ami-kernel-default-x86_64", "/dev/xvda", 1],
    [
      "ubuntu-24.04",
      MachineImage.ubuntu2404(),
      "24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      "/dev/sda1",
      2,
    ],
    ["debian-12", MachineImage.debian12(), "/aws/service/debian/release/12/latest/amd64", "/dev/xvda", 2],
  ])(
    "boots %s from the newest image, and lets it reach its packages",
    (_, image, parameter, device, waysOut) => {
      const { made, tf } = webHosts({ image });
      const json = tf();
      expect(json.of(made.launchTemplate)).toMatchObject({
        image_id: expect.stringMatching(/^resolve:ssm:\/aws\/service\//),
        block_device_mappings: [{ device_name: device }],
      });
      expect(json.of(made.launchTemplate).image_id).toContain(parameter);
      expect(json.count("aws_vpc_security_group_egress_rule")).toBe(waysOut);
    },
  );

  it("runs on arm, with a type to match", () => {
    const image = MachineImage.amazonLinux2023({ architecture: "arm64" });
    const { made, tf } = webHosts({ image });
    expect(tf().of(made.launchTemplate)).toMatchObject({
      instance_type: "t4g.small",
      image_id: expect.stringMatching(/arm64$/),
    });
  });

  it("boots an image of the user's own", () => {
    const image = MachineImage.ami("ami-0123456789abcdef0", {
      distribution: "debian-12",
      rootDeviceName: "/dev/nvme0n1",
    });
    const { made, tf } = webHosts({ image });
    expect(tf().of(made.launchTemplate)).toMatchObject({
      image_id: "ami-0123456789abcdef0",
      block_device_mappings: [{ device_name: "/dev/nvme0n1" }],
    });
  });

  it("takes numbers that are known only after deploy", () => {
    const stack = testStack();
    const count = new TerraformVariable(stack, "count", { type: "number" }).numberValue;
    const { tf } = webHosts({ minHosts: count }, stack);
    expect(tf().only("aws_autoscaling_group")).toMatchObject({
      min_size: "${var.count}",
      max_size: "${sum([var.count, var.count])}",
    });
  });
});

describe("user data", () => {
  it("is the same on all distributions but for names of packages and Session Manager's agent", () => {
    const application = HostApplication.container("nginx:1.29", { port: 80 });
    const [amazon, ubuntu, debian] = [
      MachineImage.amazonLinux2023(),
      MachineImage.ubuntu2404(),
      MachineImage.debian12(),
    ].map((image) => userData(webHosts({ image, application }).made));
    expect(amazon!.packages).toEqual(["docker"]);
    expect(ubuntu!.packages).toEqual(["docker.io"]);
    expect(debian!.packages).toEqual(["docker.io"]);
    expect(ubuntu!.files).toEqual(amazon!.files);
    expect(debian!.files).toEqual(amazon!.files);
    expect(ubuntu!.runcmd).toEqual(amazon!.runcmd);
    expect(debian!.runcmd.slice(0, 1)).toEqual(amazon!.runcmd);
    expect(debian!.runcmd.join("\n")).toContain("amazon-ssm-agent.deb");
  });

  it("serves a page that names host and zone by default, with no package to install", () => {
    const { packages, files, runcmd } = userData(webHosts().made);
    expect(packages).toBeUndefined();
    expect(files["/usr/local/lib/tandem/status-page"].content).toContain("AVAILABILITY_ZONE");
    expect(files[UNIT].content).toContain(
      "ExecStart=/usr/bin/python3 /usr/local/lib/tandem/status-page 8080",
    );
    expect(files[UNIT].content).toContain("DynamicUser=yes");
    expect(runcmd).toEqual(["/usr/local/lib/tandem/set-up"]);
    expect(files["/usr/local/lib/tandem/set-up"].content.split("\n")).toEqual([
      "#!/bin/sh",
      "set -eu",
      "/usr/local/lib/tandem/describe-host",
      "systemctl daemon-reload",
      "systemctl enable --now application.service",
      "",
    ]);
  });

  it("runs a container in the host's network, with its variables and arguments", () => {
    const application = HostApplication.container("ghcr.io/acme/shop:1.4", {
      port: 80,
      environment: { GREETING: 'say "hi" for $5 \\o/' },
      command: ["--title", "50% off $HOME"],
    });
    const { made } = webHosts({ application });
    const { files } = userData(made);
    const start = files[UNIT].content.split("\n").find((line: string) => line.startsWith("ExecStart="));
    expect(start).toBe(
      "ExecStart=/usr/bin/docker run --rm --name application --network host --log-driver journald " +
        "--env INSTANCE_ID --env AVAILABILITY_ZONE --env AWS_REGION --env PORT --env GREETING " +
        'ghcr.io/acme/shop:1.4 --title "50%% off $$HOME"',
    );
    expect(files["/etc/tandem/application.env"]).toMatchObject({
      permissions: "0600",
      content: 'PORT="80"\nGREETING="say \\"hi\\" for \\$5 \\\\o/"\n',
    });
    expect(files["/etc/tandem/docker/config.json"]).toBeUndefined();
  });

  it("pulls from ECR with the hosts' role", () => {
    const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    const { made, tf } = webHosts({
      application: HostApplication.container(`${registry}/shop:1.4`, { port: 8080 }),
    });
    const { packages, files } = userData(made);
    expect(packages).toEqual(["docker", "amazon-ecr-credential-helper"]);
    expect(JSON.parse(files["/etc/tandem/docker/config.json"].content)).toEqual({
      credHelpers: { [registry]: "ecr-login" },
    });
    expect(
      Object.values(tf().resources("aws_iam_role_policy_attachment")).map((one) => one.policy_arn),
    ).toContain("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly");
  });

  it("installs and starts a program by commands, as a user without rights", () => {
    const application = HostApplication.commands({
      port: 3000,
      packages: { "amazon-linux-2023": ["nodejs22"], "debian-12": ["nodejs"], "ubuntu-24.04": ["nodejs"] },
      files: [{ path: "/opt/shop/server.js", content: "console.log('hi')\n", permissions: "0644" }],
      setup: ["npm --prefix /opt/shop ci"],
      start: "exec node /opt/shop/server.js",
    });
    const { packages, files } = userData(webHosts({ application }).made);
    expect(packages).toEqual(["nodejs22"]);
    expect(files["/opt/shop/server.js"].content).toBe("console.log('hi')\n");
    expect(files["/usr/local/lib/tandem/start"].content).toBe(
      "#!/bin/sh\nset -eu\nexec node /opt/shop/server.js\n",
    );
    expect(files["/usr/local/lib/tandem/set-up"].content).toContain(
      "npm --prefix /opt/shop ci\nsystemctl daemon-reload",
    );
    expect(files[UNIT].content).toContain("DynamicUser=yes");
    const asUser = HostApplication.commands({ port: 80, start: "exec shop", user: "shop" });
    const unit = userData(webHosts({ application: asUser }).made).files[UNIT].content;
    expect(unit).toContain("User=shop");
    expect(unit).not.toContain("DynamicUser");
  });

  it("gives what a baked image runs its variables", () => {
    const image = MachineImage.ami("ami-0123456789abcdef0");
    const application = HostApplication.bakedImage({ port: 9000, service: "shop.service" });
    const { packages, files } = userData(webHosts({ image, application }).made);
    expect(packages).toBeUndefined();
    expect(files["/etc/systemd/system/shop.service.d/tandem.conf"].content).toContain(
      "EnvironmentFile=/etc/tandem/application.env",
    );
    expect(files["/usr/local/lib/tandem/set-up"].content).toContain("systemctl restart shop.service");
    const silent = userData(
      webHosts({ image, application: HostApplication.bakedImage({ port: 9000 }) }).made,
    );
    expect(silent.files["/usr/local/lib/tandem/set-up"].content).not.toContain("systemctl restart");
  });

  it("takes an image from the Marketplace for a baked one", () => {
    const image = MachineImage.ami("resolve:ssm:/aws/service/marketplace/prod-4nsfuw2xlrxbc/1.0");
    const application = HostApplication.bakedImage({ port: 80, service: "shop.service" });
    const { made, tf } = webHosts({ image, application });
    expect(tf().of(made.launchTemplate).image_id).toBe(image.imageId);
  });

  it("lets a privileged port be listened on without other rights", () => {
    const application = HostApplication.statusPage({ port: 80 });
    expect(userData(webHosts({ application }).made).files[UNIT].content).toContain(
      "AmbientCapabilities=CAP_NET_BIND_SERVICE",
    );
  });

  it("is Base64 of what cloud-init reads, where everything is known now", () => {
    const { made, tf } = webHosts();
    const encoded = tf().of(made.launchTemplate).user_data;
    expect(Buffer.from(encoded, "base64").toString()).toBe(made.userData);
  });

  it("leaves what is known only after deploy to Terraform", () => {
    const stack = testStack();
    const image = new TerraformVariable(stack, "image", { type: "string" }).stringValue;
    const application = HostApplication.container(`${image}:1.4`, { port: 8080 });
    const { made, tf } = webHosts({ application, environment: { IMAGE: image } }, stack);
    expect(tf().of(made.launchTemplate).user_data).toMatch(/^\$\{base64encode\(join\("", \["#cloud-config/);
    const { files, packages } = userData(made);
    expect(files["/etc/tandem/application.env"].encoding).toBe("b64");
    expect(Token.isUnresolved(files[UNIT].content)).toBe(true);
    expect(packages).toContain("amazon-ecr-credential-helper");
  });
});

describe("texts on hosts that are known only after deploy", () => {
  it("are not mangled in commands and units", () => {
    const stack = testStack();
    const variable = (name: string, type: string) => new TerraformVariable(stack, name, { type });
    const word = variable("word", "string").stringValue;
    const container = HostApplication.container("nginx:1.29", { port: 80, command: [`say ${word} for $5`] });
    const page = HostApplication.statusPage({ port: variable("port", "number").numberValue });
    const unit = (application: HostApplication, id: string): string => {
      const hosts = new WebHosts(stack, id, { network: testNetwork(stack, `${id}Network`), application });
      const files = userData(hosts).files;
      expect(files[UNIT].encoding).toBe("b64");
      return JSON.stringify(synth(stack).of(hosts.launchTemplate).user_data);
    };
    expect(unit(container, "A")).toMatch(/say \\+", var\.word, \\+" for \$\$5/);
    expect(unit(page, "B")).toMatch(/status-page \\+", var\.port/);
  });
});

describe("WebHosts.useDatabase", () => {
  function withDatabase(options = {}) {
    const setup = webHosts();
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
    const content = Buffer.from(made.userData).toString();
    expect(content).toContain("application.env");
    const names = Object.keys((made as unknown as { environment: Record<string, string> }).environment);
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
    expect(JSON.stringify(tf().of(made.launchTemplate))).not.toMatch(/password|ephemeral|secret_string/i);
  });
});
