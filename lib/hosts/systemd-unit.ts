import { Token } from "cdktf";
import { fragments } from "../expressions";

/** Where hosts find what Tandem gives them. */
export const HOST_DIRECTORY = "/etc/tandem";
export const SCRIPT_DIRECTORY = "/usr/local/lib/tandem";
/** Facts about the host itself, written when it starts. */
export const HOST_ENVIRONMENT_FILE = `${HOST_DIRECTORY}/host.env`;
/** The application's environment variables. */
export const APPLICATION_ENVIRONMENT_FILE = `${HOST_DIRECTORY}/application.env`;
export const APPLICATION_UNIT = "application.service";

/** Sections of a systemd unit; a list stands for several lines with the same name. */
export type SystemdSections = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** The text of a systemd unit. */
export function systemdUnit(sections: SystemdSections): string {
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

/** What every application's service has in common. */
export const SERVICE_DEFAULTS = {
  EnvironmentFile: [HOST_ENVIRONMENT_FILE, APPLICATION_ENVIRONMENT_FILE],
  Restart: "always",
  RestartSec: "2",
} as const;

/** Rights of a service that needs none but to listen on its port. */
export function leastRights(port: number): Record<string, string> {
  return {
    DynamicUser: "yes",
    StateDirectory: "application",
    WorkingDirectory: "/var/lib/application",
    NoNewPrivileges: "yes",
    ProtectSystem: "strict",
    ProtectHome: "yes",
    PrivateTmp: "yes",
    ...(port < 1024 && { AmbientCapabilities: "CAP_NET_BIND_SERVICE" }),
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
