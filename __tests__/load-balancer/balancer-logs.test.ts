import { LoadBalancerProps } from "../../lib";
import { reference } from "../support/synth";
import { testBalancer } from "../support/balancer";

/** Where each kind of log goes, with OWN for the balancer's own bucket, and what the bucket lets be written. */
function logs(props: Partial<LoadBalancerProps>) {
  const { balancer, tf } = testBalancer(props);
  const json = tf();
  const config = json.of(balancer.loadBalancer);
  const own = balancer.accessLogBucket;
  const place = (block?: { bucket: string; prefix?: string }) => {
    if (block === undefined) return undefined;
    const isOwn = own !== undefined && block.bucket === reference(own.bucket, "id");
    return [isOwn ? "OWN" : block.bucket, block.prefix].filter(Boolean).join("/");
  };
  const statement = own && JSON.parse(json.of(own.policy).policy).Statement[0];
  const account = `/AWSLogs/${reference(balancer.firewall.securityGroup, "owner_id")}/*`;
  return {
    access: place(config.access_logs),
    connection: place(config.connection_logs),
    healthCheck: place(config.health_check_logs),
    allowed: own
      ? [statement.Resource]
          .flat()
          .map((one: string) => one.replace(reference(own.bucket, "arn"), "OWN").replace(account, ""))
      : [],
    days: own && json.only("aws_s3_bucket_lifecycle_configuration").rule[0].expiration[0].days,
  };
}

describe("logs of a balancer", () => {
  it("are of requests and connections, in one bucket of its own, for a year", () => {
    expect(logs({})).toEqual({ access: "OWN", connection: "OWN", allowed: ["OWN"], days: 365 });
  });

  it("are turned off one by one, and the bucket goes with the last", () => {
    expect(logs({ connectionLogs: false })).toMatchObject({ access: "OWN", connection: undefined });
    expect(logs({ accessLogs: false })).toMatchObject({ access: undefined, connection: "OWN", days: 365 });
    expect(logs({ accessLogs: false, connectionLogs: false })).toEqual({ allowed: [] });
  });

  it("are of health checks on request only, since older providers don't know them", () => {
    expect(testBalancer().tf().only("aws_lb")).not.toHaveProperty("health_check_logs");
    expect(logs({ healthCheckLogs: {} })).toMatchObject({ healthCheck: "OWN", allowed: ["OWN"] });
  });

  it("go together into a bucket that is given for access logs", () => {
    const accessLogs = { bucketName: "central", prefix: "shop" };
    expect(logs({ accessLogs, healthCheckLogs: {} })).toEqual({
      access: "central/shop",
      connection: "central/shop",
      healthCheck: "central/shop",
      allowed: [],
    });
  });

  it("go where each is sent, and the own bucket lets in what goes there", () => {
    expect(
      logs({
        accessLogs: { prefix: "requests", retentionDays: 30 },
        connectionLogs: { prefix: "connections" },
        healthCheckLogs: { bucketName: "central" },
      }),
    ).toEqual({
      access: "OWN/requests",
      connection: "OWN/connections",
      healthCheck: "central",
      allowed: ["OWN/requests", "OWN/connections"],
      days: 30,
    });
  });

  it("may be written at the top of the bucket and into a folder of it", () => {
    expect(logs({ connectionLogs: { prefix: "connections" } })).toMatchObject({
      access: "OWN",
      connection: "OWN/connections",
      allowed: ["OWN", "OWN/connections"],
    });
    expect(logs({ accessLogs: { prefix: "requests" }, healthCheckLogs: {} }).allowed).toEqual([
      "OWN/requests",
    ]);
  });

  it("leave the balancer's own bucket before it is deleted, which fails while it holds logs", () => {
    expect(testBalancer().tf().only("aws_s3_bucket").lifecycle).toEqual({ create_before_destroy: true });
  });

  it("are kept for the time that any of them names", () => {
    expect(logs({ accessLogs: false, connectionLogs: { retentionDays: 14 } }).days).toBe(14);
  });
});
