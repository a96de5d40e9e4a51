import { Token } from "cdktf";
import { fragments } from "../../expressions";
import { HostFile } from "./host-file";

/** Where hosts find what Tandem gives them. */
export const HOST_DIRECTORY = "/etc/tandem";
export const SCRIPT_DIRECTORY = "/usr/local/lib/tandem";
/** Facts about the host itself, written when it starts. */
export const HOST_ENVIRONMENT_FILE = `${HOST_DIRECTORY}/host.env`;
/** The application's environment variables. */
export const APPLICATION_ENVIRONMENT_FILE = `${HOST_DIRECTORY}/application.env`;
/** Facts that change while the host runs, kept in memory only. */
export const RUN_DIRECTORY = "/run/tandem";
const UNIT_DIRECTORY = "/etc/systemd/system";
export const APPLICATION_UNIT = "application.service";

/** Sections of a systemd unit; a list stands for several lines with the same name. */
export type SystemdSections = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** The text of a systemd unit. */
function systemdUnit(sections: SystemdSections): string {
  return Object.entries(sections)
    .map(([section, settings]) =>
      [
        `[${section}]`,
        ...Object.entries(settings).flatMap(([name, value]) => [value].flat().map((one) => `${name}=${one}`)),
        "",
      ].join("\n"),
    )
    .join("\n");
}

/** A systemd unit as a file. */
export function unitFile(unit: string, sections: SystemdSections): HostFile {
  return { path: `${UNIT_DIRECTORY}/${unit}`, content: systemdUnit(sections) };
}

/** What one part of a host adds to the unit of another, as a file. */
export function dropInFile(unit: string, name: string, sections: SystemdSections): HostFile {
  return { path: `${UNIT_DIRECTORY}/${unit}.d/${name}.conf`, content: systemdUnit(sections) };
}

/** What the unit of every service has in common that needs the network. */
export const UNIT_DEFAULTS = {
  Wants: "network-online.target",
  After: "network-online.target",
  // A service that fails is started again for as long as it takes.
  StartLimitIntervalSec: "0",
} as const;

/** What every application's service has in common. */
export const SERVICE_DEFAULTS = {
  EnvironmentFile: [HOST_ENVIRONMENT_FILE, APPLICATION_ENVIRONMENT_FILE],
  Restart: "always",
  RestartSec: "2",
} as const;

/** Rights of the application where it needs none but to listen on its port, and to keep files in a place. */
export function applicationRights(port: number): Record<string, string> {
  return {
    ...leastRights(),
    StateDirectory: "application",
    WorkingDirectory: "/var/lib/application",
    ...privilegedPort(port),
  };
}

/** What a user without rights needs to listen on a port below 1024. */
export function privilegedPort(port: number): Record<string, string> {
  return port < 1024 ? { AmbientCapabilities: "CAP_NET_BIND_SERVICE" } : {};
}

/** Rights of a service that needs none. */
export function leastRights(): Record<string, string> {
  return {
    DynamicUser: "yes",
    NoNewPrivileges: "yes",
    ProtectSystem: "strict",
    ProtectHome: "yes",
    PrivateTmp: "yes",
  };
}

/**
 * One argument of `ExecStart=`, quoted.
 *
 * Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function execArgument(text: string): string {
  if (/^[\w./:@,+=-]+$/.test(text)) return text;
  const escaped = fragments(text)
    // What is known only after deploy goes in as it is; only its author can know what is in it.
    .map((part) => (Token.isUnresolved(part) ? part : escapeLiteral(part)))
    .join("");
  return `"${escaped}"`;
}

function escapeLiteral(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("%", "%%")
    .replaceAll("$", "$$$$");
}
