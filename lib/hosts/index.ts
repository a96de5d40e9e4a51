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
export { type UseDatabaseOptions, WebHosts, type WebHostsOptions, type WebHostsProps } from "./web-hosts";
