import { Network, NetworkProps } from "../../lib";
import { testChanges } from "../support/changes";
import { ZONES, testStack } from "../support/synth";

const THREE = [...ZONES, "eu-west-1c"];

testChanges<Partial<NetworkProps>>({
  of: "Network",
  stack: (props) => {
    const stack = testStack();
    new Network(stack, "Network", { availabilityZones: ZONES, ...props });
    return stack;
  },
  nothing: {
    "zones change their order": { availabilityZones: [...ZONES].reverse() },
  },
  inPlace: {
    "a zone is added, in front of the others": { availabilityZones: ["eu-west-1c", ...ZONES] },
    "a NAT gateway in every zone takes the place of one": [{ nat: { single: "eu-west-1a" } }, {}],
    "IPv6 is turned on": { ipv6: true },
    "services get endpoints": { interfaceEndpoints: ["ssm", "logs"] },
    "a client of the data tier is added in the middle": [
      { dataTierAcl: { clients: { branch: "172.16.0.0/24", office: "192.168.0.0/16" } } },
      {
        dataTierAcl: {
          clients: { branch: "172.16.0.0/24", bastion: "10.9.0.0/28", office: "192.168.0.0/16" },
        },
      },
    ],
    "a client of the data tier has another block": [
      { dataTierAcl: { clients: { office: "192.168.0.0/16" } } },
      { dataTierAcl: { clients: { office: "172.16.0.0/12" } } },
    ],
    "the data tier gets a network ACL": [{ dataTierAcl: false }, {}],
    "flow logs are kept for longer": [{ flowLogs: { retentionDays: 30 } }, {}],
  },
  destroying: {
    "a zone is taken away": [{ availabilityZones: THREE }, {}],
    "the block of the VPC is another": { cidrBlock: "10.20.0.0/16" },
    "a subnet's block is another": { subnetCidrs: { data: { "eu-west-1a": "10.0.248.0/24" } } },
    "one NAT gateway takes the place of those in every zone": { nat: "single" },
    "flow logs are turned off": { flowLogs: false },
    "the data tier's network ACL is taken away": { dataTierAcl: false },
  },
});
