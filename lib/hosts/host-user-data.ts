import { Lazy } from "cdktf";
import { IConstruct } from "constructs";
import { gzippedBase64, numberText } from "../expressions";
import { PropChecks, describeValue } from "../validation";
import { checkEnvironment } from "./host-application";
import { HostFacts, hostContents } from "./host-contents";
import { ReadProps } from "./read-props";
import { CloudConfig, cloudConfig } from "./user-data/cloud-config";
import { WebHostsProps } from "./web-hosts-props";

/**
 * User data before Base64, but for what Terraform's gzip may differ from the one that is counted with:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
const MAX_LENGTH = 16 * 1024 - 256;

/** User data of hosts, which grows until synthesis: with environment variables, and with a database's secret. */
export class HostUserData {
  /** What a launch template gets: compressed by Terraform, in Base64. */
  public readonly encoded = Lazy.stringValue({
    produce: () => (this.encodedText ??= gzippedBase64(this.text)),
  });

  private readonly checks: PropChecks;
  private readonly environment: Record<string, string>;
  private fetchesSecret = false;
  private rendered?: CloudConfig;
  private encodedText?: string;

  public constructor(
    scope: IConstruct,
    private readonly props: WebHostsProps,
    private readonly read: ReadProps,
    private readonly facts: Pick<HostFacts, "hostGroup" | "logGroupName" | "url">,
  ) {
    this.checks = new PropChecks(scope);
    const { application } = read;
    this.environment = {
      PORT: numberText(application.port),
      ...application.environment,
      ...props.environment,
    };
    this.check();
  }

  /** As cloud-init reads it. */
  public get text(): string {
    return this.render().text;
  }

  /** Adds environment variables for the application, each with one value. */
  public addEnvironment(environment: Readonly<Record<string, string>>): void {
    checkEnvironment(this.checks, "environment", environment);
    for (const [name, value] of Object.entries(environment)) {
      this.checks.require(this.environment[name] === undefined || this.environment[name] === value, {
        prop: `environment.${name}`,
        value,
        allowed: `one value; it is ${describeValue(this.environment[name])} already`,
        remedy: "Leave it out in one of the two places, or rename the variable.",
      });
    }
    Object.assign(this.environment, environment);
    this.renderAnew();
  }

  /** Has hosts fetch the secret of their database for the application. */
  public fetchSecret(): void {
    const { unit } = this.read.application;
    this.checks.require(unit !== undefined, {
      prop: "fetchSecret",
      value: true,
      allowed: "false with an image whose service is not known",
      remedy:
        'Name the service, HostApplication.bakedImage({ service: "shop.service", … }), or leave it out.',
    });
    this.fetchesSecret = true;
    this.renderAnew();
  }

  private render(): CloudConfig {
    return (this.rendered ??= cloudConfig(
      hostContents(this.props, this.read, {
        ...this.facts,
        variables: Object.keys(this.environment),
        fetchesSecret: this.fetchesSecret,
      }),
      this.environment,
    ));
  }

  private renderAnew(): void {
    this.rendered = undefined;
    this.encodedText = undefined;
    this.check();
  }

  private check(): void {
    const { compressedLength, paths } = this.render();
    const twice = paths.find((path, index) => paths.indexOf(path) !== index);
    this.checks.require(twice === undefined, {
      prop: "application.files",
      value: twice,
      allowed: "files that the hosts don't have already",
      remedy: "Choose another path.",
    });
    this.checks.require(compressedLength <= MAX_LENGTH, {
      prop: "application",
      value: `user data of about ${Math.ceil(compressedLength / 1024)} KB, compressed`,
      allowed: "up to 16 KB, with all files, environment variables and the hosts' own services",
      remedy: "Fetch large files in a setup command, from S3 for example, or bake them into an image.",
    });
  }
}
