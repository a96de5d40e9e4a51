import { TerraformVariable } from "cdktf";
import { MachineImage } from "../../lib";
import { reference, testStack } from "../support/synth";
import { webHosts } from "./hosts";

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
      mixed_instances_policy: {
        launch_template: {
          launch_template_specification: {
            launch_template_id: reference(made.launchTemplate, "id"),
            version: reference(made.launchTemplate, "latest_version"),
          },
        },
      },
      instance_maintenance_policy: { min_healthy_percentage: 100, max_healthy_percentage: 200 },
      instance_refresh: {
        strategy: "Rolling",
        preferences: { min_healthy_percentage: 100, max_healthy_percentage: 150 },
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
