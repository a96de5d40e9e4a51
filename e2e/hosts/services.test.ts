import { connect } from "node:tls";
import { createServer, Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { stopOfflineProvider } from "../../lib/testing";
import { CALLS_FILE, OUTAGE_FILE, SECRET_FILE, awsCommand } from "./aws-command";
import { AGENT_CALLS_FILE, AWS_DOWNLOADS } from "./aws-downloads";
import { BootedHost } from "./booted-host";
import { ECHO } from "./echo";
import { GATEWAY } from "./host-network";
import { request } from "./load";
import { DATABASE_PORT, NASTY, WEBSITES, Website, renderWebsite, urlOf } from "./websites";

// What stands on hosts beside the application: nginx, health, the database's secret, logs, the word to AWS.

const AGENT_CONFIGURATION = "/etc/tandem/cloudwatch-agent.json";

/** Waits until something holds, for so long that a slow machine gets there. */
async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const begin = Date.now(); !(await holds()); await sleep(200)) {
    if (Date.now() - begin > 60_000) throw new Error(`It doesn't hold after a minute: ${holds.toString()}`);
  }
}

/** An environment variable of the process that is the application. */
function variableOf(host: BootedHost, name: string): string | undefined {
  const id = host.exec("systemctl show --property MainPID --value application.service");
  const variables = host.exec(`tr '\\0' '\\n' < /proc/${id}/environ`).split("\n");
  return variables.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
}

afterAll(async () => {
  await BootedHost.stopAll();
  await stopOfflineProvider();
});

