import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Lazy, Token } from "cdktf";
import {
  AuroraEngine,
  Connections,
  DatabaseEngine,
  DatabasePair,
  DatabasePairProps,
  DatabaseRoles,
  DistributedWeb,
  DistributedWebProps,
  Firewall,
  HostApplication,
  InvalidPropError,
  LoadBalancer,
  LoadBalancerProps,
  MachineImage,
  Network,
  NetworkProps,
  OtherRegion,
  Peer,
  Port,
  TargetGroup,
  WebHosts,
  WebHostsProps,
  failOver,
  initialRoles,
  rebuildReplica,
} from "../lib";
import { ZONES, synth, testDatabase, testNetwork, testStack } from "./support/synth";
import { noise, testRefusals } from "./support/bad-input";

// Each message says where, what, what is allowed, and what to do. They are held by a snapshot, to be read as a
// user would read them.

const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
const oneZone = { "eu-west-1a": "subnet-0a" };

const anything = (value: unknown) => value as never;

const network = (props: object) => () =>
  new Network(testStack(), "Network", { availabilityZones: ZONES, ...props } as NetworkProps);
const imported = (props: object) => () =>
  Network.fromAttributes(testStack(), "Existing", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    region: "eu-west-1",
    ...props,
  });
const balancer = (props: object) => () => {
  const stack = testStack();
  return new LoadBalancer(stack, "LoadBalancer", {
    network: testNetwork(stack),
    ...props,
  } as LoadBalancerProps);
};
const secure = (props: object) => balancer({ domain, ...props });
const hosts = (props: object) => () => {
  const stack = testStack();
  return new WebHosts(stack, "Hosts", { network: testNetwork(stack), ...props } as WebHostsProps);
};
const running = (application: HostApplication) => hosts({ application });
const database = (props: object) => () => {
  const stack = testStack();
  return new DatabasePair(stack, "Database", {
    network: testNetwork(stack),
    engine: DatabaseEngine.postgres("17"),
    databaseName: "shop",
    ...props,
  } as DatabasePairProps);
};
const abroad =
  ({
    slot = "c",
    region = "eu-central-1",
    zones = ["a", "b"],
    roles = initialRoles({ replicas: 2 }),
    ...options
  }: {
    slot?: string;
    region?: string;
    zones?: string[];
    roles?: DatabaseRoles;
    kmsKeyArn?: string;
    provider?: AwsProvider;
    network?: Network;
  }) =>
  () => {
    const stack = testStack();
    const there = {
      provider: new AwsProvider(stack, "there", { region, alias: "there" }),
      network: Network.fromAttributes(stack, "There", {
        vpcId: "vpc-0f",
        cidrBlock: "10.1.0.0/16",
        dataSubnetIds: Object.fromEntries(zones.map((zone) => [region + zone, `subnet-0${zone}`])),
      }),
      kmsKeyArn: `arn:aws:kms:${region}:123456789012:key/1`,
      ...options,
    };
    const slots = { [slot]: { region: there as OtherRegion } };
    return testDatabase(stack, testNetwork(stack), { roles, slots });
  };
const web = (props: object) => () =>
  new DistributedWeb(testStack(), "Web", {
    availabilityZones: ZONES,
    domain,
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
    ...props,
  } as DistributedWebProps);
const firewall = (use: (connections: Connections) => void) => () =>
  use(new Firewall(testStack(), "App", { network: { vpcId: "vpc-0a" }, description: "app" }).connections);
