import { ExistingTargets, RuleOptions } from "../../lib";
import { TestTarget, testBalancer } from "../support/balancer";
import { testChanges } from "../support/changes";

interface Props {
  /** Weights of the balancer's targets, by their keys. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Weight of the API's canary. @default - there is none */
  readonly apiCanary?: number;
  readonly stickiness?: number;
  readonly rules?: Readonly<Record<string, RuleOptions>>;
  readonly machines?: Readonly<Record<string, string>>;
  readonly addresses?: Readonly<Record<string, string>>;
}

const SHOP = { hosts: ["shop.example.com"] };
const WIKI = { hosts: ["wiki.example.com"] };
const MACHINES = { "web-1": "i-01", "web-3": "i-03" };
const ADDRESSES = { "rack-1": "192.168.10.11", "rack-3": "192.168.10.13" };

testChanges<Props>({
  of: "LoadBalancer with rules",
  stack: (props) => {
    const { weights = { "": 90 }, rules = { Shop: SHOP, Wiki: WIKI } } = props;
    const { machines = MACHINES, addresses = ADDRESSES, stickiness: targetGroupStickiness } = props;
    const { stack, balancer } = testBalancer({ targetGroupStickiness });
    for (const [key, weight] of Object.entries(weights)) {
      balancer.forwardTo(new TestTarget(), { key: key === "" ? undefined : key, weight });
    }
    const api = balancer.addTargets("Api", { target: new TestTarget(), paths: ["/api/*"] });
    if (props.apiCanary !== undefined) {
      api.forwardTo(new TestTarget(), { key: "Canary", weight: props.apiCanary });
    }
    for (const [id, options] of Object.entries(rules)) {
      balancer.addTargets(id, { target: new TestTarget(), ...options });
    }
    balancer.addTargets("Machines", {
      target: ExistingTargets.instances(machines, { port: 80, securityGroupId: "sg-01" }),
      hosts: ["machines.example.com"],
    });
    balancer.addTargets("Rack", {
      target: ExistingTargets.ips(addresses, { port: 80, outsideVpc: true }),
      hosts: ["rack.example.com"],
    });
    return stack;
  },
  nothing: {
    "rules are written in another order": { rules: { Wiki: WIKI, Shop: SHOP } },
    "the weight of a single target changes": { weights: { "": 1 } },
    "targets get other names": {
      machines: { shop: "i-01", wiki: "i-03" },
      addresses: { shop: "192.168.10.11", wiki: "192.168.10.13" },
    },
    "targets swap their names": { machines: { "web-1": "i-03", "web-3": "i-01" } },
    "a client would stay with one of several targets, and there is one": { stickiness: 60 },
  },
  inPlace: {
    "a rule is added in the middle": {
      rules: { Shop: SHOP, Blog: { hosts: ["blog.example.com"] }, Wiki: WIKI },
    },
    "a rule is for other requests": { rules: { Shop: { paths: ["/shop/*"] }, Wiki: WIKI } },
    "a rule gets a number": { rules: { Shop: { ...SHOP, priority: 10 }, Wiki: WIKI } },
    "a canary is added": { weights: { "": 90, Canary: 10 } },
    "a canary of a rule is added": { apiCanary: 10 },
    "weights change": [{ weights: { "": 90, Canary: 10 } }, { weights: { "": 50, Canary: 50 } }],
    "clients stay with the target that answered first": [
      { weights: { "": 90, Canary: 10 } },
      { weights: { "": 90, Canary: 10 }, stickiness: 3600 },
    ],
    "green comes beside blue": [{ weights: { Blue: 100 } }, { weights: { Blue: 100, Green: 0 } }],
    "an instance is added in the middle": { machines: { "web-1": "i-01", "web-2": "i-02", "web-3": "i-03" } },
    "an address is added in the middle": { addresses: { "rack-2": "192.168.10.12", ...ADDRESSES } },
  },
  destroying: {
    "a rule is removed": { rules: { Wiki: WIKI } },
    "a canary is removed": [{ weights: { "": 90, Canary: 10 } }, { weights: { "": 90 } }],
    "a canary of a rule is removed": [{ apiCanary: 10 }, {}],
    "blue is removed beside green": [{ weights: { Blue: 0, Green: 100 } }, { weights: { Green: 100 } }],
    "an instance is removed": { machines: { "web-3": "i-03" } },
    "an instance is removed, and the others get other numbers": { machines: { "web-1": "i-03" } },
    "an instance is another one": { machines: { ...MACHINES, "web-1": "i-11" } },
    "an address is removed": { addresses: { "rack-3": "192.168.10.13" } },
  },
});
