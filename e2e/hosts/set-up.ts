import { GROUP_VARIABLE } from "../apart/run-apart";
import { SCRATCH, mountInMemory } from "../apart/scratch";
import { makeHostNetwork } from "./host-network";

/** Where nspawn keeps what is of containers that run. It cleans up in memory only, and so could not reboot. */
const NSPAWN_FOLDER = "/run/systemd/nspawn";

/** Before the first test: what all hosts share. */
export default function setUp(): void {
  if (process.env[GROUP_VARIABLE] === undefined) {
    throw new Error("These tests need a network of their own: start them by npm run test:e2e.");
  }
  for (const folder of [SCRATCH, NSPAWN_FOLDER]) mountInMemory(folder);
  makeHostNetwork();
}