const inOneZone =
  (tier: string, make: (stack: ReturnType<typeof testStack>, network: never) => unknown) => () => {
    const stack = testStack();
    const attributes = { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/16", [tier]: oneZone };
    return make(
      stack,
      Network.fromAttributes(stack, "Existing", { region: "eu-west-1", ...attributes }) as never,
    );
  };

const BAD: Record<string, () => unknown> = {
  "one zone": network({ availabilityZones: ["eu-west-1a"] }),
  "no zones": network({ availabilityZones: undefined }),
  "zones of another region than the provider's": network({ availabilityZones: ["us-east-1a", "us-east-1b"] }),
  "zones of two regions": network({ availabilityZones: ["eu-west-1a", "eu-central-1a"] }),
  "a zone twice": network({ availabilityZones: ["eu-west-1a", "eu-west-1a"] }),
  "a region for a zone": network({ availabilityZones: ["eu-west-1", "eu-west-1b"] }),
  "a list of zones that is known only after deploy": network({
    availabilityZones: ["${TfToken[TOKEN.0]}", "eu-west-1b"],
  }),
  "two zones of one letter": network({
    availabilityZones: { "first-1a": "eu-west-1a", "second-1a": "eu-west-1b" },
  }),
  "a VPC block that is none": network({ cidrBlock: "10.0.0.0" }),
  "a VPC block with too large numbers": network({ cidrBlock: "10.0.300.0/16" }),
  "a VPC block that starts in the middle": network({ cidrBlock: "10.0.1.0/16" }),
  "a VPC block that is too large": network({ cidrBlock: "10.0.0.0/8" }),
  "a VPC block that is too small for its subnets": network({ cidrBlock: "10.0.0.0/23" }),
  "subnets that overlap": network({ subnetCidrs: { public: { "eu-west-1a": "10.0.8.0/24" } } }),
  "a subnet outside the VPC": network({ subnetCidrs: { data: { "eu-west-1a": "10.1.0.0/24" } } }),
  "a subnet that is too small for a balancer": network({
    subnetCidrs: { public: { "eu-west-1a": "10.0.255.0/28" } },
  }),
  "a client of the data tier that is everybody": network({ dataTierAcl: { clients: { all: "0.0.0.0/0" } } }),
  "a client of the data tier by a block that starts in the middle": network({
    dataTierAcl: { clients: { office: "192.168.1.0/16" } },
  }),
  "a client of the data tier by IPv6": network({ dataTierAcl: { clients: { office: "2001:db8::/32" } } }),
  "a client of the data tier without a block": network({ dataTierAcl: { clients: { office: undefined } } }),
  "clients of the data tier in a list": network({ dataTierAcl: { clients: ["192.168.0.0/16"] } }),
  "a client of the data tier whose key is known only after deploy": network({
    dataTierAcl: { clients: { "${TfToken[TOKEN.0]}": "192.168.0.0/16" } },
  }),
  "more clients of the data tier than rules": network({
    dataTierAcl: {
      clients: Object.fromEntries(Array.from({ length: 36 }, (_, n) => [`c${n}`, `172.16.${n}.0/24`])),
    },
  }),
  "two clients whose keys make one number": network({
    dataTierAcl: { clients: { office9: "172.16.0.0/24", office90: "172.16.1.0/24" } },
  }),
  "a network ACL switched on": network({ dataTierAcl: true }),
  "a group of endpoints that is none": imported({ endpointSecurityGroupIds: { aws: "endpoints" } }),
  "groups of endpoints in a list": imported({ endpointSecurityGroupIds: ["sg-0a"] }),
  "a prefix list of S3 by its name": imported({ s3PrefixListId: "com.amazonaws.eu-west-1.s3" }),
  "a subnet block that is none": network({ subnetCidrs: { data: { "eu-west-1a": "ten" } } }),
  "a block for a zone that is not there": network({
    subnetCidrs: { data: { "eu-west-1c": "10.0.255.0/24" } },
  }),
  "a block for a tier that is not there": network({ subnetCidrs: { private: {} } }),
  "an unknown NAT placement": network({ nat: "two" }),
  "an unknown service": network({ interfaceEndpoints: ["sms"] }),
  "a service twice": network({ interfaceEndpoints: ["ssm", "com.amazonaws.eu-west-1.ssm"] }),
  "a retention that CloudWatch does not know": network({ flowLogs: { retentionDays: 100 } }),
  "unknown traffic": network({ flowLogs: { traffic: "SOME" } }),

  "NAT in a zone that is not there": network({ nat: { single: "eu-west-1c" } }),
  "a service that is known only after deploy": network({ interfaceEndpoints: ["${TfToken[TOKEN.0]}"] }),

  "subnets in another region than the provider's": imported({
    region: undefined,
    dataSubnetIds: { "us-east-1a": "subnet-0a" },
  }),
  "subnets in two regions": imported({
    dataSubnetIds: { "eu-west-1a": "subnet-0a", "eu-central-1a": "subnet-0b" },
  }),
  "no id of a VPC": imported({ vpcId: "shop" }),
  "no block of an existing VPC": imported({ cidrBlock: "shop" }),
  "no id of a subnet": imported({ publicSubnetIds: { "eu-west-1a": "shop" } }),
  "one subnet for two zones": imported({
    publicSubnetIds: { "eu-west-1a": "subnet-0a", "eu-west-1b": "subnet-0a" },
  }),
  "no region of an existing VPC": imported({ region: undefined }),

  "HTTPS with neither certificate nor domain": balancer({}),
  "a certificate and a domain": balancer({ domain, certificateArn }),
  "a certificate of another region": balancer({
    certificateArn: certificateArn.replace("eu-west-1", "us-east-1"),
  }),
  "plain HTTP beside a domain": balancer({ domain, plainHttp: true }),
  "no ARN of a certificate": balancer({ certificateArn: "arn:aws:iam::123456789012:server-certificate/1" }),
  "a URL for a domain": balancer({ domain: { ...domain, name: "https://shop.example.com" } }),
  "a domain that is too long for a certificate": balancer({
    domain: { ...domain, name: `${"a".repeat(60)}.example.com` },
  }),
  "a name twice on a certificate": balancer({ domain: { ...domain, alternativeNames: [domain.name] } }),
  "an alternative name that is none": balancer({ domain: { ...domain, alternativeNames: ["*"] } }),
  "a hosted zone by name": balancer({ domain: { ...domain, hostedZoneId: "example.com" } }),
  "a balancer's name that is too long": secure({ name: "a".repeat(33) }),
  "a balancer's name with a dot": secure({ name: "shop.example" }),
  "a balancer's name that AWS keeps for itself": secure({ name: "internal-shop" }),
  "a health check that waits longer than its interval": secure({ healthCheck: { interval: 5, timeout: 5 } }),
  "a health check out of range": secure({ healthCheck: { interval: 301 } }),
  "a health check without a slash": secure({ healthCheck: { path: "health" } }),
  "a health check for codes that can't be": secure({ healthCheck: { matcher: "ok" } }),
  "too few good answers": secure({ healthCheck: { healthyThreshold: 1 } }),
  "too many bad answers": secure({ healthCheck: { unhealthyThreshold: 11 } }),
  "slow start with least outstanding requests": secure({
    slowStart: 60,
    distribution: "least_outstanding_requests",
  }),
  "slow start with weighted random": secure({ slowStart: 60, distribution: "weighted_random" }),
  "slow start out of range": secure({ slowStart: 20 }),
  "stickiness with weighted random": secure({ stickiness: {}, distribution: "weighted_random" }),
  "stickiness for longer than a week": secure({ stickiness: { duration: 604801 } }),
  "stickiness by the balancer's own cookie": secure({ stickiness: { cookieName: "AWSALB" } }),
  "anomaly mitigation with round robin": secure({ anomalyMitigation: true }),
  "an unknown distribution": secure({ distribution: "random" }),
  "a deregistration delay out of range": secure({ deregistrationDelay: 3601 }),
  "an idle timeout out of range": secure({ idleTimeout: 0 }),
  "an invented TLS policy": secure({ tlsPolicy: "ELBSecurityPolicy-TLS14" }),
  "a log prefix with AWSLogs": secure({ accessLogs: { prefix: "shop/AWSLogs" } }),
  "a log prefix that starts with a slash": secure({ accessLogs: { prefix: "/shop" } }),
  "a retention for somebody else's bucket": secure({ accessLogs: { bucketName: "logs", retentionDays: 3 } }),
  "an ARN for a bucket": secure({ accessLogs: { bucketName: "arn:aws:s3:::logs" } }),
  "a balancer in one zone": inOneZone(
    "publicSubnetIds",
    (stack, one) => new LoadBalancer(stack, "LoadBalancer", { network: one, domain }),
  ),
  "two targets": () => {
    const stack = testStack();
    const net = testNetwork(stack);
    const made = new LoadBalancer(stack, "LoadBalancer", { network: net, domain });
    made.forwardTo(new WebHosts(stack, "Hosts", { network: net }));
    made.forwardTo(new WebHosts(stack, "Others", { network: net }));
  },
  "an alias whose name is known only after deploy, without a key": () =>
    secure({})().addAlias("${TfToken[TOKEN.0]}", "Z1"),
  "a target group without a port": () =>
    new TargetGroup(testStack(), "Group", { network: { vpcId: "vpc-0a" }, port: 0 }),

  "one host": hosts({ minHosts: 1 }),
  "half a host": hosts({ minHosts: 2.5 }),
  "fewer hosts at most than at least": hosts({ minHosts: 4, maxHosts: 3 }),
  "a type that can't run the image": hosts({ instanceTypes: ["t4g.small"] }),
  "an image that can't run on the type": hosts({
    instanceTypes: ["m7i.large"],
    image: MachineImage.debian12({ architecture: "arm64" }),
  }),
  "an instance type without a size": hosts({ instanceTypes: ["t3"] }),
  "no id of an image": hosts({ image: MachineImage.ami("debian") }),
  "an unknown distribution of Linux": hosts({
    image: MachineImage.ami("ami-0123456789abcdef0", { distribution: anything("arch") }),
  }),
  "a root volume that is too small": hosts({ rootVolumeSize: 4 }),
  "a grace period out of range": hosts({ healthCheckGracePeriod: 7201 }),
  "an environment variable with a hyphen": hosts({ environment: { "LOG-LEVEL": "debug" } }),
  "an environment variable that is no text": hosts({ environment: { RETRIES: 3 } }),
  "an environment variable twice": () => {
    const made = hosts({ environment: { STAGE: "test" } })();
    made.addEnvironment({ STAGE: "live" });
  },
  "user data that is too long": running(
    HostApplication.commands({
      port: 80,
      start: "true",
      files: [{ path: "/big", content: noise(40_000) }],
    }),
  ),
  "user data that is too long, though not all of it is known": () =>
    running(
      HostApplication.commands({
        port: 80,
        start: "true",
        files: [
          {
            path: "/big",
            content: `${Token.asString(Lazy.stringValue({ produce: () => "x" }))}${noise(40_000)}`,
          },
        ],
      }),
    )(),
  "hosts in one zone": inOneZone(
    "applicationSubnetIds",
    (stack, one) => new WebHosts(stack, "Hosts", { network: one }),
  ),
  "an application's port out of range": running(HostApplication.statusPage({ port: 70_000 })),
  "an image with a scheme": running(HostApplication.container("https://ghcr.io/acme/shop", { port: 80 })),
  "a program without a start command": running(HostApplication.commands({ port: 80, start: " " })),
  "packages for other distributions only": running(
    HostApplication.commands({ port: 80, start: "true", packages: { "debian-12": ["nodejs"] } }),
  ),
  "a relative path of a file": running(
    HostApplication.commands({ port: 80, start: "true", files: [{ path: "server.js", content: "" }] }),
  ),
  "permissions that are not octal": running(
    HostApplication.commands({
      port: 80,
      start: "true",
      files: [{ path: "/a", content: "", permissions: "rwx" }],
    }),
  ),
  "a file twice": running(
    HostApplication.commands({
      port: 80,
      start: "true",
      files: [
        { path: "/a", content: "1" },
        { path: "/a", content: "2" },
      ],
    }),
  ),
  "a user that can't be": running(HostApplication.commands({ port: 80, start: "true", user: "Web User" })),
  "a service without its ending": hosts({
    image: MachineImage.ami("ami-0123456789abcdef0"),
    application: HostApplication.bakedImage({ port: 80, service: "shop" }),
  }),
  "a baked image that is a distribution's own": running(HostApplication.bakedImage({ port: 80 })),
  "an application without a port": running(HostApplication.container("nginx:1.29", anything({}))),
  "a port that is no number": running(HostApplication.container("nginx:1.29", { port: NaN })),
  "an image name in upper case": running(HostApplication.container("ghcr.io/acme/Shop", { port: 80 })),
  "an image name that Docker would take for an option": running(
    HostApplication.container("-nginx", { port: 80 }),
  ),
  "another port in the environment": hosts({ environment: { PORT: "9000" } }),

  "no backups": database({ backupRetention: 0 }),
  "backups for longer than RDS keeps them": database({ backupRetention: 36 }),
  "a database name with a hyphen": database({ databaseName: "web-shop" }),
  "a database name that the engine keeps for itself": database({ databaseName: "template0" }),
  "a database name that is too long": database({ databaseName: "s".repeat(64) }),
  "a user that PostgreSQL keeps for itself": database({ credentials: { username: "admin" } }),
  "a user that is too long for MySQL": database({
    engine: DatabaseEngine.mysql("8.4"),
    credentials: { username: "u".repeat(17) },
  }),
  "an identifier in upper case": database({ identifier: "Shop" }),
  "an identifier with two hyphens": database({ identifier: "shop--db" }),
  "an identifier that ends with a hyphen": database({ identifier: "shop-" }),
  "an identifier that is too long": database({ identifier: "s".repeat(60) }),
  "storage below gp3's least": database({ allocatedStorage: 10 }),
  "storage below io2's least": database({ allocatedStorage: 50, storageType: "io2", iops: 1000 }),
  "no room for storage to grow": database({ allocatedStorage: 100, maxAllocatedStorage: 105 }),
  "speed for small gp3": database({ iops: 12_000 }),
  "io2 without a speed": database({ storageType: "io2" }),
  "a speed out of range": database({ storageType: "io2", iops: 100 }),
  "an unknown kind of storage": database({ storageType: "magnetic" }),
  "an unknown version of PostgreSQL": database({ engine: DatabaseEngine.postgres("9.6") }),
  "an unknown version of MySQL": database({ engine: DatabaseEngine.mysql("8") }),
  "a version that is none": database({ engine: DatabaseEngine.mariadb("latest") }),
  "a family of another engine": database({
    engine: DatabaseEngine.postgres("17", { parameterGroupFamily: "mysql8.4" }),
  }),
  "a class without its db": database({ instanceClass: "t4g.medium" }),
  "a port below RDS's range": database({ port: 80 }),
  "TLS switched off": database({ parameters: { "rds.force_ssl": "0" } }),
  "Performance Insights on a class that lacks it": database({
    engine: DatabaseEngine.mysql("8.4"),
    instanceClass: "db.t4g.micro",
    performanceInsights: true,
  }),
  "a monitoring interval that RDS does not know": database({ monitoringInterval: 20 }),
  "a retention of logs that CloudWatch does not know": database({ logRetentionDays: 100 }),
  "windows that overlap": database({
    backupWindow: "23:30-00:30",
    maintenanceWindow: "sun:00:00-sun:01:00",
  }),
  "roles with a node twice": database({
    roles: { ...initialRoles(), replicas: [{ node: "a1", replicates: "a1" }] },
  }),
  "a slot that is none": database({ slots: { b1: {} } }),
  "a slot's class without its db": database({ slots: { b: { instanceClass: "r8g.large" } } }),
  "a slot's version that is none": database({ slots: { b: { engineVersion: "latest" } } }),
  "a slot's version of another major version": database({ slots: { b: { engineVersion: "16.4" } } }),
  "a slot of nothing": database({ slots: { b: null } }),
  "a slot's zone that the network has not": database({
    multiAz: false,
    slots: { b: { availabilityZone: "us-east-1f" } },
  }),
  "a slot's zone beside a standby": database({ slots: { b: { availabilityZone: "eu-west-1b" } } }),
  "another region with a key of a third one": abroad({
    kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
  }),
  "another region without a network": abroad({ network: undefined }),
  "a weight out of range": database({ slots: { b: { readerWeight: 256 } } }),
  "a lag of nothing": database({ readerHealth: { maxLag: 0 } }),
  "primary and replica in one zone": database({
    multiAz: false,
    slots: { b: { availabilityZone: "eu-west-1a" } },
  }),
  "Performance Insights on a slot's class that lacks it": database({
    engine: DatabaseEngine.mysql("8.4"),
    slots: { b: { instanceClass: "db.t4g.small" } },
    performanceInsights: true,
  }),
  "the first slot in another region": abroad({ slot: "a" }),
  "another region that is the same": abroad({ region: "eu-west-1" }),
  "another region with one zone": abroad({ zones: ["a"] }),
  "another region without a key": abroad({ kmsKeyArn: undefined }),
  "another region without a provider": abroad({ provider: undefined }),
  "a copy of another region's primary without a key": abroad({
    roles: rebuildReplica(failOver(initialRoles({ replicas: 2 }), { to: "c1" })),
  }),
  "a window that is too short": database({ backupWindow: "03:00-03:10" }),
  "no name of a database": database({ databaseName: undefined }),
  "a user with a prefix that PostgreSQL keeps for itself": database({ credentials: { username: "pg_shop" } }),
  "more speed than io2 of that size has": database({
    storageType: "io2",
    allocatedStorage: 100,
    iops: 200_000,
  }),
  "an alias for a key": database({ kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:alias/shop" }),
  "no ARN of a key": database({ kmsKeyArn: "alias/shop" }),
  "a backup window without its end": database({ backupWindow: "03:00" }),
  "a maintenance window without its day": database({ maintenanceWindow: "03:00-04:00" }),
  "a private zone by name": database({ privateZone: { hostedZoneId: "internal", name: "internal" } }),
  "a recovery window that is too short": database({ credentials: { recoveryWindow: 3 } }),
  "a password number below one": database({ credentials: { passwordVersion: 0 } }),
  "a database in one zone": inOneZone(
    "dataSubnetIds",
    (stack, one) =>
      new DatabasePair(stack, "Database", {
        network: one,
        engine: DatabaseEngine.postgres("17"),
        databaseName: "shop",
      }),
  ),
  "single instances in zones that are not named": () => {
    const stack = testStack();
    const existing = imported({ dataSubnetIds: { first: "subnet-0a", second: "subnet-0b" } })();
    return new DatabasePair(stack, "Database", {
      network: existing,
      engine: DatabaseEngine.postgres("17"),
      databaseName: "shop",
      multiAz: false,
    });
  },

  "roles of an Aurora cluster": web({
    database: { engine: AuroraEngine.postgres("17"), databaseName: "shop", roles: initialRoles() },
  }),
  "instances of a pair": web({
    database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop", instances: 3 },
  }),
  "zones beside a network that exists": web({ network: imported({})() }),
  "neither zones nor a network": web({ availabilityZones: undefined }),

  "no security groups": () => new Connections(testStack(), { securityGroupIds: [] }),
  "a peer that is no block": firewall((connections) =>
    connections.allowFrom(Peer.ipv4("10.0.0.0"), Port.HTTPS),
  ),
  "a peer's block that starts in the middle": firewall((connections) =>
    connections.allowFrom(Peer.ipv4("10.0.0.1/8"), Port.HTTPS),
  ),
  "a peer's IPv6 block that is none": firewall((connections) =>
    connections.allowTo(Peer.ipv6("2001:db8::g/32"), Port.HTTPS),
  ),
  "a security group by name": firewall((connections) =>
    connections.allowFrom(Peer.securityGroup("backend"), Port.HTTPS),
  ),
  "a prefix list by name": firewall((connections) =>
    connections.allowFrom(Peer.prefixList("cloudfront"), Port.HTTPS),
  ),
  "a port out of range": firewall((connections) => connections.allowFrom(Peer.ANY_IPV4, Port.tcp(65_536))),
  "a range of ports the wrong way round": firewall((connections) =>
    connections.allowTo(Peer.ANY_IPV4, Port.tcpRange(90, 80)),
  ),
  "a description that AWS does not take": firewall((connections) =>
    connections.allowFrom(Peer.ANY_IPV4, Port.HTTP, "all → us"),
  ),
  "a default port that is not there": firewall((connections) =>
    connections.allowDefaultPortFrom(Peer.ANY_IPV4),
  ),
};

describe("bad input", () => {
  testRefusals(BAD);

  it("never costs a construct that was well made", () => {
    const stack = testStack();
    testNetwork(stack);
    const before = synth(stack).addresses;
    expect(() => new Network(stack, "Bad", { availabilityZones: ["eu-west-1a"] })).toThrow(InvalidPropError);
    expect(synth(stack).addresses).toEqual(before);
  });
});
