export { type HostsThresholds } from "./hosts-thresholds";
export { watchHosts } from "./watch-hosts";
