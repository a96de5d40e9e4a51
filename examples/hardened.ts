import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DatabaseEngine, DistributedWeb, HostApplication, MachineImage } from "cdktf-tandem";

// A site for which scanners find nothing but that it is public: HTTPS only, on all of the way; hosts that reach
// nothing but AWS's services; logs in a bucket that the security team owns; a password that is rotated.
const app = new App();
const stack = new TerraformStack(app, "shop");
new AwsProvider(stack, "aws", {
  region: "eu-west-1",
  defaultTags: [{ tags: { Environment: "production", Owner: "shop-team" } }],
});

new DistributedWeb(stack, "Web", {
  availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  domain: { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" },
  application: HostApplication.container("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4", {
    port: 8080,
  }),
  network: {
    nat: "none",
    interfaceEndpoints: ["ssm", "logs", "monitoring", "secretsmanager", "ecr", "ec2", "incidents"],
  },
  loadBalancer: {
    httpRedirect: false,
    desyncMitigation: "strictest",
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    accessLogs: { bucketName: "example-central-logs", prefix: "shop" },
  },
  hosts: {
    image: MachineImage.ami("ami-0123456789abcdef0"),
    instanceTypes: ["m7i.large", "m7a.large"],
    minHosts: 3,
    egress: "endpoints",
    reverseProxy: { protocol: "HTTPS" },
  },
  database: {
    engine: DatabaseEngine.postgres("17"),
    databaseName: "shop",
    instanceClass: "db.r8g.large",
    port: 6432,
    backupRetention: 35,
    credentials: {
      username: "shop_owner",
      rotation: {
        functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:rotate-password",
        everyDays: 30,
      },
    },
  },
  monitoring: {
    notify: {
      emails: ["oncall@example.com"],
      https: { pager: "https://events.example.com/integration/shop" },
    },
    routineEvents: true,
    runbookUrl: "https://wiki.example.com/shop/runbook",
  },
});

app.synth();
