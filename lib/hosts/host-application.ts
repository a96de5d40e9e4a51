import { HEALTH_CHECK_PATH } from "../load-balancer/targets/health-check";
import { PropChecks, isKnown } from "../validation";
import { bakedImageContent, checkBakedImage } from "./applications/baked-image";
import { Packages, checkCommands, commandsContent } from "./applications/commands";
import { checkContainer, containerContent, isInEcr } from "./applications/container";
import { statusPageContent } from "./applications/status-page";
import { HostContent } from "./user-data/host-content";
import { HostFile } from "./user-data/host-file";
import { MachineImage } from "./machine-image";
import { APPLICATION_UNIT } from "./user-data/systemd-unit";

/** What every application says about itself. */
export interface HostApplicationOptions {
  /** TCP port that the application listens on for HTTP, 1 to 65535. */
  readonly port: number;

  /**
   * Path that answers with a status from 200 to 299 when the application can take requests; up to 1024 visible
   * characters.
   *
   * @default "/"
   */
  readonly healthCheckPath?: string;

  /**
   * Environment variables. Never secrets: anyone who may read the instance's user data can read them.
   *
   * @default - only those that describe the host, and the database where there is one
   */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ContainerOptions extends HostApplicationOptions {
  /**
   * Arguments for the image's entry point.
   *
   * @default - the image's own
   */
  readonly command?: readonly string[];
}

export interface CommandsOptions extends HostApplicationOptions {
  /**
   * Packages to install: names, or names by distribution where they differ.
   *
   * @default - none
   */
  readonly packages?: Packages;

  /**
   * Files to write. Large ones are better fetched in `setup`: all user data may have 16 KB when it
   * is compressed by gzip, of which the hosts' own services take about a quarter.
   *
   * @default - none
   */
  readonly files?: readonly HostFile[];

  /**
   * Shell commands that root runs once, in order, after packages and files. If one fails, the application is
   * not started, and the host never becomes healthy.
   *
   * @default - none
   */
  readonly setup?: readonly string[];

  /** Shell command that runs the application in the foreground; systemd starts it again if it ends. */
  readonly start: string;

  /**
   * User that runs it.
   *
   * @default - one without rights, made by systemd, whose home is /var/lib/application
   */
  readonly user?: string;
}

export interface BakedImageOptions extends HostApplicationOptions {
  /**
   * Systemd service of the image that gets the environment variables, as in `shop.service`.
   *
   * @default - none; the variables are in /etc/tandem/application.env for the image to read
   */
  readonly service?: string;
}

/** @internal */
interface Behaviour {
  check?(checks: PropChecks, image: MachineImage): void;
  content(image: MachineImage, variables: readonly string[]): HostContent;
  readonly pullsFromEcr?: boolean;
  readonly containerImage?: string;
  /** The unit of an image of the user's own; "none" where it has none that is known. */
  readonly ownUnit?: string;
}

export const DEFAULT_PORT = 8080;

/**
 * What hosts run.
 *
 * Every application finds these environment variables: `PORT`; `INSTANCE_ID`, `AVAILABILITY_ZONE` and
 * `AWS_REGION` of its host; and those of `WebHosts.useDatabase`.
 */
export class HostApplication {
  /**
   * A container image, run by Docker in the host's network and started again when it ends. Images from a
   * private registry of ECR are pulled with the hosts' role.
   *
   * @example
   * HostApplication.container("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4", { port: 8080 })
   */
  public static container(image: string, options: ContainerOptions): HostApplication {
    return new HostApplication(options, {
      check: (checks) => checkContainer(checks, { image, ...options }),
      content: (machineImage, variables) => containerContent(machineImage, { image, ...options }, variables),
      pullsFromEcr: isInEcr(image),
      containerImage: image,
    });
  }

  /**
   * A program that commands install and start.
   *
   * @example
   * HostApplication.commands({
   *   port: 8080,
   *   packages: ["nodejs"],
   *   files: [{ path: "/opt/shop/server.js", content: source }],
   *   start: "exec node /opt/shop/server.js",
   * })
   */
  public static commands(options: CommandsOptions): HostApplication {
    return new HostApplication(options, {
      check: (checks, image) => checkCommands(checks, options, image),
      content: (image) => commandsContent(image, options, options.port),
    });
  }

