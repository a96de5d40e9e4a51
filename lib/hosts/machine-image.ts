import { PropChecks } from "../validation";
import {
  Architecture,
  DISTRIBUTIONS,
  Distribution,
  DistributionFacts,
  Installation,
  Software,
} from "./distributions";

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
    return this.givenRootDeviceName ?? this.facts.rootDeviceName;
  }

  /** Whether EC2 looks up the image when it starts a host, so that a plan can't tell which one it is. */
  public get isResolvedAtLaunch(): boolean {
    return this.imageId.startsWith("resolve:ssm:");
  }

  /** What the image's distribution is like. */
  public get facts(): DistributionFacts {
    return DISTRIBUTIONS[this.distribution];
  }

  /** How a piece of software is installed. */
  public installation(software: Software): Installation {
    return this.facts.software[software];
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
