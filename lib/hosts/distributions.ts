/** Processor architecture, in AWS's words. */
export type Architecture = "x86_64" | "arm64";

/** A distribution whose packages and paths are known here. */
export type Distribution = "amazon-linux-2023" | "ubuntu-24.04" | "debian-12";

/** Software that hosts need and that distributions have under different names, or not at all. */
export type Software =
  | "awsCli"
  | "cloudWatchAgent"
  | "docker"
  | "ecrCredentialHelper"
  | "nginx"
  | "securityUpdates"
  | "sessionManagerAgent";

/** How a distribution gets a piece of software; nothing where its images bring it. */
export interface Installation {
  readonly packages?: readonly string[];
  /** Shell commands that root runs once, for what the distribution has no package of. */
  readonly commands?: readonly string[];
}

export interface DistributionFacts {
  readonly rootDeviceName: string;
  /** The public parameter that always names the newest image. */
  readonly parameter: Readonly<Record<Architecture, string>>;
  /** Whether packages come by apt, over plain HTTP and signed. */
  readonly usesApt: boolean;
  /** Whether EC2 can hibernate the distribution's images. */
  readonly hibernates: boolean;
  /** User that the distribution's nginx works as. */
  readonly nginxUser: string;
  readonly software: Readonly<Record<Software, Installation>>;
}

/** A Debian package that AWS keeps in a bucket of each region. */
function fromBucket(bucket: string, path: string): readonly string[] {
  const file = `/run/${path.split("/").at(-1)}`;
  return [
    'region="$(cloud-init query region)"; architecture="$(dpkg --print-architecture)"; ' +
      'case "$region" in cn-*) end=.cn ;; *) end= ;; esac; ' +
      `curl --fail --silent --show-error --retry 5 --location --output ${file} ` +
      `"https://s3.\${region}.amazonaws.com\${end}/${bucket}-\${region}/${path}"`,
    `dpkg --install ${file}`,
  ];
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/download-CloudWatch-Agent-on-EC2-Instance-commandline-first.html
const cloudWatchAgent = (distribution: string): Installation => ({
  packages: ["curl"],
  commands: fromBucket(
    "amazoncloudwatch-agent",
    `${distribution}/\${architecture}/latest/amazon-cloudwatch-agent.deb`,
  ),
});

/**
 * Sources: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html,
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/,
 * https://wiki.debian.org/Cloud/AmazonEC2Image/Bookworm,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
 */
export const DISTRIBUTIONS: Readonly<Record<Distribution, DistributionFacts>> = {
  "amazon-linux-2023": {
    rootDeviceName: "/dev/xvda",
    parameter: {
      x86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      arm64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    },
    usesApt: false,
    hibernates: true,
    nginxUser: "nginx",
    software: {
      awsCli: {},
      cloudWatchAgent: { packages: ["amazon-cloudwatch-agent"] },
      docker: { packages: ["docker"] },
      ecrCredentialHelper: { packages: ["amazon-ecr-credential-helper"] },
      nginx: { packages: ["nginx"] },
      securityUpdates: { packages: ["dnf-automatic"] },
      sessionManagerAgent: {},
    },
  },
  "ubuntu-24.04": {
    rootDeviceName: "/dev/sda1",
    parameter: {
      x86_64: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      arm64: "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    },
    usesApt: true,
    hibernates: false,
    nginxUser: "www-data",
    software: {
      // AWS's own snap: the archive of 24.04 has no package.
      // https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html
      awsCli: { commands: ["snap install aws-cli --classic"] },
      cloudWatchAgent: cloudWatchAgent("ubuntu"),
      docker: { packages: ["docker.io"] },
      ecrCredentialHelper: { packages: ["amazon-ecr-credential-helper"] },
      nginx: { packages: ["nginx"] },
      securityUpdates: { packages: ["unattended-upgrades"] },
      sessionManagerAgent: {},
    },
  },
  "debian-12": {
    rootDeviceName: "/dev/xvda",
    parameter: {
      x86_64: "/aws/service/debian/release/12/latest/amd64",
      arm64: "/aws/service/debian/release/12/latest/arm64",
    },
    usesApt: true,
    hibernates: false,
    nginxUser: "www-data",
    software: {
      awsCli: { packages: ["awscli"] },
      cloudWatchAgent: cloudWatchAgent("debian"),
      docker: { packages: ["docker.io"] },
      ecrCredentialHelper: { packages: ["amazon-ecr-credential-helper"] },
      nginx: { packages: ["nginx"] },
      securityUpdates: { packages: ["unattended-upgrades"] },
      // Debian's images come without the agent, and its archive has no package of it:
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/agent-install-deb.html
      sessionManagerAgent: {
        packages: ["curl"],
        commands: [
          ...fromBucket("amazon-ssm", "latest/debian_${architecture}/amazon-ssm-agent.deb"),
          "systemctl enable --now amazon-ssm-agent",
        ],
      },
    },
  },
};
