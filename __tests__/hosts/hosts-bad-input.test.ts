import {
  HostApplication,
  LoadBalancer,
  MachineImage,
  Network,
  NetworkAttributes,
  NetworkProps,
  RollingReplacementOptions,
  ScalingOptions,
  ScalingSchedule,
  WebHosts,
  WebHostsProps,
} from "../../lib";
import { testRefusals } from "../support/bad-input";
import { ZONES, testNetwork, testStack } from "../support/synth";

// Each message says where, what, what is allowed, and what to do. They are held by a snapshot, to be read as a
// user would read them.

const hosts = (props: object) => () => {
  const stack = testStack();
  return new WebHosts(stack, "Hosts", { network: testNetwork(stack), ...props } as WebHostsProps);
};
const closed =
  (interfaceEndpoints: NetworkProps["interfaceEndpoints"], props: Partial<WebHostsProps>) => () => {
    const stack = testStack();
    const options = { availabilityZones: ZONES, nat: "none", interfaceEndpoints } as const;
    return new WebHosts(stack, "Hosts", { network: new Network(stack, "Network", options), ...props });
  };
const existing = (attributes: Partial<NetworkAttributes>) => () => {
  const stack = testStack();
  const network = Network.fromAttributes(stack, "Network", {
    vpcId: "vpc-0a",
    cidrBlock: "10.0.0.0/16",
    applicationSubnetIds: { "eu-west-1a": "subnet-1a", "eu-west-1b": "subnet-1b" },
    ...attributes,
  });
  return new WebHosts(stack, "Hosts", { network, egress: "endpoints" });
};
const container = (region: string) =>
  HostApplication.container(`123456789012.dkr.ecr.${region}.amazonaws.com/shop:1.4`, { port: 80 });
const passive = (props: object) => hosts({ setup: "activePassive", ...props });
const hibernating = (props: object) => passive({ passiveHost: { hibernate: true }, ...props });
const replaced = (rollingReplacement: RollingReplacementOptions) => hosts({ rollingReplacement });
const scaled = (scaling: ScalingOptions) => hosts({ scaling });
const scheduled = (schedule: ScalingSchedule) => scaled({ schedules: { night: schedule } });
const metric = (props: object) =>
  scaled({ metrics: { jobs: { namespace: "Shop", metricName: "Jobs", targetValue: 1, ...props } } });
const proxy = (reverseProxy: object) => hosts({ reverseProxy });

