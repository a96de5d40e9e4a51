export { Connections, type ConnectionsProps, type IConnectable } from "./connections";
export { Firewall, type FirewallProps } from "./firewall";
export { Peer, type PeerTarget } from "./peer";
export { Port } from "./port";
export * from "./web-acl";
