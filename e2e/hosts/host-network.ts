import { execFileSync } from "node:child_process";
import { MARK } from "../apart/run-apart";

/** For documentation, so that it is nobody's: https://www.rfc-editor.org/rfc/rfc5737 */
const PREFIX = "192.0.2";
const FIRST_HOST = 11;

/** What the hosts are plugged into. */
export const BRIDGE = MARK;

/** Address of the tests in the hosts' network: what listens there is reached by every host. */
export const GATEWAY = `${PREFIX}.1`;

/** An address that nobody has. */
export const UNUSED_ADDRESS = `${PREFIX}.2`;

/** A network of hosts and tests, without a way out. */
export function makeHostNetwork(): void {
  ip("link", "set", "lo", "up");
  ip("link", "add", BRIDGE, "type", "bridge");
  ip("address", "add", `${GATEWAY}/24`, "dev", BRIDGE);
  ip("link", "set", BRIDGE, "up");
}

/** Address of the first host, the second one, and so on. */
export function hostAddress(index: number): string {
  return `${PREFIX}.${FIRST_HOST + index}`;
}

/** Cuts a host off: whoever talks to it hears nothing any more. */
export function unplug(machine: string): void {
  ip("link", "set", `vb-${machine}`, "down");
}

function ip(...args: string[]): void {
  execFileSync("ip", args);
}
