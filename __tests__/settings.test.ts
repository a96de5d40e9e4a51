import { App, TerraformStack } from "cdktf";
import { DistributedWeb } from "../lib";
import { configureState, readSettings } from "../settings";
import { synth, testApp, testStack } from "./support/synth";
import { context } from "../cdktf.json";

const base = {
  environment: "test",
  region: "eu-west-1",
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  plainHttp: true,
  databaseName: "shop",
};

const read = (tandem: unknown, variables: Record<string, string> = {}) =>
  readSettings(testApp({ tandem }) as App, variables);

describe("readSettings", () => {
  it("reads what cdktf.json has", () => {
    expect(read(context.tandem)).toMatchObject({ environment: "demo", region: "eu-west-1" });
  });

  it("takes environment variables over the context", () => {
    const settings = read(base, {
      TANDEM_REGION: "eu-central-1",
      TANDEM_AVAILABILITY_ZONES: "eu-central-1a, eu-central-1b",
      TANDEM_MIN_HOSTS: "3",
      TANDEM_DELETION_PROTECTION: "false",
      TANDEM_DATABASE_ENGINE: "mysql",
      TANDEM_IMAGE: "",
    });
    expect(settings.region).toBe("eu-central-1");
    expect(settings.web).toMatchObject({
      availabilityZones: ["eu-central-1a", "eu-central-1b"],
      hosts: { minHosts: 3 },
      deletionProtection: false,
      application: { port: 8080, healthCheckPath: "/health" },
      database: { engine: { name: "mysql", version: "8.4" } },
    });
  });

  it("reads the roles of the databases from a file", () => {
    const roles = { primary: { node: "a1" }, replicas: [{ node: "b1", replicates: "a1" }], replicaCount: 1 };
    expect(read({ ...base, databaseRoles: "database-roles.json" }).web.database).toMatchObject({ roles });
    expect(() => read(base, { TANDEM_DATABASE_ROLES: "no/roles.json" })).toThrow(
      /^no\/roles\.json: the file can't be read \(ENOENT\)/,
    );
  });

  it("takes Aurora in place of a pair", () => {
    // Roles and version in cdktf.json are a pair's.
    const pair = { ...base, databaseVersion: "17", databaseRoles: "database-roles.json" };
    const { database } = read(pair, { TANDEM_DATABASE_ENGINE: "aurora-mysql" }).web;
    expect(database.engine).toMatchObject({ name: "aurora-mysql", version: "8.0" });
  });

  it("serves HTTPS as soon as there is a domain", () => {
    const settings = read({ ...base, domain: "shop.example.com", hostedZoneId: "Z1" });
    expect(settings.web).toMatchObject({
      domain: { name: "shop.example.com", hostedZoneId: "Z1" },
      plainHttp: undefined,
    });
  });

  it("makes a topology", () => {
    const stack = testStack();
    const settings = { image: "nginx:1.29", port: 80, nat: "single", instanceTypes: ["m7i.large"] };
    new DistributedWeb(stack, "Web", read({ ...base, ...settings, setup: "activePassive" }).web);
    const json = synth(stack);
    expect(json.count("aws_nat_gateway")).toBe(1);
    expect(json.only("aws_launch_template").instance_type).toBe("m7i.large");
    expect(json.only("aws_autoscaling_group").warm_pool).toBeDefined();
  });

  it.each([
    ["a missing region", { ...base, region: undefined }, {}],
    ["a list for a text", { ...base, region: ["eu-west-1"] }, {}],
    ["a text for a list", { ...base, availabilityZones: "eu-west-1a" }, {}],
    ["a misspelt setting", { ...base, regoin: "eu-west-1" }, {}],
    ["a misspelt variable", base, { TANDEM_REGOIN: "eu-west-1" }],
    ["a number that is none", base, { TANDEM_MIN_HOSTS: "two" }],
    ["a flag that is none", base, { TANDEM_PLAIN_HTTP: "yes" }],
    ["a domain without its zone", { ...base, domain: "shop.example.com" }, {}],
    ["further names without a domain", { ...base, alternativeNames: ["www.example.com"] }, {}],
    ["a health check path for the status page", { ...base, healthCheckPath: "/up" }, {}],
    ["an unknown engine", { ...base, databaseEngine: "oracle" }, {}],
    ["standbys of an Aurora cluster", { ...base, databaseEngine: "aurora-postgresql", multiAz: false }, {}],
    ["an environment with a space", { ...base, environment: "my test" }, {}],
    ["settings that are none", "eu-west-1", {}],
  ])("refuses %s", (_, tandem, variables) => {
    expect(() => read(tandem, variables as Record<string, string>)).toThrowErrorMatchingSnapshot();
  });
});

describe("configureState", () => {
  const backend = (settings: object) => {
    const stack = new TerraformStack(testApp(), "test");
    configureState(stack, { ...read(base), ...settings });
    return synth(stack).json.terraform.backend;
  };

  it("keeps state in a bucket, with a lock file, where there is one", () => {
    expect(
      backend({ stateBucket: "shop-state", stateRegion: "eu-north-1", stateKey: "shop/test.tfstate" }),
    ).toEqual({
      s3: {
        bucket: "shop-state",
        key: "shop/test.tfstate",
        region: "eu-north-1",
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  it("keeps it beside main.ts otherwise, by a path that is the same on every machine", () => {
    expect(backend({})).toEqual({ local: { path: "../../../terraform.test.tfstate" } });
  });
});
