import { PropChecks } from "../validation";

/** Processor architecture, in AWS's words. */
export type Architecture = "x86_64" | "arm64";

/** A distribution whose packages and paths are known here. */
export type Distribution = "amazon-linux-2023" | "ubuntu-24.04" | "debian-12";

export interface MachineImageOptions {
  /**
   * Processor architecture; has to suit the instance type. arm64 (Graviton) costs less for the same work.
   *
   * @default "x86_64"
   */
  readonly architecture?: Architecture;
}

export interface AmiOptions extends MachineImageOptions {
  /**
   * Distribution that the image is made from, which decides names of packages.
   *
   * @default "amazon-linux-2023"
   */
  readonly distribution?: Distribution;

  /**
   * Device name of the image's root volume, so that it can be encrypted and sized.
   *
   * @default - that of the distribution's own images
   */
  readonly rootDeviceName?: string;
}

interface DistributionFacts {
  readonly rootDeviceName: string;
  /** The public parameter that always names the newest image. */
  readonly parameter: Readonly<Record<Architecture, string>>;
  readonly usesApt: boolean;
  /** What has to be run so that Session Manager's agent is there. */
  readonly sessionManagerSetup: readonly string[];
  readonly packages: Readonly<Record<ContainerPackage, string>>;
}

/** Packages that go by different names. */
export type ContainerPackage = "docker" | "ecr-credential-helper";

/**
 * Sources: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html,
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/,
 * https://wiki.debian.org/Cloud/AmazonEC2Image/Bookworm,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html
 */
const DISTRIBUTIONS: Readonly<Record<Distribution, DistributionFacts>> = {
  "amazon-linux-2023": {
    rootDeviceName: "/dev/xvda",
    parameter: {
      x86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      arm64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    },
    usesApt: false,
    sessionManagerSetup: [],
    packages: { docker: "docker", "ecr-credential-helper": "amazon-ecr-credential-helper" },
  },
  "ubuntu-24.04": {
    rootDeviceName: "/dev/sda1",
    parameter: {
      x86_64: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
      arm64: "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    },
    usesApt: true,
    sessionManagerSetup: [],
    packages: { docker: "docker.io", "ecr-credential-helper": "amazon-ecr-credential-helper" },
  },
  "debian-12": {
    rootDeviceName: "/dev/xvda",
    parameter: {
      x86_64: "/aws/service/debian/release/12/latest/amd64",
      arm64: "/aws/service/debian/release/12/latest/arm64",
    },
    usesApt: true,
    // Debian's images come without the agent, and its archive has no package of it:
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/agent-install-deb.html
    sessionManagerSetup: [
      'region="$(cloud-init query region)"; ' +
        "curl --fail --silent --show-error --retry 5 --location --output /run/amazon-ssm-agent.deb " +
        '"https://s3.${region}.amazonaws.com/amazon-ssm-${region}/latest/debian_$(dpkg --print-architecture)/amazon-ssm-agent.deb"',
      "dpkg --install /run/amazon-ssm-agent.deb",
      "systemctl enable --now amazon-ssm-agent",
    ],
    packages: { docker: "docker.io", "ecr-credential-helper": "amazon-ecr-credential-helper" },
  },
};

/**
 * What hosts boot from. The distributions' own images are named by a public parameter of Systems Manager that
 * EC2 resolves when it starts a host: a plan needs no account, and new hosts start from the newest image.
 */
export class MachineImage {
  /** Amazon Linux 2023, the default. Its package repositories are reachable without internet, through S3. */
  public static amazonLinux2023(options: MachineImageOptions = {}): MachineImage {
    return MachineImage.newest("amazon-linux-2023", options);
  }

  /** Ubuntu Server 24.04 LTS, from Canonical. */
  public static ubuntu2404(options: MachineImageOptions = {}): MachineImage {
    return MachineImage.newest("ubuntu-24.04", options);
  }

  /** Debian 12, from the Debian project. */
  public static debian12(options: MachineImageOptions = {}): MachineImage {
    return MachineImage.newest("debian-12", options);
  }

  /**
   * One image of your own, as in `ami-0123456789abcdef0`; it needs cloud-init and systemd. Hosts change image
   * only when the id changes. `resolve:ssm:` and the name of your own parameter has new hosts start from
   * whatever image the parameter names.
   */
  public static ami(imageId: string, options: AmiOptions = {}): MachineImage {
    return new MachineImage(
      imageId,
      options.distribution ?? "amazon-linux-2023",
      options.architecture ?? "x86_64",
      options.rootDeviceName,
    );
  }

  private static newest(distribution: Distribution, options: MachineImageOptions): MachineImage {
    const architecture = options.architecture ?? "x86_64";
    const parameter = DISTRIBUTIONS[distribution].parameter[architecture];
    return new MachineImage(`resolve:ssm:${parameter}`, distribution, architecture, undefined, true);
  }

  private constructor(
    /** What the launch template names: an image id, or `resolve:ssm:` and a parameter. */
    public readonly imageId: string,
    public readonly distribution: Distribution,
    public readonly architecture: Architecture,
    private readonly givenRootDeviceName?: string,
    /** Whether it is a distribution's own image, on which no application runs yet. */
    public readonly isStock = false,
  ) {}

  /** Device name of the root volume. */
  public get rootDeviceName(): string {
    return this.givenRootDeviceName ?? DISTRIBUTIONS[this.distribution].rootDeviceName;
  }

  /** Whether packages come over plain HTTP, signed, as Debian's and Ubuntu's do. */
  public get usesApt(): boolean {
    return DISTRIBUTIONS[this.distribution].usesApt;
  }

  /** Commands that install Session Manager's agent, where the image lacks it. */
  public get sessionManagerSetup(): readonly string[] {
    return DISTRIBUTIONS[this.distribution].sessionManagerSetup;
  }

  /** The distribution's name of a package. */
  public packageName(name: ContainerPackage): string {
    return DISTRIBUTIONS[this.distribution].packages[name];
  }

  /** @internal */
  public check(checks: PropChecks): void {
    const distributions = Object.keys(DISTRIBUTIONS);
    checks.oneOf("image.distribution", this.distribution, distributions, "Name what the image is made from.");
    checks.oneOf("image.architecture", this.architecture, ["x86_64", "arm64"], 'Graviton is "arm64".');
    checks.matches("image", this.imageId, /^(ami-[0-9a-f]{8,17}|resolve:ssm:[\w./:-]+)$/, {
      allowed: "the id of an image, as in ami-0123456789abcdef0, or resolve:ssm: and the name of a parameter",
      remedy: "Your images are listed by: aws ec2 describe-images --owners self.",
    });
  }
}
