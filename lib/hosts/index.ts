export {
  type BakedImageOptions,
  type CommandsOptions,
  type ContainerOptions,
  HostApplication,
  type HostApplicationOptions,
} from "./host-application";
export { type Packages } from "./applications/commands";
export { type HostContent } from "./host-content";
export { type HostFile } from "./host-file";
export {
  type AmiOptions,
  type Architecture,
  type Distribution as LinuxDistribution,
  MachineImage,
  type MachineImageOptions,
} from "./machine-image";
export { WebHosts } from "./web-hosts";
export { type UseDatabaseOptions, type WebHostsOptions, type WebHostsProps } from "./web-hosts-props";
