import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, TerraformVariable } from "cdktf";
import {
  AuroraCluster,
  AuroraEngine,
  Authentication,
  DatabaseEngine,
  DatabasePair,
  DistributedWeb,
  EncryptionKey,
  EncryptionKeys,
  ExistingTargets,
  HostApplication,
  LoadBalancer,
  MachineImage,
  MaintenancePage,
  MutualTls,
  Network,
  Peer,
  RequestMatch,
  WebAcl,
  WebHosts,
  WebHostsProps,
  addReplica,
  failOver,
  initialRoles,
  restoreFrom,
} from "../../lib";
import { OIDC } from "../support/balancer";
import {
  ZONES,
  Config,
  componentsInStacks,
  existingNetwork,
  frankfurt,
  synth,
  testApp,
  testDatabase,
  testStack,
} from "../support/synth";
import { balancerArn } from "../support/web-acl";
import { TerraformFolder, describeWhere, providerProblem } from "../support/terraform";
import { configureState, readSettings } from "../../settings";
import { context } from "../../cdktf.json";

// The provider's own validators, which nothing else here has: enums, CIDRs, conflicts, lengths of names.

const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789ABC" };

function planOf(stack: TerraformStack): Config {
  const folder = new TerraformFolder();
  try {
    folder.write("cdk.tf.json", synth(stack).json);
    folder.useProviderFromMirror();
    return folder.plan();
  } finally {
    folder.remove();
  }
}

function validate(json: Config): void {
  const folder = new TerraformFolder();
  try {
    folder.write("cdk.tf.json", json);
    folder.useProviderFromMirror();
    folder.validate();
  } finally {
    folder.remove();
  }
}

/** Address and action of every resource, to be held against what was synthesized. */
function creations(plan: Config): string[] {
  return plan.resource_changes
    .filter((change: Config) => change.mode === "managed")
    .map((change: Config) => `${change.change.actions} ${change.address}`)
    .sort();
}

function expected(stack: TerraformStack): string[] {
  return synth(stack)
    .addresses.map((address) => `create ${address}`)
    .sort();
}

