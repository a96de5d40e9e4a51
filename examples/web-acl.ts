import { App, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RequestMatch, WebAcl } from "cdktf-tandem";

const app = new App();
const stack = new TerraformStack(app, "firewall");
new AwsProvider(stack, "aws", { region: "eu-west-1" });

// The office: its addresses are kept in one pair of sets for all rules that name them.
const notFromOffice = RequestMatch.notFromAddresses(["198.51.100.0/24", "2001:db8:7::/48"], "office");

const webAcl = new WebAcl(stack, "WebAcl", {
  // For the first days: count what would be blocked, and look at the metrics and logs.
  countOnly: false,
  countries: { block: ["KP"] },
  blockAddresses: ["203.0.113.0/24"],
  rules: {
    admin: {
      statement: RequestMatch.path("/admin").and(notFromOffice),
      action: "block",
      response: { statusCode: 404, body: "Not found" },
    },
    login: {
      statement: RequestMatch.path("/login").and(RequestMatch.method("POST")),
      action: "block",
      rate: { requests: 50 },
    },
    // AWS's rule about long bodies only counts, for the sake of uploads: anywhere else they are blocked.
    "long-bodies": {
      statement: RequestMatch.label("awswaf:managed:aws:core-rule-set:SizeRestrictions_Body").and(
        RequestMatch.path("/upload").not(),
      ),
      action: "block",
    },
  },
  managedRules: {
    posix: true,
    // The editor sends HTML.
    common: { ruleActions: { CrossSiteScripting_BODY: "count" } },
  },
});

// A balancer that somebody else looks after; one of this library is handed over as it is: webAcl.protect(balancer).
webAcl.protect(
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
  "web",
);

app.synth();
