import { stopOfflineProvider } from "../../lib/testing";
import { keepFigure } from "../figures";
import { AWS_DOWNLOADS } from "./aws-downloads";
import { BootedHost, BootedHostOptions } from "./booted-host";
import { HaProxy } from "./haproxy";
import { SteadyLoad, isGood, longestSilence, request, requests } from "./load";
import { WEBSITES, Website, renderWebsite, urlOf } from "./websites";

type Place = Pick<BootedHostOptions, "name" | "availabilityZone">;

function boot({ userData }: Website, place: Place): Promise<BootedHost> {
  return BootedHost.boot({ ...place, userData, files: [AWS_DOWNLOADS] });
}

function healthUrlOf(host: BootedHost, website: Website): string {
  return urlOf(host, website, website.targetGroup.health_check[0].path);
}

afterAll(async () => {
  await BootedHost.stopAll();
  await stopOfflineProvider();
});

describe("a host booted from synthesized user data", () => {
  let site: Website;
  let host: BootedHost;

  beforeAll(async () => {
    site = await renderWebsite(WEBSITES.default);
    host = await boot(site, { name: "alone", availabilityZone: "eu-west-1b" });
  });

  afterAll(() => host?.stop());

  it("has no failed unit", () => {
    expect(host.exec("systemctl list-units --failed --plain --no-legend")).toBe("");
  });

  it("serves a page that names it and its zone", async () => {
    const answer = await request(urlOf(host, site));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(host.instanceId);
    expect(answer.body).toContain(host.availabilityZone);
  });

  it("answers its balancer's health check", async () => {
    expect(await request(healthUrlOf(host, site))).toMatchObject({ status: 200 });
  });

  it("runs the application as a user without rights", () => {
    const id = host.exec("systemctl show --property MainPID --value application.service");
    expect(Number(host.exec(`ps -o uid= -p ${id}`))).toBeGreaterThan(0);
    expect(host.exec(`grep CapEff /proc/${id}/status`)).toMatch(/\s0{16}$/);
  });

  it("serves again after a reboot", async () => {
    await host.reboot();
    const answer = await request(urlOf(host, site));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(host.instanceId);
    expect(await request(healthUrlOf(host, site))).toMatchObject({ status: 200 });
  });
});

describe("a host whose application is installed by commands", () => {
  it("has its packages before its set-up runs, and its set-up before it serves", async () => {
    const site = await renderWebsite(WEBSITES.commands);
    const host = await boot(site, { name: "commands" });
    expect(await request(urlOf(host, site, "/up"))).toMatchObject({ status: 200, body: "bought\n" });
    expect(await request(healthUrlOf(host, site))).toMatchObject({ status: 200 });
    await host.stop();
  });
});

describe("a balancer that stands for AWS's", () => {
  it.each(["round_robin", "least_outstanding_requests", "weighted_random"])("knows %s", async (algorithm) => {
    const { targetGroup } = await renderWebsite(WEBSITES.default);
    const balancer = await HaProxy.start({ ...targetGroup, load_balancing_algorithm_type: algorithm });
    // Without hosts there is nobody to answer.
    expect(await request(balancer.url)).toMatchObject({ status: 503 });
    await balancer.stop();
  });
});

describe("hosts behind a balancer", () => {
  let site: Website;
  let balancer: HaProxy;
  let first: BootedHost;
  let second: BootedHost;

  beforeAll(async () => {
    site = await renderWebsite(WEBSITES.default);
    [balancer, first, second] = await Promise.all([
      HaProxy.start(site.targetGroup),
      boot(site, { name: "first", availabilityZone: "eu-west-1a" }),
      boot(site, { name: "second", availabilityZone: "eu-west-1b" }),
    ]);
    await Promise.all([balancer.register(first), balancer.register(second)]);
  });

  afterAll(() => balancer?.stop());

  async function shares(count: number, atATime: number): Promise<[number, number]> {
    const answers = await requests(balancer.url, count, atATime);
    expect(answers.filter((answer) => !isGood(answer))).toEqual([]);
    const of = (host: BootedHost) => answers.filter(({ body }) => body.includes(host.instanceId)).length;
    const counted: [number, number] = [of(first), of(second)];
    expect(counted[0] + counted[1]).toBe(count);
    return counted;
  }

  it("share requests equally, one after another", async () => {
    const [one, other] = await shares(1000, 1);
    keepFigure("1,000 requests, one after another", `${one} and ${other}`);
    expect(Math.abs(one - other)).toBeLessThanOrEqual(1);
  });

  it("share requests equally, 20 at a time", async () => {
    const [one, other] = await shares(1000, 20);
    keepFigure("1,000 requests, 20 at a time", `${one} and ${other}`);
    expect(Math.abs(one - other)).toBeLessThanOrEqual(20);
  });

  it("lose no more requests than the health check allows when one of them fails", async () => {
    const perSecond = 40;
    const load = new SteadyLoad(balancer.url, perSecond);
    await load.runFor(2);
    const failed = performance.now();
    await second.kill();
    await balancer.waitUntilUnhealthy(second);
    const takenOut = performance.now();
    await load.runFor(5);
    const answers = await load.stop();

    const lost = answers.filter((answer) => !isGood(answer));
    const seconds = (takenOut - failed) / 1000;
    keepFigure("One of two hosts fails under load", `${answers.length} requests, ${perSecond} a second`);
    keepFigure("  taken out after", `${seconds.toFixed(1)} s`);
    keepFigure("  requests lost", lost.length);
    keepFigure("  longest time without a good answer", `${longestSilence(answers).toFixed(2)} s`);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.filter(({ begin }) => begin > takenOut)).toEqual([]);
    // Every other request goes to the host that failed, until so many checks in a row have failed.
    const allowed = balancer.secondsToTakeOut;
    expect(seconds).toBeLessThan(allowed);
    expect(lost.length).toBeLessThan((allowed * perSecond) / 2);
  });

  it("lose no request when one of them is replaced", async () => {
    const load = new SteadyLoad(balancer.url, 40);
    const successor = await boot(site, { name: "third", availabilityZone: "eu-west-1b" });
    await balancer.register(successor);
    await balancer.deregister(first);
    await first.stop();
    await load.runFor(2);
    const answers = await load.stop();

    const lost = answers.filter((answer) => !isGood(answer));
    keepFigure("One of the hosts is replaced under load", `${answers.length} requests`);
    keepFigure("  requests lost", lost.length);
    keepFigure("  longest time without a good answer", `${longestSilence(answers).toFixed(2)} s`);
    expect(lost).toEqual([]);
    expect((await request(balancer.url)).body).toContain(successor.instanceId);
  });
});