describeWhere(providerProblem(), "the real AWS provider plans, offline and without an account,", () => {
  jest.setTimeout(180_000);

  it("what main.ts deploys, a site with a domain, and a database pair in a network that exists", () => {
    const app = testApp(context);
    const settings = readSettings(app, {});
    const stack = testStack(settings.environment, app);
    configureState(stack, settings);
    new DistributedWeb(stack, "Web", settings.web);
    new DistributedWeb(stack, "Site", {
      availabilityZones: ZONES,
      domain: { ...domain, alternativeNames: ["*.shop.example.com"] },
      database: { engine: DatabaseEngine.postgres("17"), databaseName: "shop" },
    });
    testDatabase(stack, existingNetwork(stack));
    const plan = planOf(stack);
    expect(creations(plan)).toEqual(expected(stack));

    // No secret is in the plan.
    const after = (type: string) =>
      plan.resource_changes
        .filter((change: Config) => change.type === type)
        .map((change: Config) => change.change.after);
    const passwords = after("aws_db_instance").map((one: Config) => [one.password, one.password_wo]);
    expect(passwords).toEqual(Array.from({ length: 6 }, () => [null, null]));
    for (const version of after("aws_secretsmanager_secret_version")) {
      expect(version.secret_string_wo).toBeNull();
    }
  });

  it("everything else that can be asked for", () => {
    const stack = testStack();
    const network = new Network(stack, "Network", {
      availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      cidrBlock: "10.20.0.0/18",
      nat: "single",
      ipv6: true,
      interfaceEndpoints: [
        "ssm",
        "secretsmanager",
        "logs",
        "monitoring",
        "ecr",
        "autoscaling",
        "ec2",
        "kms",
        "sts",
        "incidents",
      ],
      dataTierAcl: { clients: { office: "192.168.0.0/16" } },
      flowLogs: { traffic: "REJECT", retentionDays: 30 },
    });
    const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    const applications = {
      Container: HostApplication.container(`${registry}/shop:1.4`, { port: 80, environment: { A: "b" } }),
      Commands: HostApplication.commands({ port: 3000, packages: ["nginx"], start: "exec nginx" }),
      Baked: HostApplication.bakedImage({ port: 9000, service: "shop.service" }),
    };
    const images = {
      Container: MachineImage.debian12({ architecture: "arm64" }),
      Commands: MachineImage.ubuntu2404(),
      Baked: MachineImage.ami("ami-0123456789abcdef0"),
    };
    const engines = {
      Container: DatabaseEngine.mysql("8.4"),
      Commands: DatabaseEngine.mariadb("11.4"),
      Baked: DatabaseEngine.postgres("16.4"),
    };
    const balancing = {
      Container: { distribution: "least_outstanding_requests", stickiness: { cookieName: "session" } },
      Commands: { distribution: "weighted_random", anomalyMitigation: true, name: "shop" },
      Baked: { slowStart: 60, stickiness: {}, accessLogs: { bucketName: "central-logs", prefix: "shop" } },
    } as const;
    const setups: Record<keyof typeof applications, Partial<WebHostsProps>> = {
      Container: {
        spotShare: 60,
        maxLifetime: 30,
        warmup: 60,
        reverseProxy: { protocol: "HTTPS" },
        scaling: {
          cpuUtilization: 50,
          requestsPerHost: 1000,
          metrics: {
            jobs: { namespace: "Shop", metricName: "Jobs", targetValue: 2.5, dimensions: { Queue: "mail" } },
          },
          schedules: {
            morning: { desiredHosts: 4, recurrence: "0 7 * * MON-FRI", timeZone: "Europe/Dublin" },
            sale: {
              minHosts: 4,
              maxHosts: 8,
              startTime: "2037-11-26T00:00:00Z",
              endTime: "2037-11-28T00:00:00Z",
            },
          },
          predictive: { metric: "requestsPerHost", targetValue: 900, maxCapacityBuffer: 10 },
        },
        logs: { kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd", retentionDays: 30 },
      },
      Commands: { instanceTypes: ["m7i.large"], logs: false, securityUpdates: false, reverseProxy: false },
      Baked: {
        setup: "activePassive",
        passiveHost: { hibernate: true },
        egress: "endpoints",
        tags: { Team: "shop", "cost-center": "42/a" },
        rollingReplacement: { alarmNames: ["shop-5xx"], checkpoints: [50, 100], skipMatching: true },
      },
    };
    for (const kind of ["Container", "Commands", "Baked"] as const) {
      const hosts = new WebHosts(stack, `${kind}Hosts`, {
        network,
        application: applications[kind],
        image: images[kind],
        ...setups[kind],
      });
      const balancer = new LoadBalancer(stack, `${kind}Balancer`, { network, domain, ...balancing[kind] });
      const database = new DatabasePair(stack, `${kind}Database`, {
        network,
        engine: engines[kind],
        databaseName: "shop",
        multiAz: kind !== "Baked",
        kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        privateZone: kind === "Baked" ? { hostedZoneId: "Z1", name: "internal.example.com" } : undefined,
        backupWindow: "03:00-04:00",
        maintenanceWindow: "sun:05:00-sun:06:00",
      });
      balancer.forwardTo(hosts);
      hosts.useDatabase(database, { rdsNames: true });
    }
    const everyOption = {
      network,
      databaseName: "shop",
      credentials: { username: "shop_owner", passwordVersion: 2, recoveryWindow: 7 },
      instances: 3,
      instanceClass: "db.serverless",
      slots: { c: { instanceClass: "db.r8g.large" } },
      serverlessCapacity: { min: 0, max: 256 },
      backupRetention: 14,
      backupWindow: "03:00-04:00",
      maintenanceWindow: "sun:05:00-sun:06:00",
      allowMajorVersionUpgrade: true,
      applyImmediately: true,
      deletionProtection: false,
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      port: 6432,
      performanceInsights: true,
      monitoringInterval: 15,
      logRetentionDays: 30,
    } as const;
    new AuroraCluster(stack, "AuroraPostgres", {
      ...everyOption,
      engine: AuroraEngine.postgres("17.4"),
      identifier: "aurora-shop",
      storageType: "aurora-iopt1",
      parameters: { max_connections: "500" },
      restoreFrom: { cluster: "other", time: "2026-01-31T18:00:00Z" },
    });
    new AuroraCluster(stack, "AuroraMysql", {
      ...everyOption,
      engine: AuroraEngine.mysql("8.0.mysql_aurora.3.08.2"),
      storageType: "aurora",
      parameters: { max_connections: "500" },
      backtrackWindow: 259_200,
      restoreFrom: { snapshot: "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:shop" },
    });
    new AuroraCluster(stack, "AuroraClone", {
      network,
      databaseName: "shop",
      engine: AuroraEngine.mysql("8.0"),
      restoreFrom: { clusterResourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ", copyOnWrite: true },
    });
    new AuroraCluster(stack, "AuroraDefault", {
      network,
      databaseName: "shop",
      engine: AuroraEngine.postgres("17"),
    });
    expect(creations(planOf(stack))).toEqual(expected(stack));
  });

  it("balancers with all that can be asked for about clients, answers, targets and maintenance", () => {
    const stack = testStack();
    const network = new Network(stack, "Network", { availabilityZones: ZONES, ipv6: true });
    const file = (key: string) => ({ bucket: "authorities", key });
    const first = new LoadBalancer(stack, "First", {
      network,
      domain,
      additionalCertificates: { blog: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd" },
      mutualTls: MutualTls.verify({
        caBundle: { ...file("ca.pem"), version: "v1" },
        revocations: { partners: file("partners.crl") },
        ignoreExpiry: true,
        advertiseCaNames: true,
      }),
      responseHeaders: {
        strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true, preload: true },
        frameOptions: "ALLOW-FROM https://example.com",
        contentSecurityPolicy: "default-src 'self'",
        cors: {
          allowOrigin: "https://www.example.com",
          allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"],
          allowHeaders: ["Content-Type"],
          exposeHeaders: ["*"],
          allowCredentials: true,
          maxAge: 600,
        },
      },
      desyncMitigation: "strictest",
      clientPort: true,
      preserveHostHeader: true,
      tlsHeaders: true,
      wafFailOpen: true,
      clientKeepAlive: 604_800,
      minimumCapacityUnits: 100,
      cloudFrontOnly: { prefixListId: "pl-0123456789abcdef0" },
      connectionLogs: { prefix: "connections" },
      ipAddressType: "dualstack-without-public-ipv4",
      protocolVersion: "GRPC",
      crossZone: false,
      targetHealth: { routing: { count: 2, percentage: 50 }, dnsFailover: { count: 3, percentage: 100 } },
      maintenance: { active: true, allow: ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32"] },
    });
    first.forwardTo(new WebHosts(stack, "Hosts", { network, reverseProxy: false }));
    new WebAcl(stack, "WebAcl").protect(first);
    const second = new LoadBalancer(stack, "Second", {
      network,
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234abcd",
      mutualTls: MutualTls.passthrough(),
      internal: true,
      http2: false,
      httpRedirect: false,
      xForwardedFor: "remove",
      targetHealth: { dnsFailover: "off" },
    });
    second.forwardTo({
      port: 8443,
      protocol: "HTTPS",
      peer: Peer.ipv4("192.168.0.0/16"),
      attachToTargetGroup: () => undefined,
    });
    expect(creations(planOf(stack))).toEqual(expected(stack));
  });

  it("keys for all purposes, here and in another region, and a rotation of a database's secret", () => {
    const stack = testStack();
    const { arns } = new EncryptionKeys(stack, "Keys", { deletionWindow: 7 });
    const abroad = frankfurt(stack);
    const { provider } = abroad;
    const key = new EncryptionKey(stack, "FrankfurtKey", {
      purpose: ["database", "secrets", "logs"],
      provider,
    });
    const network = new Network(stack, "Network", {
      availabilityZones: ZONES,
      flowLogs: { kmsKeyArn: arns.logs },
    });
    const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:rotate:live";
    const keys = { kmsKeyArn: arns.database, logKmsKeyArn: arns.logs };
    testDatabase(stack, network, {
      ...keys,
      credentials: {
        kmsKeyArn: arns.secrets,
        rotation: { functionArn, schedule: "cron(0 4 ? * SUN *)", window: "2h" },
      },
      roles: addReplica(initialRoles(), { slot: "c" }),
      slots: { c: { region: { ...abroad, kmsKeyArn: key.arn, logKmsKeyArn: key.arn } } },
    });
    new AuroraCluster(stack, "Aurora", {
      ...keys,
      network,
      databaseName: "shop",
      engine: AuroraEngine.postgres("17"),
      credentials: { kmsKeyArn: arns.secrets, rotation: { functionArn, everyDays: 90 } },
    });
    new WebHosts(stack, "Hosts", {
      network,
      volumeKmsKeyArn: arns.volumes,
      logs: { kmsKeyArn: arns.logs },
    });
    new MaintenancePage(stack, "Page", { logKmsKeyArn: arns.logs });
    expect(creations(planOf(stack))).toEqual(expected(stack));
  });

  it("a web ACL with all that can be asked for (validated: its plan takes the provider a minute)", () => {
    const stack = testStack();
    const path = RequestMatch.path("/admin");
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
    const statements = {
      exactly: RequestMatch.path({ exactly: "/a" }),
      end: RequestMatch.path({ endsWith: ".php" }),
      contains: RequestMatch.queryString({ contains: "..", transformations: ["URL_DECODE_UNI"] }),
      word: RequestMatch.body({ containsWord: "select" }),
      regex: RequestMatch.path({ regex: "^/v[0-9]+/${x}$" }),
      sql: RequestMatch.body({ sqlInjection: "high" }),
      xss: RequestMatch.cookie("session", { crossSiteScripting: true }),
      size: RequestMatch.body({ largerThan: 8192 }),
      method: RequestMatch.method("PUT", "DELETE"),
      header: RequestMatch.header("User-Agent", { contains: "curl" }).not(),
      geo: RequestMatch.fromCountries(["DE", "FR"]),
      set: RequestMatch.fromIpSet("arn:aws:wafv2:eu-west-1:123456789012:regional/ipset/office/1"),
      label: RequestMatch.label("awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"),
      namespace: RequestMatch.label("shop:"),
      raw: RequestMatch.raw({ asn_match_statement: { asn_list: [64_496] } }),
      deep: path.and(RequestMatch.method("POST").or(RequestMatch.header("x", "y").not())),
    };
    const webAcl = new WebAcl(stack, "WebAcl", {
      clientAddress: "forwardedAddress",
      allowAddresses: ["192.0.2.7"],
      blockAddresses: ["198.51.100.0/24", "2001:db8::/32"],
      countries: { allow: ["DE"] },
      rateLimit: { requests: 2_000_000_000, window: 600, action: "challenge", scopeDown: path.not() },
      managedRules: {
        common: {
          ruleActions: { NoUserAgent_HEADER: "captcha", GenericLFI_BODY: "allow" },
          version: "Version_1.18",
          scopeDown: path.or(RequestMatch.method("GET").not()),
        },
        adminProtection: true,
        linux: { count: true },
        posix: true,
        windows: true,
        php: true,
        wordpress: true,
      },
      rules: {
        ...Object.fromEntries(
          Object.entries(statements).map(([name, statement]) => [
            name,
            { statement, action: "captcha" } as const,
          ]),
        ),
        login: {
          statement: RequestMatch.path("/login"),
          action: "block",
          rate: { requests: 10, window: 60 },
          labels: ["shop:login"],
          response: {
            statusCode: 429,
            body: "<p>Later</p>",
            contentType: "text/html",
            headers: { "Retry-After": "60" },
          },
        },
        trusted: { statement: path, action: "allow", priority: 1000 },
        counted: { statement: path, action: "count" },
      },
      defaultAction: "block",
      sampledRequests: true,
      logs: { requests: "all", redactHeaders: ["x-api-key"], redactQueryString: true, kmsKeyArn },
    });
    webAcl.protect(balancerArn("api"), "api");
    expect(() => validate(synth(stack).json)).not.toThrow();
  });

  it("a pair after a failover, with replicas here and in another region, and a node of a backup", () => {
    const stack = testStack();
    const source = { resourceId: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ", time: "2026-11-24T03:07:00Z" };
    const first = initialRoles({ replicas: 2, restoredFrom: { snapshot: "shop-final" } });
    const failedOver = failOver(restoreFrom(first, source), { to: "b1" });
    testDatabase(stack, existingNetwork(stack), {
      kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd",
      roles: addReplica(addReplica(addReplica(failedOver), { slot: "h" }), { slot: "i" }),
      readerHealth: { maxLag: 60 },
      slots: {
        h: { region: frankfurt(stack), readerWeight: 1 },
        i: {
          instanceClass: "db.r8g.large",
          engineVersion: "17.6",
          multiAz: false,
          availabilityZone: "eu-west-1b",
        },
      },
    });
    expect(creations(planOf(stack))).toEqual(expected(stack));
  });

  it("several applications behind one balancer, and behind one that exists", () => {
    const stack = testStack();
    const network = existingNetwork(stack, ZONES, { ipv6: true });
    const cognito = Authentication.cognito({
      userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
      userPoolClientId: "1example23456789",
      userPoolDomain: "my-shop",
      sessionCookieName: "shop-session",
      extraParams: { prompt: "login" },
    });
    const clientSecret = new TerraformVariable(stack, "secret", {
      type: "string",
      sensitive: true,
      default: "for the plan",
    }).stringValue;
    const oidc = Authentication.oidc({
      ...OIDC,
      clientSecret,
      onUnauthenticatedRequest: "deny",
    });
    const made = new LoadBalancer(stack, "LoadBalancer", {
      network,
      domain,
      authenticate: cognito,
      targetGroupStickiness: 3600,
    });
    const existing = LoadBalancer.fromAttributes(stack, "Existing", {
      listenerArn:
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
      securityGroupIds: ["sg-0123456789abcdef0"],
      dnsName: "web-1234.eu-west-1.elb.amazonaws.com",
      zoneId: "Z32O12XQLNTSW2",
      network,
    });
    const securityGroupId = "sg-0fedcba9876543210";
    const instances = ExistingTargets.instances(
      { one: "i-0123456789abcdef0" },
      { port: 80, securityGroupId },
    );
    const group = ExistingTargets.autoScalingGroup("legacy", {
      port: 80,
      protocol: "HTTPS",
      securityGroupId,
    });
    const outside = ExistingTargets.ips({ rack: "192.168.10.11" }, { port: 81, outsideVpc: true });
    const six = ExistingTargets.ips({ six: "2001:db8::1" }, { port: 80 });
    made.forwardTo(instances, { weight: 90 });
    made.forwardTo(group, { key: "Canary", weight: 10 });
    for (const balancer of [made, existing]) {
      const rule = balancer.addTargets("Everything", {
        target: outside,
        hosts: ["*.example.com"],
        paths: ["/api/*"],
        methods: ["GET"],
        headers: { "X-Version": ["beta-*"] },
        queryStrings: [{ key: "version", value: "beta" }],
        priority: 20,
        authenticate: oidc,
      });
      rule.forwardTo(six, { key: "Six", weight: 1 });
      balancer.addRedirect("Old", {
        hosts: ["old.example.com"],
        host: "new.#{host}",
        path: "/#{path}",
        query: "#{query}&old=1",
        port: 8443,
        protocol: "HTTPS",
        permanent: true,
      });
      balancer.addFixedResponse("Gone", {
        sourceIps: ["192.0.2.0/24", "2001:db8::/32"],
        statusCode: 410,
        contentType: "text/html",
        body: "<p>${gone}</p>",
      });
      balancer.addAlias("blog.example.com", "Z0123456789ABC");
    }
    expect(creations(planOf(stack))).toEqual(expected(stack));
  });

  it("hosts and balancer over stacks of their own (validated: a plan would need the other stacks' state)", () => {
    const { app, front } = componentsInStacks();
    app.synth();
    const file = join(app.outdir, "stacks", front.node.id, "cdk.tf.json");
    expect(() => validate(JSON.parse(readFileSync(file, "utf8")))).not.toThrow();
  });
});
