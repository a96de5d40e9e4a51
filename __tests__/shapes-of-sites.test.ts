import {
  AuroraCluster,
  AuroraEngine,
  DatabaseEngine,
  DatabasePair,
  DistributedWeb,
  EncryptionKeys,
  Network,
  RequestMatch,
  WebAcl,
} from "../lib";
import { testRefusals } from "./support/bad-input";
import { testBalancer } from "./support/balancer";
import { ZONES, existingNetwork, testDatabase, testNetwork, testStack } from "./support/synth";

// What a program that nobody type-checked may get wrong, and that would otherwise change nothing in silence.

const anything = (value: unknown) => value as never;
const database = { engine: DatabaseEngine.postgres("17"), databaseName: "shop" };
const site = (props: object) => () =>
  new DistributedWeb(testStack(), "Web", {
    availabilityZones: ZONES,
    plainHttp: true,
    database,
    ...props,
  });
const keys = (props: unknown) => () => new EncryptionKeys(testStack(), "Keys", anything(props));

testRefusals({
  "a site of nothing": () => new DistributedWeb(testStack(), "Web", anything(undefined)),
  "a word for a database": site({ database: "postgres" }),
  "a word for an engine": site({ database: { engine: "postgres", databaseName: "shop" } }),
  "an id for a network": site({ network: "vpc-0123456789abcdef0", availabilityZones: undefined }),
  "a word for the balancer": site({ loadBalancer: "public" }),
  "a number for the hosts": site({ hosts: 3 }),
  "true for the web ACL": site({ webAcl: true }),
  "true for monitoring": site({ monitoring: true }),
  "nothing for monitoring": site({ monitoring: null }),
  "addresses beside those who are told": site({ monitoring: { emails: ["oncall@example.com"] } }),
  "a list of those who are told": site({ monitoring: { notify: ["oncall@example.com"] } }),
  "a misspelt way to tell": site({ monitoring: { notify: { email: ["oncall@example.com"] } } }),
  "thresholds of a part that there is not": site({
    monitoring: { thresholds: { balancer: { latency: 1 } } },
  }),
  "thresholds of a web ACL that is off": site({
    webAcl: false,
    monitoring: { thresholds: { webAcl: { blockedRequests: 5 } } },
  }),
  "one key for everything": site({ encryption: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd" }),
  "a misspelt purpose": site({ encryption: { log: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd" } }),
  "a key in place of keys": keys("arn:aws:kms:eu-west-1:123456789012:key/1234abcd"),
  "a word for a protected site": site({ deletionProtection: "false" }),

  "no engine of a pair": () => testDatabase(testStack(), anything({}), { engine: anything(undefined) }),
  "an Aurora engine for a pair": () => {
    const stack = testStack();
    new DatabasePair(stack, "Database", {
      network: existingNetwork(stack),
      databaseName: "shop",
      engine: anything(AuroraEngine.postgres("17")),
    });
  },
  "an engine of a pair for a cluster": () => {
    const stack = testStack();
    new AuroraCluster(stack, "Database", {
      network: existingNetwork(stack),
      databaseName: "shop",
      engine: anything(DatabaseEngine.postgres("17")),
    });
  },
  "a word for a pair's credentials": () => {
    const stack = testStack();
    testDatabase(stack, existingNetwork(stack), { credentials: anything("owner") });
  },

  "a bucket's name for access logs": () => testBalancer({ accessLogs: anything("central-logs") }),
  "a misspelt bucket for access logs": () =>
    testBalancer({ accessLogs: anything({ bucket: "central-logs" }) }),
  "an id for a peer": () => {
    const stack = testStack();
    testDatabase(stack, existingNetwork(stack)).connections.allowDefaultPortFrom(
      anything("sg-0123456789abcdef0"),
    );
  },
  "nothing to connect to": () => {
    const stack = testStack();
    testDatabase(stack, existingNetwork(stack)).connections.allowToDefaultPort(anything(undefined));
  },
  "one endpoint in place of a list": () =>
    new Network(testStack(), "Network", { availabilityZones: ZONES, interfaceEndpoints: anything("ssm") }),
  "a method in lower case": () =>
    new WebAcl(testStack(), "WebAcl", {
      rules: { post: { statement: RequestMatch.method("post"), action: "block" } },
    }),
  "a country that is none": () => new WebAcl(testStack(), "WebAcl", { countries: { allow: ["UK"] } }),
});

it("a network of somebody's stack is no mistake", () => {
  const stack = testStack();
  expect(() => testDatabase(stack, testNetwork(stack))).not.toThrow();
});
