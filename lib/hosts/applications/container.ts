import { Fn, Token } from "cdktf";
import { concatenate } from "../../expressions";
import { PropChecks, isKnown } from "../../validation";
import { HostContent } from "../user-data/host-content";
import { MachineImage } from "../machine-image";
import {
  APPLICATION_UNIT,
  HOST_DIRECTORY,
  SERVICE_DEFAULTS,
  UNIT_DEFAULTS,
  execArgument,
  unitFile,
} from "../user-data/systemd-unit";

const DOCKER = "/usr/bin/docker";
const DOCKER_CONFIG = `${HOST_DIRECTORY}/docker`;
const CONTAINER = "application";
/** Seconds that a container has to end by itself; the balancer has stopped sending requests by then. */
const STOP_SECONDS = 30;

/** @internal */
export interface ContainerContentProps {
  readonly image: string;
  readonly command?: readonly string[];
}

/** @internal */
export function checkContainer(checks: PropChecks, props: ContainerContentProps): void {
  // https://pkg.go.dev/github.com/distribution/reference: host, path, tag and digest have no white space.
  checks.matches(
    "application.image",
    props.image,
    /^[a-zA-Z0-9][\w.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    {
      allowed: "the name of a container image, as in public.ecr.aws/nginx/nginx:1.29",
      remedy: "Write registry, repository and tag, without https://.",
    },
  );
}

/** Whether an image comes, or may come, from a private registry of ECR, and so needs the role's credentials. */
export function isInEcr(image: string): boolean {
  return !isKnown(image) || /^\d{12}\.dkr[.-]ecr[.-]/.test(image);
}

/** Region of an image's private registry of ECR; undefined for images from elsewhere. */
export function registryRegion(image: string): string | undefined {
  return /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./.exec(image)?.[1];
}

/**
 * A container in the host's own network: its port is the host's, and the instance role's credentials reach it
 * although the metadata service answers one hop only.
 *
 * @internal
 */
export function containerContent(
  image: MachineImage,
  props: ContainerContentProps,
  variables: readonly string[],
): HostContent {
  const installations = [image.installation("docker")];
  const files = [];
  if (isInEcr(props.image)) {
    installations.push(image.installation("ecrCredentialHelper"));
    files.push({
      path: `${DOCKER_CONFIG}/config.json`,
      content: ecrConfig(props.image),
      permissions: "0600",
    });
  }
  const reference = execArgument(props.image);
  const run = [
    `${DOCKER} run --rm --name ${CONTAINER} --network host --log-driver none`,
    // The unit's own output is what is logged. Names only: Docker takes the values from its own environment,
    // which systemd read from the files.
    ...["INSTANCE_ID", "AVAILABILITY_ZONE", "AWS_REGION", ...variables].map((name) => `--env ${name}`),
    reference,
    ...(props.command ?? []).map(execArgument),
  ].join(" ");
  files.push(
    unitFile(APPLICATION_UNIT, {
      Unit: {
        Description: "Application container",
        ...UNIT_DEFAULTS,
        Requires: "docker.service",
        After: [UNIT_DEFAULTS.After, "docker.service"],
      },
      Service: {
        ...SERVICE_DEFAULTS,
        Environment: `DOCKER_CONFIG=${DOCKER_CONFIG}`,
        // Both may fail: there is no old container at first, and an image that is here already will do while
        // the registry is down.
        ExecStartPre: [`-${DOCKER} rm --force ${CONTAINER}`, `-${DOCKER} pull ${reference}`],
        ExecStart: run,
        ExecStop: `${DOCKER} stop --time ${STOP_SECONDS} ${CONTAINER}`,
        TimeoutStartSec: "900",
        TimeoutStopSec: String(2 * STOP_SECONDS),
      },
      Install: { WantedBy: "multi-user.target" },
    }),
  );
  const packages = installations.flatMap((one) => one.packages ?? []);
  return { packages, files, services: ["docker.service", APPLICATION_UNIT] };
}

function ecrConfig(image: string): string {
  const registry = Token.isUnresolved(image)
    ? Fn.element(Fn.split("/", concatenate(image)), 0)
    : image.split("/")[0]!;
  return `${JSON.stringify({ credHelpers: { [registry]: "ecr-login" } }, undefined, 2)}\n`;
}
