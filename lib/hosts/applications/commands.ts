import { PropChecks } from "../../validation";
import { HostContent } from "../user-data/host-content";
import { HostFile } from "../user-data/host-file";
import { Distribution } from "../distributions";
import { MachineImage } from "../machine-image";
import {
  APPLICATION_UNIT,
  SCRIPT_DIRECTORY,
  SERVICE_DEFAULTS,
  UNIT_DEFAULTS,
  applicationRights,
  privilegedPort,
  unitFile,
} from "../user-data/systemd-unit";

const START = `${SCRIPT_DIRECTORY}/start`;

/** Packages by name, or by distribution where names differ. */
export type Packages = readonly string[] | Readonly<Partial<Record<Distribution, readonly string[]>>>;

/** @internal */
export interface CommandsContentProps {
  readonly packages?: Packages;
  readonly files?: readonly HostFile[];
  readonly setup?: readonly string[];
  readonly start: string;
  readonly user?: string;
}

/** @internal */
export function checkCommands(checks: PropChecks, props: CommandsContentProps, image: MachineImage): void {
  checks.require(props.start.trim() !== "", {
    prop: "application.start",
    value: props.start,
    allowed: "a shell command that runs the application in the foreground",
    remedy: 'Name it, as in start: "exec node server.js".',
  });
  checks.matches("application.user", props.user, /^[a-z_][a-z0-9_-]{0,31}$/, {
    allowed: "the name of a user of the host: up to 32 lower-case letters, digits, hyphens and underscores",
    remedy: "Leave it out for a user without rights that systemd makes.",
  });
  checks.require(packagesFor(image, props.packages) !== undefined, {
    prop: "application.packages",
    value: props.packages,
    allowed: `a list of names, or a list for each distribution in use; ${image.distribution} is missing`,
    remedy: `Add the names that ${image.distribution} uses.`,
  });
}

/** @internal */
export function commandsContent(image: MachineImage, props: CommandsContentProps, port: number): HostContent {
  return {
    packages: packagesFor(image, props.packages),
    files: [
      ...(props.files ?? []),
      { path: START, content: `#!/bin/sh\nset -eu\n${props.start}\n`, permissions: "0755" },
      unitFile(APPLICATION_UNIT, {
        Unit: { Description: "Application", ...UNIT_DEFAULTS },
        Service: {
          ...SERVICE_DEFAULTS,
          ...(props.user === undefined
            ? applicationRights(port)
            : { User: props.user, ...privilegedPort(port) }),
          ExecStart: START,
        },
        Install: { WantedBy: "multi-user.target" },
      }),
    ],
    setup: props.setup,
    services: [APPLICATION_UNIT],
  };
}

function packagesFor(image: MachineImage, packages: Packages = []): readonly string[] | undefined {
  return Array.isArray(packages)
    ? packages
    : (packages as Partial<Record<Distribution, readonly string[]>>)[image.distribution];
}