describe("a host that uses a database, over HTTPS", () => {
  let site: Website;
  let host: BootedHost;
  let writer: Server;

  beforeAll(async () => {
    site = await renderWebsite(WEBSITES.database);
    writer = createServer((socket) => socket.end()).listen(DATABASE_PORT, GATEWAY);
    host = await BootedHost.boot({
      name: "shop",
      userData: site.userData,
      files: [AWS_DOWNLOADS, ECHO, ...awsCommand({ username: "shop", password: NASTY })],
    });
  });

  afterAll(async () => {
    writer?.close();
    await host?.stop();
  });

  const health = () => request(urlOf(host, site, "/health"));

  it("has no failed unit", () => {
    expect(host.exec("systemctl list-units --failed --plain --no-legend")).toBe("");
  });

  it("speaks TLS 1.2 and 1.3 only, with a certificate that it made", async () => {
    expect(site.targetGroup.protocol).toBe("HTTPS");
    expect(await request(urlOf(host, site))).toMatchObject({ status: 200 });
    const speaks = (version: "TLSv1.1" | "TLSv1.2" | "TLSv1.3") =>
      new Promise<boolean>((resolve) => {
        const socket = connect({
          host: host.address,
          port: site.targetGroup.port,
          minVersion: version,
          maxVersion: version,
          ciphers: "DEFAULT@SECLEVEL=0",
          rejectUnauthorized: false,
        });
        socket.on("secureConnect", () => (socket.destroy(), resolve(true)));
        socket.on("error", () => resolve(false));
      });
    expect(await Promise.all([speaks("TLSv1.1"), speaks("TLSv1.2"), speaks("TLSv1.3")])).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("says which ends of the database it reaches, and is healthy all the same", async () => {
    await eventually(async () => !(await health()).body.includes("unknown"));
    const { status, body } = await health();
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      application: "healthy",
      database: { writer: "reachable", reader: "unreachable" },
    });
  });

  it("gives the application the secret, whatever is in it", () => {
    expect(variableOf(host, "DATABASE_USERNAME")).toBe("shop");
    expect(variableOf(host, "DATABASE_PASSWORD")).toBe(NASTY);
    expect(host.exec(`cat ${CALLS_FILE}`)).toContain(
      "secretsmanager get-secret-value --region eu-west-1 --secret-id arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop-AbCdEf",
    );
  });

  it("keeps the secret in memory, for root only", () => {
    expect(host.exec("stat --file-system --format %T /run/tandem/database.env")).toBe("tmpfs");
    expect(host.exec("stat --format '%a %U' /run/tandem/database.env")).toBe("600 root");
    // In no log and in no file but the stand-in's own.
    const found = host.exec(
      "grep --recursive --files-with-matches --text 'and #{%}' /etc /var /root || true",
    );
    expect(found).toBe(SECRET_FILE);
  });

  it("starts the application again when the secret is rotated, and not when it isn't", async () => {
    const started = () => host.exec("systemctl show --property ExecMainStartTimestampMonotonic application");
    const before = started();
    host.exec("systemctl start database-secret.service");
    expect(started()).toBe(before);
    host.exec(`echo '{"username":"shop","password":"rotated"}' > ${SECRET_FILE}`);
    host.exec("systemctl start database-secret.service");
    await eventually(() => started() !== before && variableOf(host, "DATABASE_PASSWORD") === "rotated");
    await eventually(async () => (await health()).status === 200);
    expect(
      host.exec("systemctl show --property NextElapseUSecMonotonic --value database-secret.timer"),
    ).not.toBe("infinity");
  });

  it("goes on with the secret that it has while AWS can't be reached", async () => {
    host.exec(`touch ${OUTAGE_FILE}`);
    host.exec("systemctl restart application.service");
    await eventually(async () => (await health()).status === 200);
    expect(variableOf(host, "DATABASE_PASSWORD")).toBe("rotated");
    host.exec(`rm ${OUTAGE_FILE}`);
    await eventually(() => host.exec("systemctl is-failed database-secret.service || true") !== "failed");
  });

  it("is unhealthy while its application is away, and well again when that is back", async () => {
    host.exec("systemctl stop application.service");
    expect(await health()).toMatchObject({ status: 503, body: expect.stringContaining('"failing"') });
    expect((await request(urlOf(host, site))).status).toBe(502);
    host.exec("systemctl start application.service");
    await eventually(async () => (await health()).status === 200);
  });

  it("starts its application again when it dies", async () => {
    host.exec("systemctl kill --signal SIGKILL application.service");
    await eventually(async () => (await health()).status === 200);
  });

  it("logs requests with the client's address as the balancer says it, and no query string", () => {
    host.exec(
      `/usr/bin/curl --silent --insecure --header 'X-Forwarded-For: 198.51.100.7' ` +
        `'https://127.0.0.1:${site.targetGroup.port}/basket?token=abc'`,
    );
    host.exec(
      `/usr/bin/curl --silent --insecure '${urlOf(host, site, "/basket?token=abc")}' ` +
        "--header 'X-Forwarded-For: 198.51.100.8'",
    );
    const lines = host
      .exec("grep basket /var/log/nginx/access.log")
      .split("\n")
      .map((line) => JSON.parse(line));
    // Neither comes from the network of the balancer.
    expect(lines.map(({ client }) => client)).toEqual(["127.0.0.1", host.address]);
    expect(lines[0]).toMatchObject({ method: "GET", uri: "/basket", status: 200 });
    expect(JSON.stringify(lines)).not.toContain("token");
  });

  describe("with an application that says what it was asked", () => {
    beforeAll(async () => {
      host.exec("systemctl stop application.service");
      host.exec("systemd-run --quiet --unit echo /usr/bin/python3 /opt/echo.py 8080");
      await eventually(async () => (await health()).status === 200);
    });

    afterAll(async () => {
      host.exec("systemctl stop echo.service && systemctl start application.service");
      await eventually(async () => (await health()).status === 200);
    });

    /** The status, and what the application saw of the headers. */
    const ask = (...headers: string[]) => {
      const options = headers.map((header) => `--header '${header}'`).join(" ");
      const answer = host.exec(
        `/usr/bin/curl --silent --insecure --http1.1 --write-out '\\n%{http_code}' ${options} ${urlOf(host, site)}`,
      );
      const [body = "", status] = answer.split("\n");
      return { status, seen: status === "200" ? JSON.parse(body) : undefined };
    };

    it("lets headers through as large as the balancer does, both ways", () => {
      const { status, seen } = ask(`Cookie: session=${"c".repeat(12_000)}`);
      expect(status).toBe("200");
      expect(seen.cookie).toHaveLength(12_008);
    });

    it("lets nothing but WebSockets leave HTTP behind", () => {
      expect(ask("Upgrade: websocket", "Connection: Upgrade").seen).toMatchObject({
        upgrade: "websocket",
        connection: "upgrade",
      });
      const other = ask(
        "Upgrade: h2c",
        "Connection: Upgrade, HTTP2-Settings",
        "HTTP2-Settings: AAMAAABk",
      ).seen;
      expect([other.upgrade, other.connection]).toEqual([undefined, undefined]);
    });

    it("tells the application which host was asked for, and who asks", () => {
      const { seen } = ask(
        "Host: shop.example.com",
        "X-Forwarded-For: 198.51.100.7",
        "X-Forwarded-Proto: https",
      );
      expect(seen).toMatchObject({
        host: "shop.example.com",
        "x-forwarded-for": "198.51.100.7",
        "x-forwarded-proto": "https",
      });
    });
  });

  it("refuses bodies that are larger than allowed", () => {
    const status = (size: string) =>
      host.exec(
        `head --bytes ${size} /dev/zero | /usr/bin/curl --silent --insecure --output /dev/null ` +
          `--write-out '%{http_code}' --data-binary @- ${urlOf(host, site)}`,
      );
    expect(status("2M")).toBe("413");
    expect(status("500K")).not.toBe("413");
  });

  it("keeps the application's output where CloudWatch's agent finds it", () => {
    const { logs } = JSON.parse(host.exec(`cat ${AGENT_CONFIGURATION}`));
    const paths = logs.logs_collected.files.collect_list.map((one: { file_path: string }) => one.file_path);
    expect(paths).toHaveLength(4);
    for (const path of paths) expect(host.exec(`stat --format %F ${path}`)).toMatch(/^regular/);
    expect(host.exec(`cat ${AGENT_CALLS_FILE}`)).toBe(
      `-a fetch-config -m ec2 -s -c file:${AGENT_CONFIGURATION}`,
    );
    expect(host.exec("systemctl cat logrotate.timer")).toContain("OnCalendar=hourly");
    expect(host.exec("logrotate --debug /etc/logrotate.d/application 2>&1")).not.toMatch(/error/i);
  });

  it("looks for security updates every day", () => {
    expect(host.exec("apt-config dump APT::Periodic::Unattended-Upgrade")).toContain('"1"');
    expect(host.exec("systemctl is-enabled apt-daily-upgrade.timer")).toBe("enabled");
  });

  it("has all of it again after a reboot, with the same certificate", async () => {
    const certificate = () => host.exec("sha256sum /var/lib/cloud/instance/host.crt");
    const before = certificate();
    await host.reboot();
    await eventually(async () => (await health()).status === 200);
    expect(certificate()).toBe(before);
    expect(variableOf(host, "DATABASE_PASSWORD")).toBe("rotated");
  });
});

