import { Installation } from "../distributions";
import { HostFile } from "./host-file";

/** What a part of a host needs on it: the application, the reverse proxy, the shipping of logs. */
export interface HostContent {
  /** Packages to install, by the distribution's names. */
  readonly packages?: readonly string[];
  readonly files?: readonly HostFile[];
  /** Shell commands, run once in order before services start; the first failure ends them. */
  readonly setup?: readonly string[];
  /** Systemd units to start, in order. */
  readonly services?: readonly string[];
  /** Shell commands, run once in order after services started; a failure of one stops nothing. */
  readonly afterwards?: readonly string[];
}

/** Everything that several parts need, in their order; each package once. */
export function joinContents(contents: readonly HostContent[]): Required<HostContent> {
  const all = <K extends keyof HostContent>(key: K) =>
    contents.flatMap((content) => (content[key] ?? []) as readonly string[]);
  return {
    packages: [...new Set(all("packages"))],
    files: contents.flatMap((content) => content.files ?? []),
    setup: all("setup"),
    services: all("services"),
    afterwards: all("afterwards"),
  };
}

/** Content that installs something which nothing else waits for. */
export function installAfterwards({ packages, commands }: Installation): HostContent {
  return { packages, afterwards: commands };
}
