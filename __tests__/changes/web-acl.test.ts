import { RequestMatch, WebAclProps } from "../../lib";
import { testChanges } from "../support/changes";
import { balancerArn, testWebAcl } from "../support/web-acl";

interface Props extends WebAclProps {
  /** Names of the balancers that it stands before. */
  readonly balancers?: readonly string[];
}

const block = (path: string) => ({ statement: RequestMatch.path(path), action: "block" }) as const;
const first = block("/first");
const last = { ...block("/last"), response: { statusCode: 404, body: "Nothing here" } };
const office = ["192.0.2.7", "2001:db8::/32"];
const admin = (addresses: readonly string[]) => ({
  statement: RequestMatch.path("/admin").and(RequestMatch.notFromAddresses(addresses)),
  action: "block" as const,
});

testChanges<Props>({
  of: "WebAcl",
  stack: ({ balancers = ["web"], rules = { first, last }, ...props }) => {
    const { stack, webAcl } = testWebAcl({ rules, ...props });
    for (const name of balancers) webAcl.protect(balancerArn(name), name);
    return stack;
  },
  nothing: {
    "rules are written in another order": { rules: { last, first } },
    "countries are written in another order": [
      { countries: { block: ["KP", "IR"] } },
      { countries: { block: ["IR", "KP"] } },
    ],
    "a group is switched on that is on": { managedRules: { common: true } },
  },
  inPlace: {
    "a rule is added in the middle": { rules: { first, middle: block("/middle"), last } },
    "a rule counts": { rules: { first, last: { ...last, action: "count" } } },
    "countries are added": { countries: { block: ["KP"] } },
    "a country more is blocked": [{ countries: { block: ["KP"] } }, { countries: { block: ["IR", "KP"] } }],
    "addresses are blocked": { blockAddresses: office },
    "an address more is blocked": [
      { blockAddresses: office },
      { blockAddresses: [...office, "198.51.100.0/24"] },
    ],
    "an address more is let in by a rule": [
      { rules: { admin: admin(office) } },
      { rules: { admin: admin([...office, "198.51.100.7"]) } },
    ],
    "a managed rule counts": {
      managedRules: { common: { ruleActions: { CrossSiteScripting_BODY: "count" } } },
    },
    "a group of managed rules is added": { managedRules: { posix: true } },
    "everything counts only": { countOnly: true },
    "all requests are logged": { logs: { requests: "all" } },
    "logs are turned on": [{ logs: false }, {}],
    "a balancer is added": { balancers: ["web", "api"] },
  },
  destroying: {
    "logs are turned off": { logs: false },
    "logs go to a bucket": { logs: { destinationArn: "arn:aws:s3:::aws-waf-logs-shop" } },
    "addresses are blocked no more": [{ blockAddresses: office }, {}],
    "a balancer is left": [{ balancers: ["web", "api"] }, { balancers: ["web"] }],
  },
});
