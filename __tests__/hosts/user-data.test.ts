import { Token, TerraformVariable } from "cdktf";
import { gzipSync } from "node:zlib";
import { HostApplication, MachineImage, WebHosts } from "../../lib";
import { synth, testNetwork, testStack } from "../support/synth";
import { APPLICATION_UNIT as UNIT, userData, webHosts } from "./hosts";

describe("user data", () => {
  it("is the same on all distributions but for packages, agents, nginx's user and the means of updates", () => {
    const application = HostApplication.container("nginx:1.29", { port: 80 });
    const [amazon, ubuntu, debian] = [
      MachineImage.amazonLinux2023(),
      MachineImage.ubuntu2404(),
      MachineImage.debian12(),
    ].map((image) => userData(webHosts({ image, application }).made));
    expect(amazon!.packages).toEqual([
      "dnf-automatic",
      "nginx",
      "amazon-cloudwatch-agent",
      "logrotate",
      "docker",
    ]);
    expect(ubuntu!.packages).toEqual(["unattended-upgrades", "nginx", "curl", "logrotate", "docker.io"]);
    expect(debian!.packages).toEqual(ubuntu!.packages);
    expect(debian!.files).toEqual(ubuntu!.files);
    const different = Object.keys({ ...amazon!.files, ...debian!.files }).filter(
      (path) => JSON.stringify(amazon!.files[path]) !== JSON.stringify(debian!.files[path]),
    );
    expect(different.sort()).toEqual([
      "/etc/apt/apt.conf.d/90tandem",
      "/etc/dnf/automatic.conf",
      "/etc/dnf/vars/releasever",
      "/etc/tandem/nginx.conf",
      "/usr/local/lib/tandem/set-up",
    ]);
    expect(amazon!.runcmd.join("\n")).not.toMatch(/dpkg|ssm-agent/);
    expect(ubuntu!.runcmd.join("\n")).toContain("/ubuntu/${architecture}/latest/amazon-cloudwatch-agent.deb");
    expect(debian!.runcmd.join("\n")).toContain("/debian/${architecture}/latest/amazon-cloudwatch-agent.deb");
    expect(debian!.runcmd.join("\n")).toContain("amazon-ssm-agent.deb");
  });

  it("serves a page that names host and zone by default, behind nginx", () => {
    const { files, runcmd } = userData(webHosts().made);
    expect(files["/usr/local/lib/tandem/status-page"].content).toContain("AVAILABILITY_ZONE");
    expect(files[UNIT].content).toContain(
      "ExecStart=/usr/bin/python3 -I /usr/local/lib/tandem/status-page 8080",
    );
    expect(files[UNIT].content).toContain("DynamicUser=yes");
    expect(runcmd[0]).toBe("/usr/local/lib/tandem/set-up && touch /run/host-set-up");
    expect(runcmd.at(-1)).toBe("test -e /run/host-set-up");
    expect(files["/usr/local/lib/tandem/set-up"].content.split("\n")).toEqual([
      "#!/bin/sh",
      "set -eu",
      "/usr/local/lib/tandem/describe-host",
      "systemctl daemon-reload",
      "systemctl restart nginx.service",
      "install -d -m 0755 /var/log/application",
      "systemctl daemon-reload",
      "systemctl enable --now dnf-automatic.timer",
      "systemctl enable --now health.service",
      "systemctl enable --now nginx.service",
      "systemctl enable --now logrotate.timer",
      "systemctl enable --now application.service",
      "",
    ]);
  });

  it("is the application alone where everything else is turned off", () => {
    const { made } = webHosts({ reverseProxy: false, logs: false, metrics: false, securityUpdates: false });
    const { packages, files, runcmd } = userData(made);
    expect(packages).toBeUndefined();
    expect(Object.keys(files)).toEqual([
      "/etc/tandem/application.env",
      "/usr/local/lib/tandem/describe-host",
      "/usr/local/lib/tandem/set-up",
      "/usr/local/lib/tandem/status-page",
      UNIT,
    ]);
    expect(runcmd).toEqual([
      "/usr/local/lib/tandem/set-up && touch /run/host-set-up",
      "test -e /run/host-set-up",
    ]);
    expect([made.port, made.healthCheckPath]).toEqual([8080, "/health"]);
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
      "ExecStart=/usr/bin/docker run --rm --name application --network host --log-driver none " +
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
    expect(packages!.slice(-2)).toEqual(["docker", "amazon-ecr-credential-helper"]);
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
    expect(packages!.at(-1)).toBe("nodejs22");
    expect(files["/opt/shop/server.js"].content).toBe("console.log('hi')\n");
    expect(files["/usr/local/lib/tandem/start"].content).toBe(
      "#!/bin/sh\nset -eu\nexec node /opt/shop/server.js\n",
    );
    expect(files["/usr/local/lib/tandem/set-up"].content).toContain(
      "npm --prefix /opt/shop ci\nsystemctl daemon-reload\n",
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
    const { made } = webHosts({ image, application });
    const { packages, files } = userData(made);
    expect(packages).not.toContain("nginx");
    expect(made.port).toBe(9000);
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

  it("is compressed by Terraform, so that more of it fits and another Node.js changes nothing", () => {
    const { made, tf } = webHosts();
    expect(tf().of(made.launchTemplate).user_data).toMatch(/^\$\{base64gzip\(join\("", \["#cloud-config/);
    // A quarter of what EC2 takes.
    expect(gzipSync(made.userData).length).toBeLessThan(4096);
  });

  it("leaves what is known only after deploy to Terraform", () => {
    const stack = testStack();
    const image = new TerraformVariable(stack, "image", { type: "string" }).stringValue;
    const application = HostApplication.container(`${image}:1.4`, { port: 8080 });
    const { made, tf } = webHosts({ application, environment: { IMAGE: image } }, stack);
    expect(tf().of(made.launchTemplate).user_data).toMatch(/^\$\{base64gzip\(join\("", \["#cloud-config/);
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