const BAD: Record<string, () => unknown> = {
  "no type": hosts({ instanceTypes: [] }),
  "a type twice": hosts({ instanceTypes: ["t3.small", "t3.small"] }),
  "types of two architectures": hosts({ instanceTypes: ["t3.small", "t4g.small"] }),

  "types of very different sizes": hosts({ instanceTypes: ["t3.nano", "m7i.48xlarge"] }),
  "packages of Debian without a way out": () => {
    const stack = testStack();
    const network = new Network(stack, "Network", { availabilityZones: ZONES, nat: "none" });
    return new WebHosts(stack, "Hosts", { network, image: MachineImage.debian12() });
  },

  "a way out by an unknown word": hosts({ egress: "vpc" }),
  "hosts without NAT, and without endpoints": closed(undefined, {}),
  "hosts without an endpoint of what they log to": closed(["ssm"], {}),
  "an image from ECR without an endpoint for it": closed(["ssm", "logs", "monitoring"], {
    application: container("eu-west-1"),
  }),
  "active-passive without an endpoint of Auto Scaling": closed(["ssm", "logs", "monitoring"], {
    setup: "activePassive",
  }),
  "an image from another region's ECR": closed(["ssm", "logs", "monitoring", "ecr"], {
    application: container("us-east-1"),
  }),
  "an image from a public registry to hosts without a way out": closed(["ssm", "logs", "monitoring"], {
    application: HostApplication.container("public.ecr.aws/nginx/nginx:1.29", { port: 80 }),
  }),
  "endpoints only in a network that has none": hosts({ egress: "endpoints" }),
  "endpoints only in a network that exists, of which none is known": existing({}),
  "endpoints only in a network that exists, whose S3 is not known": existing({
    endpointSecurityGroupIds: { all: "sg-0a" },
  }),
  "packages of Ubuntu through endpoints": hosts({ egress: "endpoints", image: MachineImage.ubuntu2404() }),

  "tags in a list": hosts({ tags: ["team"] }),
  "a tag of AWS's own": hosts({ tags: { "aws:team": "shop" } }),
  "a tag without a key": hosts({ tags: { "": "shop" } }),
  "a tag that is a number": hosts({ tags: { Cost: 42 } }),
  "a tag without a value": hosts({ tags: { Team: undefined } }),
  "a tag that is too long": hosts({ tags: { Team: "x".repeat(257) } }),
  "more tags than AWS takes": hosts({
    tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Tag${index}`, "x"])),
  }),

  "an unknown setup": hosts({ setup: "passiveActive" }),
  "a passive host where all work": hosts({ passiveHost: { hibernate: true } }),
  "a number of hosts beside active-passive": passive({ minHosts: 2 }),
  "scaling beside active-passive": passive({ scaling: { cpuUtilization: 50 } }),
  "spot instances beside active-passive": passive({ spotShare: 50 }),
  "several types beside active-passive": passive({ instanceTypes: ["t3.small", "t3a.small"] }),
  "sleep after no time": passive({ passiveHost: { sleepAfter: 0 } }),
  "hibernation of a distribution that can't": hibernating({ image: MachineImage.debian12() }),
  "hibernation of more memory than EC2 can": hibernating({ instanceTypes: ["r7i.8xlarge"] }),
  "hibernation into a volume that is too small": hibernating({ instanceTypes: ["m7i.xlarge"] }),

  "hibernation of bare metal": hibernating({ instanceTypes: ["m5.metal"] }),

  "a share of more than all": hosts({ spotShare: 101 }),
  "hosts on demand without a share of spot": hosts({ onDemandBase: 2 }),
  "a lifetime of no day": hosts({ maxLifetime: 0 }),
  "a warm-up out of range": hosts({ warmup: 3601 }),

  "rollback with an image that is looked up": replaced({ autoRollback: true }),
  "rollback with a parameter of the user's own": hosts({
    image: MachineImage.ami("resolve:ssm:/shop/image"),
    rollingReplacement: { autoRollback: true },
  }),
  "room for more successors than hosts": replaced({ maxHealthyPercentage: 201 }),
  "no room for a successor": replaced({ maxHealthyPercentage: 100 }),
  "an alarm by its ARN": replaced({ alarmNames: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop"] }),
  "more alarms than AWS takes": replaced({ alarmNames: [..."abcdefghijk"] }),
  "checkpoints that fall": replaced({ checkpoints: [50, 20, 100] }),
  "checkpoints that stop half way": replaced({ checkpoints: [10, 50] }),
  "a checkpoint out of range": replaced({ checkpoints: [0, 100] }),
  "a pause at no checkpoint": replaced({ checkpointDelay: 60 }),
  "a warm-up of a replacement out of range": replaced({ instanceWarmup: 200_000 }),

  "more CPU than there is": scaled({ cpuUtilization: 120 }),
  "no requests": scaled({ requestsPerHost: 0 }),
  "a metric without an aim": metric({ targetValue: undefined }),
  "a metric with an aim below zero": metric({ targetValue: -1 }),
  "a metric without a name": metric({ metricName: "" }),
  "an unknown statistic": metric({ statistic: "Median" }),
  "a metric by a name with spaces": scaled({
    metrics: { "my jobs": { namespace: "Shop", metricName: "Jobs", targetValue: 1 } },
  }),
  "a schedule that changes nothing": scheduled({ recurrence: "0 22 * * *" }),
  "a schedule without a time": scheduled({ desiredHosts: 2 }),
  "a schedule for one host": scheduled({ minHosts: 1, recurrence: "0 22 * * *" }),
  "a schedule with numbers out of order": scheduled({
    minHosts: 4,
    maxHosts: 3,
    recurrence: "0 22 * * *",
  }),
  "a schedule for more hosts than there may be": scheduled({ minHosts: 10, recurrence: "0 22 * * *" }),
  "a schedule for fewer hosts than there have to be": scheduled({
    desiredHosts: 0,
    recurrence: "0 22 * * *",
  }),
  "a recurrence in the 99th minute": scheduled({ desiredHosts: 2, recurrence: "99 7 * * *" }),
  "a recurrence on a day that isn't": scheduled({ desiredHosts: 2, recurrence: "0 7 * * MON-XX" }),
  "a recurrence from late to early": scheduled({ desiredHosts: 2, recurrence: "0 20-7 * * *" }),
  "a time zone of a single moment": scheduled({
    desiredHosts: 2,
    startTime: "2027-02-01T00:00:00Z",
    timeZone: "Europe/Dublin",
  }),
  "a recurrence with four fields": scheduled({ desiredHosts: 2, recurrence: "22 * * *" }),
  "a time zone of nowhere": scheduled({
    desiredHosts: 2,
    recurrence: "0 22 * * *",
    timeZone: "Europe/Atlantis",
  }),
  "a time zone by its abbreviation": scheduled({
    desiredHosts: 2,
    recurrence: "0 22 * * *",
    timeZone: "CET",
  }),
  "a start on a day that isn't": scheduled({ desiredHosts: 2, startTime: "2027-13-01T00:00:00Z" }),
  "an end before the start": scheduled({
    desiredHosts: 2,
    startTime: "2027-02-01T00:00:00Z",
    endTime: "2027-01-01T00:00:00Z",
  }),
  "a forecast without an aim": scaled({ predictive: { targetValue: undefined as never } }),
  "a forecast of more CPU than there is": scaled({ predictive: { targetValue: 500 } }),
  "a forecast of an unknown metric": scaled({ predictive: { targetValue: 5, metric: "memory" as never } }),
  "a forecast in an unknown mode": scaled({ predictive: { targetValue: 5, mode: "Scale" as never } }),
  "a forecast too far ahead": scaled({ predictive: { targetValue: 5, bufferTime: 7200 } }),

  "an application on the health service's port": hosts({
    application: HostApplication.statusPage({ port: 9081 }),
  }),
  "a health check path without its slash": hosts({
    application: HostApplication.container("nginx:1.29", { port: 80, healthCheckPath: "healthz" }),
  }),
  "HTTP/2 to nginx": () => {
    const stack = testStack();
    const network = testNetwork(stack);
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const balancer = new LoadBalancer(stack, "LoadBalancer", { network, certificateArn });
    balancer.forwardTo(new WebHosts(stack, "Hosts", { network }), { protocolVersion: "HTTP2" });
  },
  "nginx on the application's port": proxy({ port: 8080 }),
  "nginx on the health service's port": proxy({ port: 9081 }),
  "nginx over an unknown protocol": proxy({ protocol: "SPDY" }),
  "a health path that nginx would read": proxy({ healthPath: "/health;" }),
  "no body": proxy({ maxBodySize: 0 }),
  "a timeout beyond the balancer's": proxy({ timeout: 4001 }),

  "logs for a number of days that CloudWatch doesn't know": hosts({ logs: { retentionDays: 100 } }),
  "logs in a group with a space": hosts({ logs: { logGroupName: "my logs" } }),
  "logs with a key that is none": hosts({ logs: { kmsKeyArn: "alias/logs" } }),
  "logs in a stream that is taken": hosts({ logs: { files: { access: "/var/log/shop.log" } } }),
  "logs from a relative path": hosts({ logs: { files: { shop: "shop.log" } } }),

  "a file where the hosts have one": hosts({
    application: HostApplication.commands({
      port: 80,
      start: "true",
      files: [{ path: "/etc/tandem/nginx.conf", content: "" }],
    }),
  }),
};

describe("hosts", () => testRefusals(BAD));
