import { LoadBalancerProps, Network, Peer } from "../../lib";
import { DOMAIN, testBalancer } from "../support/balancer";
import { ZONES, reference, testStack } from "../support/synth";

function inIpv6Network(props: Partial<LoadBalancerProps> = {}) {
  const stack = testStack();
  const network = new Network(stack, "Network", { availabilityZones: ZONES, ipv6: true });
  return { ...testBalancer({ network, ...props }, stack), network };
}

function clients(tf: ReturnType<ReturnType<typeof testBalancer>["tf"]>): string[] {
  const rules = Object.entries(tf.resources("aws_vpc_security_group_ingress_rule"));
  return rules
    .filter(([name]) => name.startsWith("LoadBalancer"))
    .map(([, rule]) => `${rule.cidr_ipv4 ?? rule.cidr_ipv6} ${rule.from_port}`)
    .sort();
}

describe("an internal balancer", () => {
  it("stands in the application subnets, and waits for no way to the internet", () => {
    const { network, tf } = inIpv6Network({ internal: true });
    const config = tf().only("aws_lb");
    expect(config.internal).toBe(true);
    expect(config.subnets).toHaveLength(network.applicationSubnets.length);
    expect(config.subnets.every((subnet: string) => subnet.includes("Network_Application"))).toBe(true);
    expect(config.depends_on.filter((address: string) => address.startsWith("aws_route"))).toEqual([]);
  });

  it("admits the network only", () => {
    expect(clients(testBalancer({ internal: true }).tf())).toEqual(["10.0.0.0/16 443", "10.0.0.0/16 80"]);
    const { network, tf } = inIpv6Network({ internal: true });
    const block = reference(network.vpc, "ipv6_cidr_block");
    expect(clients(tf())).toEqual(
      [`${block} 443`, `${block} 80`, "10.0.0.0/16 443", "10.0.0.0/16 80"].sort(),
    );
  });

  it("admits whom it is told to", () => {
    const peers = [Peer.ipv4("192.168.0.0/16")];
    expect(clients(testBalancer({ internal: true, clients: peers }).tf())).toEqual([
      "192.168.0.0/16 443",
      "192.168.0.0/16 80",
    ]);
  });
});

describe("the addresses of a balancer", () => {
  const records = (props: Partial<LoadBalancerProps>) =>
    Object.values(
      inIpv6Network({ domain: DOMAIN, ...props })
        .tf()
        .resources("aws_route53_record"),
    )
      .filter((record) => record.alias)
      .map((record) => record.type)
      .sort();

  it("are those of its network, with names and clients to match", () => {
    const { tf } = inIpv6Network();
    expect(tf().only("aws_lb").ip_address_type).toBe("dualstack");
    expect(clients(tf())).toEqual(["0.0.0.0/0 443", "0.0.0.0/0 80", "::/0 443", "::/0 80"]);
    expect(records({})).toEqual(["A", "AAAA"]);
    expect(testBalancer().tf().only("aws_lb").ip_address_type).toBe("ipv4");
  });

  it("can leave out IPv6, and with it the names and clients of IPv6", () => {
    const { tf } = inIpv6Network({ ipAddressType: "ipv4" });
    expect(tf().only("aws_lb").ip_address_type).toBe("ipv4");
    expect(clients(tf())).toEqual(["0.0.0.0/0 443", "0.0.0.0/0 80"]);
    expect(records({ ipAddressType: "ipv4" })).toEqual(["A"]);
  });

  it("can leave out public IPv4, and with it the names of IPv4", () => {
    const ipAddressType = "dualstack-without-public-ipv4" as const;
    expect(inIpv6Network({ ipAddressType }).tf().only("aws_lb").ip_address_type).toBe(ipAddressType);
    expect(records({ ipAddressType })).toEqual(["AAAA"]);
  });
});