  /** What an image of your own already runs; use it with `MachineImage.ami`. */
  public static bakedImage(options: BakedImageOptions): HostApplication {
    return new HostApplication(options, {
      check: (checks, image) => checkBakedImage(checks, options.service, image),
      content: () => bakedImageContent(options.service),
      ownUnit: options.service ?? "none",
    });
  }

  /**
   * A page that names the host and its zone, so that round robin can be seen; it needs no package and no
   * internet. For trying things out.
   */
  public static statusPage(options: Partial<Pick<HostApplicationOptions, "port">> = {}): HostApplication {
    const port = options.port ?? DEFAULT_PORT;
    return new HostApplication(
      { port, healthCheckPath: "/health" },
      { content: () => statusPageContent(port) },
    );
  }

  public readonly port: number;
  public readonly healthCheckPath: string;
  public readonly environment: Readonly<Record<string, string>>;

  private constructor(
    options: HostApplicationOptions,
    private readonly behaviour: Behaviour,
  ) {
    // What is missing is refused when hosts get the application.
    const given: Partial<HostApplicationOptions> = (options as HostApplicationOptions | undefined) ?? {};
    this.port = given.port!;
    this.healthCheckPath = given.healthCheckPath ?? "/";
    this.environment = given.environment ?? {};
  }

  /** Whether hosts need leave to pull images from ECR. */
  public get pullsFromEcr(): boolean {
    return this.behaviour.pullsFromEcr ?? false;
  }

  /** Name of the container image that is pulled, where it is one; may be a token. */
  public get containerImage(): string | undefined {
    return this.behaviour.containerImage;
  }

  /** Whether an image of the user's own brings the application. */
  public get isBaked(): boolean {
    return this.behaviour.ownUnit !== undefined;
  }

  /** Systemd unit of the application; undefined where an image runs one that was not named. */
  public get unit(): string | undefined {
    const { ownUnit = APPLICATION_UNIT } = this.behaviour;
    return ownUnit === "none" ? undefined : ownUnit;
  }

  /** What has to be on a host, given the names of all environment variables. */
  public content(image: MachineImage, variables: readonly string[]): HostContent {
    return this.behaviour.content(image, variables);
  }

  /** @internal */
  public check(checks: PropChecks, image: MachineImage): void {
    const remedy = "Use the port that the application listens on.";
    checks.given("application.port", this.port, "a port from 1 to 65535", remedy);
    checks.integer("application.port", this.port, { min: 1, max: 65535 }, remedy);
    checks.matches("application.healthCheckPath", this.healthCheckPath, HEALTH_CHECK_PATH, {
      allowed: "a path that starts with a slash, up to 1024 characters without spaces",
      remedy: "Name a page that answers quickly, as in /health.",
    });
    checkEnvironment(checks, "application.environment", this.environment);
    this.behaviour.check?.(checks, image);
    const files = this.content(image, []).files ?? [];
    for (const [index, file] of files.entries()) {
      checks.matches("application.files", file.path, /^\/(?!.*\/\.\.?(\/|$))[^\0\n]*[^/\0\n]$/, {
        allowed: "absolute paths of files",
        remedy: "Start the path with a slash, and name a file.",
      });
      checks.matches("application.files", file.permissions, /^0?[0-7]{3,4}$/, {
        allowed: 'permissions in octal, as in "0644"',
        remedy: 'A script needs "0755".',
      });
      const paths = files.map((one) => one.path);
      checks.require(!isKnown(file.path) || paths.indexOf(file.path) === index, {
        prop: "application.files",
        value: file.path,
        allowed: "each path once",
        remedy: "Remove one of the two files.",
      });
    }
  }
}

/** Names that a shell and systemd accept. */
export function checkEnvironment(
  checks: PropChecks,
  prop: string,
  environment: Readonly<Record<string, string>> = {},
): void {
  for (const [name, value] of Object.entries(environment)) {
    checks.matches(prop, name, /^[A-Za-z_][A-Za-z0-9_]*$/, {
      allowed: "names of letters, digits and underscores that start with no digit",
      remedy: "Rename the variable.",
    });
    checks.require(typeof value === "string", {
      prop: `${prop}.${name}`,
      value,
      allowed: "text",
      remedy: `Write String(${JSON.stringify(value)}), or Token.asString for what is known only after deploy.`,
    });
  }
}
