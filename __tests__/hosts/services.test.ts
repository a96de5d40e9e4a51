import { HostApplication, LoadBalancer, MachineImage, Network, WebHostsProps } from "../../lib";
import { reference, testStack } from "../support/synth";
import { APPLICATION_UNIT, userData, webHosts } from "./hosts";

const NGINX = "/etc/tandem/nginx.conf";

function files(props: Partial<WebHostsProps> = {}) {
  return userData(webHosts(props).made).files;
}

describe("nginx before the application", () => {
  it("takes requests on a port of its own, which is the one that is opened", () => {
    const { made, network, stack, tf } = webHosts();
    const balancer = new LoadBalancer(stack, "LoadBalancer", { network, plainHttp: true });
    balancer.forwardTo(made);
    const json = tf();
    expect(json.only("aws_lb_target_group")).toMatchObject({
      port: 9080,
      protocol: "HTTP",
      health_check: { path: "/health" },
    });
    const ports = Object.values(json.resources("aws_vpc_security_group_ingress_rule"))
      .filter((rule) => rule.security_group_id === reference(made.firewall.securityGroup, "id"))
      .map((rule) => rule.from_port);
    expect(ports).toEqual([9080]);
    const configuration = userData(made).files[NGINX].content;
    expect(configuration).toContain("listen 9080 default_server;");
    expect(configuration).toContain("server 127.0.0.1:8080 max_fails=0;");
  });

  it("believes only the network's own addresses about who the client is", () => {
    const stack = testStack();
    const network = new Network(stack, "Net", {
      availabilityZones: ["eu-west-1a", "eu-west-1b"],
      cidrBlock: "10.7.0.0/16",
    });
    expect(files({ network })[NGINX].content).toContain("set_real_ip_from 10.7.0.0/16;");
  });

  it("takes requests over HTTPS on request, with a certificate that the host makes itself", () => {
    const { made, tf } = webHosts({ reverseProxy: { protocol: "HTTPS" } });
    const { files, packages } = userData(made);
    expect(made.port).toBe(9443);
    expect(made.protocol).toBe("HTTPS");
    expect(files[NGINX].content).toContain("listen 9443 ssl default_server;");
    expect(files[NGINX].content).toContain("ssl_protocols TLSv1.2 TLSv1.3;");
    expect(files["/usr/local/lib/tandem/make-certificate"].content).toContain("openssl req -x509");
    expect(packages).toContain("openssl");
    expect(tf().count("aws_acm_certificate")).toBe(0);
  });

  it("is told sizes, times and paths", () => {
    const content = files({
      reverseProxy: { port: 8000, maxBodySize: 200, timeout: 300, healthPath: "/_host/health" },
    })[NGINX].content;
    expect(content).toContain("listen 8000 ");
    expect(content).toContain("client_max_body_size 200m;");
    expect(content).toContain("proxy_read_timeout 300s;");
    expect(content).toContain("location = /_host/health {");
  });

  it("asks the application for its health by the application's own path", () => {
    const application = HostApplication.container("nginx:1.29", { port: 80, healthCheckPath: "/up?full=1" });
    const { made } = webHosts({ application });
    expect(made.healthCheckPath).toBe("/health");
    expect(userData(made).files["/etc/systemd/system/health.service"].content).toContain(
      'ExecStart=/usr/bin/python3 -I /usr/local/lib/tandem/health 9081 "/up?full=1"',
    );
  });

  it("works as the user that its distribution has for it", () => {
    expect(files()[NGINX].content).toMatch(/^user nginx;/);
    expect(files({ image: MachineImage.debian12() })[NGINX].content).toMatch(/^user www-data;/);
  });
});

