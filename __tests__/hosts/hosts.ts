import { load } from "js-yaml";
import { WebHosts, WebHostsProps } from "../../lib";
import { synth, testNetwork, testStack } from "../support/synth";

/** Hosts in a network of their own. */
export function webHosts(props: Partial<WebHostsProps> = {}, stack = testStack()) {
  const network = testNetwork(stack);
  const made = new WebHosts(stack, "Hosts", { network, ...props });
  return { stack, network, made, tf: () => synth(stack) };
}

/** User data as cloud-init reads it. */
export function userData(hosts: WebHosts): {
  packages?: string[];
  runcmd: string[];
  files: Record<string, any>;
} {
  expect(hosts.userData.split("\n")[0]).toBe("#cloud-config");
  const { write_files, ...rest } = load(hosts.userData) as any;
  return {
    ...rest,
    files: Object.fromEntries(write_files.map((file: { path: string }) => [file.path, file])),
  };
}

export const APPLICATION_UNIT = "/etc/systemd/system/application.service";
