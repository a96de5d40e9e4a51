import { HostFile } from "./host-file";

/** What an application needs on a host. */
export interface HostContent {
  /** Packages to install, by the distribution's names. */
  readonly packages?: readonly string[];
  readonly files?: readonly HostFile[];
  /** Shell commands, run once in order before the application starts; the first failure ends them. */
  readonly setup?: readonly string[];
  /** Systemd units to start, in order. */
  readonly services?: readonly string[];
}
