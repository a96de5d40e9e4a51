export { type AvailabilityZones, type Zone } from "./availability-zones";
export { DataTierAcl, type DataTierAclOptions, type DataTierAclProps } from "./data-tier-acl";
export { FlowLogs, type FlowLogsOptions, type FlowLogsProps, type FlowLogsTraffic } from "./flow-logs";
export { type NetworkAttributes, type SubnetIds } from "./imported-network";
export { type INetwork, type NetworkEndpoints, type NetworkSubnet } from "./inetwork";
export { Network, type NatPlacement, type NetworkOptions, type NetworkProps } from "./network";
export { type SubnetCidrs, SubnetPlan, type SubnetTierName } from "./subnet-plan";
export { SubnetTier, type SubnetTierProps } from "./subnet-tier";
export { type InterfaceEndpointService, VpcEndpoints, type VpcEndpointsProps } from "./vpc-endpoints";