describe("logs of hosts", () => {
  it("go into a group of the hosts' own, which hosts may write to and nothing else", () => {
    const { made, tf } = webHosts();
    const json = tf();
    expect(json.of(made.logGroup!)).toMatchObject({ name: "/shop/Hosts", retention_in_days: 365 });
    const [policy] = Object.values(json.resources("aws_iam_role_policy")).filter(
      (one) => one.role === reference(made.role, "name"),
    );
    expect(JSON.parse(policy!.policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${reference(made.logGroup!, "arn")}:*`,
      },
    ]);
    expect(json.of(made.autoScalingGroup).depends_on).toContainEqual(
      expect.stringMatching(/^aws_iam_role_policy\.Hosts_Policy-Logs_/),
    );
  });

  it("are what application, nginx and cloud-init said, each host in streams of its own", () => {
    const all = files({ logs: { files: { jobs: "/var/log/shop/jobs*.log" } } });
    const { logs } = JSON.parse(all["/etc/tandem/cloudwatch-agent.json"].content);
    const collected = logs.logs_collected.files.collect_list;
    expect(collected.map((one: any) => `${one.log_stream_name} ${one.file_path}`)).toEqual([
      "{instance_id}/application /var/log/application/application.log",
      "{instance_id}/access /var/log/nginx/access.log",
      "{instance_id}/proxy /var/log/nginx/error.log",
      "{instance_id}/cloud-init /var/log/cloud-init-output.log",
      "{instance_id}/jobs /var/log/shop/jobs*.log",
    ]);
    expect(new Set(collected.map((one: any) => one.log_group_name))).toEqual(new Set(["/shop/Hosts"]));
    expect(all[`${APPLICATION_UNIT}.d/logs.conf`].content).toContain(
      "StandardOutput=append:/var/log/application/application.log",
    );
    expect(all["/etc/logrotate.d/application"].content).toContain("copytruncate");
  });

  it("are encrypted with a given key, kept as long as told, in a group of a given name", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    const { made, tf } = webHosts({ logs: { kmsKeyArn, retentionDays: 30, logGroupName: "/web/shop" } });
    expect(tf().of(made.logGroup!)).toMatchObject({
      name: "/web/shop",
      retention_in_days: 30,
      kms_key_id: kmsKeyArn,
    });
    expect(userData(made).files["/etc/tandem/cloudwatch-agent.json"].content).toContain('"/web/shop"');
  });

  it("stay on the hosts when told so", () => {
    const { made, tf } = webHosts({ logs: false });
    expect(made.logGroup).toBeUndefined();
    expect(tf().addresses.join()).not.toMatch(/Hosts_LogGroup|Hosts_Policy-Logs/);
  });

  it("leave the output of a baked image's service where the image puts it", () => {
    const baked = files({
      image: MachineImage.ami("ami-0123456789abcdef0"),
      application: HostApplication.bakedImage({ port: 80, service: "shop.service" }),
    });
    expect(Object.keys(baked).join()).not.toContain("logs.conf");
    const collected = baked["/etc/tandem/cloudwatch-agent.json"].content;
    expect(collected).toContain("{instance_id}/cloud-init");
    expect(collected).not.toMatch(/application\.log|nginx/);
  });
});

describe("security updates", () => {
  it("come daily, by the distribution's own means", () => {
    const amazon = files();
    expect(amazon["/etc/dnf/automatic.conf"].content).toContain("upgrade_type = security");
    expect(amazon["/etc/dnf/vars/releasever"].content).toBe("latest");
    expect(amazon["/usr/local/lib/tandem/set-up"].content).toContain(
      "systemctl enable --now dnf-automatic.timer",
    );
    const debian = userData(webHosts({ image: MachineImage.debian12() }).made);
    expect(debian.packages).toContain("unattended-upgrades");
    expect(debian.files["/etc/apt/apt.conf.d/90tandem"].content).toContain(
      'APT::Periodic::Unattended-Upgrade "1";',
    );
  });

  it("are left to somebody else when told so", () => {
    expect(Object.keys(files({ securityUpdates: false })).join()).not.toMatch(/dnf|apt/);
  });
});

describe("numbers of hosts", () => {
  const agent = (props: Partial<WebHostsProps> = {}) => {
    const { made, tf } = webHosts(props);
    const file = userData(made).files["/etc/tandem/cloudwatch-agent.json"];
    return { configuration: file && JSON.parse(file.content), tf };
  };

  it("are of memory and of the root volume, each host's and those of all together", () => {
    const { metrics } = agent().configuration;
    expect(metrics).toMatchObject({
      namespace: "CWAgent",
      append_dimensions: { InstanceId: "${aws:InstanceId}" },
      aggregation_dimensions: [["HostGroup"]],
    });
    expect(metrics.metrics_collected.mem.append_dimensions).toEqual({ HostGroup: "shop-Hosts" });
    expect(metrics.metrics_collected.disk).toMatchObject({ resources: ["/"], measurement: ["used_percent"] });
  });

  it("may be reported under that name space only", () => {
    const policies = Object.values(agent().tf().resources("aws_iam_role_policy"));
    const [policy] = policies.filter((one) => one.policy.includes("PutMetricData"));
    expect(JSON.parse(policy!.policy).Statement[0]).toMatchObject({
      Action: "cloudwatch:PutMetricData",
      Condition: { StringEquals: { "cloudwatch:namespace": "CWAgent" } },
    });
  });

  it("are reported without logs, and logs without them", () => {
    expect(Object.keys(agent({ logs: false }).configuration)).toEqual(["metrics"]);
    const without = agent({ metrics: false });
    expect(Object.keys(without.configuration)).toEqual(["logs"]);
    expect(without.tf().addresses.join()).not.toContain("Policy-Metrics");
    expect(agent({ metrics: false, logs: false }).configuration).toBeUndefined();
  });
});