describe("a host of an active-passive pair", () => {
  it("tells its group that it is ready once its application is healthy, at every start", async () => {
    const { userData } = await renderWebsite(WEBSITES.activePassive);
    const files = [AWS_DOWNLOADS, ...awsCommand({})];
    const host = await BootedHost.boot({ name: "passive", userData, files });
    const answers = () =>
      host.exec(`grep complete-lifecycle-action ${CALLS_FILE} || true`).split("\n").filter(Boolean);
    await eventually(() => answers().length === 1);
    expect(answers()).toEqual([
      "autoscaling complete-lifecycle-action --auto-scaling-group-name shop-Hosts-1234 " +
        "--instance-id i-passive --lifecycle-hook-name ready --lifecycle-action-result CONTINUE",
    ]);
    await host.reboot();
    await eventually(() => answers().length === 2);

    // Waking from hibernation starts nothing but this; while AWS is away the host goes on trying.
    host.exec(`touch ${OUTAGE_FILE}`);
    host.exec("systemctl start --no-block tell-ready.service");
    await eventually(
      () => host.exec("systemctl show --property NRestarts --value tell-ready.service") >= "2",
    );
    host.exec(`rm ${OUTAGE_FILE} && : > ${CALLS_FILE}`);
    await eventually(() => answers().length === 1);
    await host.stop();
  });
});

describe("a host that runs a container", () => {
  it("pulls it, and runs it with its variables and arguments", async () => {
    const site = await renderWebsite(WEBSITES.container);
    const host = await BootedHost.boot({
      name: "container",
      userData: site.userData,
      files: [AWS_DOWNLOADS],
    });
    await eventually(async () => (await request(urlOf(host, site))).status === 200);
    const { env, args } = JSON.parse((await request(urlOf(host, site))).body);
    expect(env).toMatchObject({ GREETING: NASTY, PORT: "8000", INSTANCE_ID: "i-container" });
    expect(args).toEqual(["ghcr.io/acme/shop:1.4", "--title", "50% off $HOME"]);
    expect(host.exec("cat /var/lib/docker-calls").split("\n")).toEqual([
      "rm --force application",
      "pull ghcr.io/acme/shop:1.4",
    ]);
    expect((await request(urlOf(host, site, "/health"))).status).toBe(200);
    await host.stop();
  });
});
